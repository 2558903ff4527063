"""The plan of roles, questions, terms, rules, pages and the meeting: each block of the checklist by its own function.

work is the Assembly of `assemble`.
"""

from typing import Any

from checklists import schema
from checklists.faults import WARNING, did_you_mean, shown
from checklists.names import FILE, Known, Place
from checklists.parsing import ALWAYS
from checklists.source import Where


def role_plan(work: Any, role: str, spec: schema.Role) -> dict[str, Any]:
    where = work.where.at("people", role)
    if spec.min > spec.max:
        work.fault(where, "range", f"{role} has more min than max.", "Make max the larger one.")
    when = None if spec.when is None else work.condition(spec.when, Place(title="for a role"), where.at("when"))
    return {"min": spec.min, "max": spec.max, "when": when, "may_follow": spec.may_follow, "applies": spec.applies}


def question_plan(work: Any, key: str, spec: schema.Question) -> dict[str, Any]:
    where, roles = work.where.at("questions", key), work.names.answers[key].roles
    place = Place(roles, title="in a question")
    _fits_type(work, spec, where)
    return {
        "per": sorted(spec.per),
        "roles": sorted(roles),
        "type": spec.type,
        "many": spec.many,
        "options": [option.id for option in spec.options],
        "former": spec.former,
        "unit": spec.unit,
        "min": _limit(work, spec, spec.min, place, where.at("min")),
        "max": _limit(work, spec, spec.max, place, where.at("max")),
        "fields": {name: _field(work, one, where.at("fields", name)) for name, one in spec.fields.items()},
        "when": work.condition(spec.when, place, where.at("when")),
        "required": spec.required,
        "not_sure": spec.not_sure,
        "prefill": prefill(work, spec.prefill, spec, place, where.at("prefill")),
        "asked_of": spec.asked_of,
        "seen_by": spec.seen_by,
        "sensitive": spec.sensitive,
        "carry": spec.carry,
        "source": spec.source,
        "help": spec.help is not None,
    }


def _field(work: Any, spec: schema.GroupField, where: Where) -> dict[str, Any]:
    _fits_type(work, spec, where)
    return {
        "type": spec.type,
        "many": spec.many,
        "options": [o.id for o in spec.options],
        "former": spec.former,
        "required": spec.required,
    }


def _fits_type(work: Any, spec: Any, where: Where) -> None:
    if (spec.type == "choice") != bool(spec.options):
        work.fault(
            where,
            "options",
            f"A {spec.type} question {'needs' if spec.type == 'choice' else 'has no'} options.",
            "Give a list of ids.",
        )
    if len({option.id for option in spec.options}) < len(spec.options):
        work.fault(where.at("options"), "twice", "An option stands here twice.", "Remove one of them.")
    if (spec.type == "group") != bool(getattr(spec, "fields", {})):
        work.fault(
            where,
            "fields",
            f"A {spec.type} question {'needs' if spec.type == 'group' else 'has no'} fields.",
            "Write fields only for a group.",
        )
    if spec.former and spec.type != "country":
        work.fault(where.at("former"), "former", "former is for countries only.", "Remove it.")


def _limit(work: Any, spec: schema.Question, raw: Any, place: Place, where: Where) -> Any:
    """A number, a length, or a date expression, by the question's type."""
    if raw is None or spec.type == "date":
        return None if raw is None else work.date(raw, place, where)
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        work.fault(where, "value", f"{shown(raw)} is no number.", "Write a number.")
        return None
    return raw


def prefill(work: Any, raw: str | None, spec: Any, place: Place, where: Where) -> list | None:
    """The reference a prefill path makes, after checking that the types agree."""
    found = work.path(raw, place, where) if raw else None
    if found is None:
        return None
    reference, known = found
    text_like = {"text", "name", "address"}
    fits = known.type == spec.type or {known.type, spec.type} <= text_like
    if not fits or (known.many and not spec.many):
        work.fault(
            where, "prefill", f"{raw} ({known.type}) cannot fill a {spec.type}.", "Name something of the same type."
        )
    return reference


def worked_out_plan(work: Any, key: str, spec: schema.WorkedOut) -> dict[str, Any]:
    where, roles = work.where.at("worked_out", key), work.names.answers[key].roles
    place = Place(roles, title="in something worked out")
    starts = [
        (unit, getattr(spec, f"{unit}_from"))
        for unit in ("years", "months", "days")
        if getattr(spec, f"{unit}_from") is not None
    ]
    if spec.when is not None:
        if starts or spec.to is not None:
            work.fault(where, "worked_out", f"{key} is both a term and a figure.", "Keep when, or years_from and to.")
        return {"roles": sorted(roles), "kind": "term", "when": work.condition(spec.when, place, where.at("when"))}
    if len(starts) != 1 or spec.to is None:
        work.fault(
            where,
            "worked_out",
            f"{key} is neither a term nor a figure.",
            "Write when, or one of years_from, months_from, days_from and to.",
        )
        return {"roles": sorted(roles), "kind": "term", "when": ALWAYS}
    unit, start = starts[0]
    figure = {
        "from": work.date(start, place, where.at(f"{unit}_from")),
        "to": work.date(spec.to, place, where.at("to")),
    }
    return {"roles": sorted(roles), "kind": "figure", "unit": unit, **figure}


def topic_plan(work: Any, index: int, topic: schema.Topic) -> dict[str, Any]:
    where = work.where.at("topics", index, "sets")
    sets = []
    for path, value in topic.sets.items():
        found = work.path(path, Place(title="in a topic"), where.at(path))
        if found is None:
            continue
        reference, known = found
        if reference[0] not in ("file", "of") or reference[-1] not in work.checklist.questions:
            work.fault(
                where.at(path),
                "topic",
                f"{path} is no answer of the file or the applicant.",
                "Write applicant.<question>.",
            )
            continue
        sets.append([reference[1] if reference[0] == "of" else None, reference[-1], value])
        _value_fits(work, known, value, where.at(path))
    return {"id": topic.id, "also": topic.also, "sets": sets}


def _value_fits(work: Any, known: Known, value: Any, where: Where) -> None:
    values = value if known.many and isinstance(value, list) else [value]
    if known.type == "choice" and not set(map(str, values)) <= known.options:
        work.fault(where, "value", f"{shown(value)} is no option.", did_you_mean(value, known.options))


def triage_plan(work: Any) -> list:
    found = []
    for index, path in enumerate(work.checklist.triage):
        hit = work.path(path, Place(title="in triage"), work.where.at("triage", index))
        if hit and hit[0][-1] not in work.checklist.questions:
            work.fault(
                work.where.at("triage", index), "triage", f"{path} is not asked, it is worked out.", "Name a question."
            )
        elif hit:
            found.append([hit[0][1] if hit[0][0] == "of" else None, hit[0][-1]])
    return found


def page_plan(work: Any, index: int, page: schema.Page) -> dict[str, Any]:
    where = work.where.at("pages", index)
    roles = work.roles(page.per, where.at("per"))
    for at, key in enumerate(page.questions):
        spec = work.names.answers.get(key) if key in work.checklist.questions else None
        if spec is None:
            work.fault(
                where.at("questions", at),
                "unknown_name",
                f"No question is called {shown(key)}.",
                did_you_mean(key, work.checklist.questions),
            )
        elif (spec.roles == FILE) != (roles == FILE):
            remedy = "Put it on a page per: person." if roles == FILE else "Put it on a page per: file."
            work.fault(
                where.at("questions", at), "page", f"{key} does not fit a page per: {', '.join(page.per)}.", remedy
            )
        elif not spec.roles & roles:
            work.fault(
                where.at("questions", at),
                "never_asked",
                f"{key} is never asked of {', '.join(sorted(roles))}.",
                "Move it to another page.",
            )
    return {
        "id": page.id,
        "roles": sorted(roles),
        "questions": [key for key in page.questions if key in work.checklist.questions],
    }


def rule_plan(work: Any, index: int, rule: schema.Rule) -> dict[str, Any]:
    where = work.where.at("rules", index)
    roles = work.names.expand(["person"]) if rule.per == "person" else FILE
    place = Place(roles, counting=rule.then != "leave_out", title="in a rule")
    if rule.then == "leave_out" and rule.per != "person":
        work.fault(where, "rule", f"{rule.id} leaves somebody out, but is per: file.", "Write per: person.")
    if (rule.then == "wait") != (rule.until is not None):
        work.fault(
            where, "rule", f"until belongs to a wait, and a wait needs it ({rule.id}).", "Write then: wait with until."
        )
    if rule.then == "flag" and not rule.to:
        work.fault(where, "rule", f"The flag {rule.id} is shown to nobody.", "Write to: [caseworker].")
    if rule.then == "route" and not rule.next:
        work.fault(where, "rule", f"The route {rule.id} leads nowhere.", "Write next: with an address.", WARNING)
    return {
        "id": rule.id,
        "then": rule.then,
        "per": rule.per,
        "when": work.condition(rule.when, place, where.at("when")),
        "next": rule.next,
        "to": rule.to,
        "until": None if rule.until is None else work.date(rule.until, place, where.at("until")),
        "source": rule.source,
    }


def meeting_plan(work: Any) -> dict[str, Any]:
    meeting, where = work.checklist.meeting, work.where.at("meeting")
    place = Place(meeting=True, title="in meeting")
    add = [
        {
            "when": work.condition(more.when, place, where.at("minutes", "add", at, "when")),
            "minutes": more.minutes,
            "because": more.because is not None,
        }
        for at, more in enumerate(meeting.minutes.add)
    ]
    before = [work.date(raw, place, where.at("not_before", at)) for at, raw in enumerate(meeting.not_before)]
    within = meeting.should_be_within
    return {
        "modes": meeting.modes,
        "minutes": {**meeting.minutes.model_dump(include={"base", "per_extra_person", "at_most"}), "add": add},
        "attend": _attend_plan(work, meeting.attend, where.at("attend")),
        "not_before": [day for day in before if day],
        "within": within
        and {"days": within.days, "of": work.date(within.of, place, where.at("should_be_within", "of"))},
        "confirm": meeting.confirm,
    }


def _attend_plan(work: Any, attend: Any, where: Where) -> Any:
    """ "everyone", or [role, condition] for each who comes."""
    if attend == "everyone":
        return attend
    found = []
    for index, one in enumerate(attend):
        if one.role not in work.names.roles:
            work.fault(
                where.at(index),
                "unknown_role",
                f"{shown(one.role)} is no person.",
                did_you_mean(one.role, work.names.roles),
            )
        place = Place(frozenset({one.role}), title="for who attends")
        found.append([one.role, work.condition(one.when, place, where.at(index, "when"))])
    return found


def municipalities_plan(work: Any) -> dict[str, dict[str, Any]]:
    declared = {**work.checklist.settings}
    plan = {}
    for key, (values, where) in work.municipalities.items():
        for setting, value in values.items():
            if setting == "name":
                continue
            if setting not in declared:
                # Shared by several checklists: one may need a setting that another does not know.
                work.fault(
                    where.at(setting),
                    "unknown_setting",
                    f"{setting} is not declared under settings.",
                    did_you_mean(setting, declared),
                    WARNING,
                )
            elif not _setting_fits(declared[setting].type, value):
                work.fault(
                    where.at(setting),
                    "value",
                    f"{setting} is {declared[setting].type}, {shown(value)} is not.",
                    "Mend the value.",
                )
        plan[key] = {
            "name": str(values.get("name", key)),
            "settings": {k: v for k, v in values.items() if k in declared},
        }
    for key, spec in declared.items():
        if not _setting_fits(spec.type, spec.default):
            work.fault(
                work.where.at("settings", key), "value", f"The default of {key} is no {spec.type}.", "Mend the default."
            )
    return plan


def _setting_fits(kind: str, value: Any) -> bool:
    if value is None:
        return True
    if kind == "yes_no":
        return isinstance(value, bool)
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, list) if kind == "list" else isinstance(value, str) or kind == "date"


def always_plan(work: Any) -> list[str]:
    found = []
    for model, source in work.found.shared.values():
        for index, reason in enumerate(model.always):
            if reason not in work.names.reasons:
                work.fault(
                    Where(source, ("always", index)),
                    "unknown_reason",
                    f"No reason is called {reason}.",
                    did_you_mean(reason, work.names.reasons),
                )
            elif reason not in found:
                found.append(reason)
    return found


def check_expectations(work: Any) -> None:
    """What a shared file names and the checklist that uses it must define."""
    names = work.names
    for model, source in work.found.shared.values():
        for index, word in enumerate(model.expects):
            setting = word.removeprefix("municipality.")
            known = (
                word[1:] in names.lists
                if word.startswith("$")
                else (
                    word in names.answers or word in names.documents or (setting != word and setting in names.settings)
                )
            )
            if not known:
                where = work.where.at("uses")
                work.fault(
                    where,
                    "expected",
                    f"{source.file} (line {source.line(('expects', index))}) expects {shown(word)}.",
                    "Define it in this checklist.",
                )
