"""From the files as read to one plan: a plain structure with every name resolved, ready to be stored as JSON."""

from typing import Any

from checklists import schema
from checklists.assemble_documents import documents_plan, known_documents
from checklists.faults import WARNING, did_you_mean, shown
from checklists.gather import Gathered
from checklists.lists import work_out_lists
from checklists.names import FILE, RESERVED, Known, Names, Place, resolve
from checklists.parsing import ALWAYS, parse_condition, parse_date
from checklists.source import Where


class Assembly:
    """Everything needed while one version is put together."""

    def __init__(self, found: Gathered):
        self.found = found
        self.checklist: schema.Checklist = found.checklist
        self.where = Where(found.source)
        self.names = Names()
        self.names.faults = found.faults
        self.fact_sets = self._shared("fact_sets")
        self.attachments = self._shared("attachments")
        self.attachment_sets = self._shared("attachment_sets")
        self.reasons = self._shared("reasons")
        self.municipalities = self._shared("municipalities")

    def _shared(self, part: str) -> dict[str, tuple[Any, Where]]:
        found: dict[str, tuple[Any, Where]] = {}
        for model, source in self.found.shared.values():
            for key, value in getattr(model, part).items():
                where = Where(source, (part, key))
                if key in found:
                    self.names.fault(where, "twice", f"{key} stands in two shared files.", "Rename one of them.")
                found[key] = (value, where)
        return found

    def fault(self, where: Where, code: str, message: str, remedy: str, level: str = "error") -> None:
        self.names.fault(where, code, message, remedy, level)

    def roles(self, per: list[str], where: Where) -> frozenset[str]:
        """The roles behind `per`, after noting unknown ones."""
        for word in per:
            if word not in self.names.roles and word not in ("file", "person"):
                self.fault(
                    where,
                    "unknown_role",
                    f"{shown(word)} is no person.",
                    did_you_mean(word, [*self.names.roles, "file", "person"]),
                )
        if len(per) > 1 and {"file", "person"} & set(per):
            self.fault(where, "per", "file and person stand alone.", "Write per: person, or a list of roles.")
        return self.names.expand(per)

    def condition(self, raw: Any, place: Place, where: Where) -> list:
        return parse_condition(self.names, raw, place, where)

    def date(self, raw: Any, place: Place, where: Where) -> list | None:
        return parse_date(self.names, raw, place, where)

    def path(self, raw: str, place: Place, where: Where) -> tuple[list, Known] | None:
        return resolve(self.names, raw, place, where)


def assemble_with(found: Gathered) -> tuple[Assembly, dict[str, Any]]:
    """The plan, and what it was made with. Any error among found.faults: the plan must not be used."""
    work = Assembly(found)
    _know(work)
    plan = _plan(work)
    _expectations(work)
    return work, plan


def _plan(work: Assembly) -> dict[str, Any]:
    c = work.checklist
    return {
        "name": c.checklist,
        "version": c.version.isoformat(),
        "replaces": c.replaces and c.replaces.isoformat(),
        "applies_from": (c.applies_from or c.version).isoformat(),
        "workflow": c.workflow,
        "country": c.country,
        "number_check": c.number.check if c.number else None,
        "source_language": c.source_language,
        "languages": list(dict.fromkeys(c.languages)),
        "must_have": c.must_have,
        "sources": c.sources,
        "uses": c.uses,
        "lists": {name: list(values) for name, values in work.names.lists.items()},
        "roles": {role: _role(work, role, spec) for role, spec in c.people.items()},
        "questions": {key: _question(work, key, spec) for key, spec in c.questions.items()},
        "worked_out": {key: _worked_out(work, key, spec) for key, spec in c.worked_out.items()},
        "topics": [_topic(work, index, topic) for index, topic in enumerate(c.topics)],
        "triage": _triage(work),
        "pages": [_page(work, index, page) for index, page in enumerate(c.pages)],
        "rules": [_rule(work, index, rule) for index, rule in enumerate(c.rules)],
        "documents": documents_plan(work),
        "meeting": _meeting(work),
        "retention": c.retention.model_dump(),
        "renamed": c.renamed,
        "settings": {key: {"type": spec.type, "default": spec.default} for key, spec in c.settings.items()},
        "municipalities": _municipalities(work),
        "reasons": {key: {"answer_with": reason.answer_with} for key, (reason, _) in work.reasons.items()},
        "always": _always(work),
    }


def _know(work: Assembly) -> None:
    """Fills the names before any condition is read."""
    c, names = work.checklist, work.names
    names.roles = {role: spec.max for role, spec in c.people.items()}
    if "applicant" not in c.people:
        work.fault(
            work.where.at("people"),
            "applicant",
            "There is no applicant among the people.",
            "Add applicant: {min: 1, max: 1, name: You}.",
        )
    elif c.people["applicant"].max != 1:
        work.fault(
            work.where.at("people", "applicant"),
            "applicant",
            "There is exactly one applicant.",
            "Write min: 1, max: 1.",
        )
    for key, spec in c.questions.items():
        roles = work.roles(spec.per, work.where.at("questions", key, "per"))
        names.answers[key] = Known(
            spec.type, spec.many, frozenset(o.id for o in spec.options), roles, spec.not_sure, spec.former
        )
    for key, spec in c.worked_out.items():
        roles = work.roles(spec.per, work.where.at("worked_out", key, "per"))
        kind = "yes_no" if spec.when is not None else "number"
        if key in names.answers:
            work.fault(work.where.at("worked_out", key), "twice", f"{key} is also a question.", "Rename one of them.")
        names.answers[key] = Known(kind, roles=roles)
    names.settings = {key: _known_setting(spec) for key, spec in c.settings.items()}
    names.municipalities = frozenset(work.municipalities)
    names.reasons = frozenset(work.reasons)
    names.lists = work_out_lists(work)
    names.documents = known_documents(work)
    _ids_are_free(work)


def _known_setting(spec: schema.Setting) -> Known:
    if spec.type == "list":
        return Known("text", many=True)
    return Known("text" if spec.type == "url" else spec.type, options=frozenset(spec.options))


def _ids_are_free(work: Assembly) -> None:
    """Question, term, document and role ids share one name space, and some words are taken."""
    c, seen = work.checklist, {}
    blocks = {
        "people": list(c.people),
        "questions": list(c.questions),
        "worked_out": list(c.worked_out),
        "documents": [d.id for d in c.documents],
    }
    for block, ids in blocks.items():
        for index, key in enumerate(ids):
            where = work.where.at(block, index if block == "documents" else key)
            if key in RESERVED or (key == "municipality" and block in ("people", "documents")):
                work.fault(where, "reserved", f"{key} is a word of the format.", "Take another id.")
            elif key in seen and {block, seen[key]} != {"questions", "worked_out"}:
                work.fault(where, "twice", f"{key} is already among {seen[key]}.", "Take another id.")
            seen.setdefault(key, block)
    for block in ("topics", "pages", "rules"):
        ids = [one.id for one in getattr(c, block)]
        for index, key in enumerate(ids):
            if key in ids[:index]:
                work.fault(
                    work.where.at(block, index), "twice", f"{key} is already among the {block}.", "Take another id."
                )


def _role(work: Assembly, role: str, spec: schema.Role) -> dict[str, Any]:
    where = work.where.at("people", role)
    if spec.min > spec.max:
        work.fault(where, "range", f"{role} has more min than max.", "Make max the larger one.")
    when = None if spec.when is None else work.condition(spec.when, Place(title="for a role"), where.at("when"))
    return {"min": spec.min, "max": spec.max, "when": when, "may_follow": spec.may_follow, "applies": spec.applies}


def _question(work: Assembly, key: str, spec: schema.Question) -> dict[str, Any]:
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
        "source": spec.source,
        "help": spec.help is not None,
    }


def _field(work: Assembly, spec: schema.GroupField, where: Where) -> dict[str, Any]:
    _fits_type(work, spec, where)
    return {
        "type": spec.type,
        "many": spec.many,
        "options": [o.id for o in spec.options],
        "former": spec.former,
        "required": spec.required,
    }


def _fits_type(work: Assembly, spec: Any, where: Where) -> None:
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


def _limit(work: Assembly, spec: schema.Question, raw: Any, place: Place, where: Where) -> Any:
    """A number, a length, or a date expression, by the question's type."""
    if raw is None or spec.type == "date":
        return None if raw is None else work.date(raw, place, where)
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        work.fault(where, "value", f"{shown(raw)} is no number.", "Write a number.")
        return None
    return raw


def prefill(work: Assembly, raw: str | None, spec: Any, place: Place, where: Where) -> list | None:
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


def _worked_out(work: Assembly, key: str, spec: schema.WorkedOut) -> dict[str, Any]:
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


def _topic(work: Assembly, index: int, topic: schema.Topic) -> dict[str, Any]:
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


def _value_fits(work: Assembly, known: Known, value: Any, where: Where) -> None:
    values = value if known.many and isinstance(value, list) else [value]
    if known.type == "choice" and not set(map(str, values)) <= known.options:
        work.fault(where, "value", f"{shown(value)} is no option.", did_you_mean(value, known.options))


def _triage(work: Assembly) -> list:
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


def _page(work: Assembly, index: int, page: schema.Page) -> dict[str, Any]:
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


def _rule(work: Assembly, index: int, rule: schema.Rule) -> dict[str, Any]:
    where = work.where.at("rules", index)
    roles = frozenset(work.names.roles) if rule.per == "person" else FILE
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


def _meeting(work: Assembly) -> dict[str, Any]:
    meeting, where = work.checklist.meeting, work.where.at("meeting")
    place = Place(meeting=True, title="in meeting")
    for index, role in enumerate(meeting.attend if isinstance(meeting.attend, list) else []):
        if role not in work.names.roles:
            work.fault(
                where.at("attend", index),
                "unknown_role",
                f"{shown(role)} is no person.",
                did_you_mean(role, work.names.roles),
            )
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
        "attend": meeting.attend,
        "not_before": [day for day in before if day],
        "within": within
        and {"days": within.days, "of": work.date(within.of, place, where.at("should_be_within", "of"))},
        "confirm": meeting.confirm,
    }


def _municipalities(work: Assembly) -> dict[str, dict[str, Any]]:
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


def _always(work: Assembly) -> list[str]:
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


def _expectations(work: Assembly) -> None:
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
