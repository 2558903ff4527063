"""What lint finds by trying out: the unreachable, shadowed rules, cases that name what is not there."""

from collections.abc import Mapping
from typing import Any

from checklists.assemble_documents import attachments_of
from checklists.cases import role_keys, run_cases, situation_of
from checklists.compiler import Compiled
from checklists.faults import WARNING, did_you_mean, shown
from checklists.parsing import why_unfit
from checklists.reach import Reach
from checklists.rules import work_out
from checklists.source import Where
from checklists.texts import Silent

CASE_WORDS = frozenset({"everyone", "file", "person"})


def lint_further(compiled: Compiled) -> None:
    """Adds to the faults of a version that has no errors of shape. Only `flask checklist lint` needs this."""
    if compiled.content is None or compiled.work is None:
        return
    reach = Reach(compiled.content["plan"])
    _reachable(compiled, reach)
    _shadowed(compiled, reach)
    _every_without_some(compiled)
    _cases_name_what_exists(compiled)
    if not compiled.errors:
        _demanded_by_some_case(compiled)


def _reachable(compiled: Compiled, reach: Reach) -> None:
    work, plan = compiled.work, compiled.content["plan"]
    for key, question in plan["questions"].items():
        if not reach.possible(question["when"], question["roles"]):
            _unreachable(work, work.where.at("questions", key), key, "be asked")
    _reachable_documents(work, plan, reach)
    everyone = list(plan["roles"])
    for index, rule in enumerate(plan["rules"]):
        if not reach.possible(rule["when"], everyone if rule["per"] == "person" else ["file"]):
            _unreachable(work, work.where.at("rules", index), rule["id"], "act")


def _reachable_documents(work: Any, plan: Mapping[str, Any], reach: Reach) -> None:
    for index, document in enumerate(plan["documents"]):
        where = work.where.at("documents", index)
        needed = ["any", [entry["when"] for entry in document["needed"]]]
        if not reach.possible(needed, document["roles"]):
            _unreachable(work, where, document["id"], "be demanded")
            continue
        for at, entry in enumerate(document["needed"]):
            if not reach.possible(entry["when"], document["roles"]):
                _unreachable(work, where.at("needed", at), f"This reason for {document['id']}", "hold")
        for at, choice in enumerate(document["choices"]):
            if not reach.possible(["all", [needed, choice["when"]]], document["roles"]):
                _unreachable(work, where.at("choices", at), f"{document['id']}.{choice['id']}", "be chosen")


def _unreachable(work: Any, where: Where, name: str, what: str) -> None:
    work.fault(
        where,
        "unreachable",
        f"{name} can never {what}: its conditions exclude each other.",
        "Mend the condition, or remove it.",
    )


def _shadowed(compiled: Compiled, reach: Reach) -> None:
    """A stop or route that an earlier one always beats."""
    plan = compiled.content["plan"]
    earlier: list[Mapping[str, Any]] = []
    for index, rule in enumerate(plan["rules"]):
        if rule["then"] not in ("stop", "route"):
            continue
        before = [one for one in earlier if one["per"] == rule["per"]]
        roles = list(plan["roles"]) if rule["per"] == "person" else ["file"]
        left = ["all", [rule["when"], *(["not", one["when"]] for one in before)]]
        if before and reach.possible(rule["when"], roles) and not reach.possible(left, roles):
            where = compiled.work.where.at("rules", index)
            compiled.work.fault(
                where,
                "shadowed",
                f"{rule['id']} never acts: an earlier rule always comes first.",
                "Move it up, or remove it.",
            )
        earlier.append(rule)


def _every_without_some(compiled: Compiled) -> None:
    """`every` is true of nobody; lint asks whether that is meant."""
    for where, raw in _maps(Where(compiled.found.source), compiled.found.source.value):
        if "every" in raw and "with" in raw and where.path and where.path[0] not in ("cases", "case_defaults"):
            around = _around(where)
            if not _counts(around, raw["every"]):
                remedy = f"If not, add {{some: {raw['every']}, with: ...}} or a count beside it."
                compiled.work.fault(
                    where,
                    "every",
                    f"every is also true when there is no {shown(raw['every'])}. Is that meant?",
                    remedy,
                    WARNING,
                )


def _around(where: Where) -> Any:
    value = where.source.value
    trail = [value]
    for step in where.path:
        value = value[step]
        trail.append(value)
    return next((one for one in reversed(trail[:-1]) if isinstance(one, list)), None)


def _counts(around: Any, role: Any) -> bool:
    entries = around if isinstance(around, list) else []
    return any(isinstance(one, dict) and role in (one.get("some"), one.get("count")) for one in entries)


def _maps(where: Where, value: Any) -> Any:
    if isinstance(value, dict):
        yield where, value
        for key, inner in value.items():
            yield from _maps(where.at(key), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _maps(where.at(index), inner)


# Cases


def _cases_name_what_exists(compiled: Compiled) -> None:
    c, work = compiled.found.checklist, compiled.work
    names = [case.name for case in c.cases]
    for index, case in enumerate([c.case_defaults, *c.cases]):
        where = work.where.at("case_defaults") if index == 0 else work.where.at("cases", index - 1)
        if index and case.name in names[: index - 1]:
            work.fault(where, "twice", f"Two cases are called {shown(case.name)}.", "Rename one of them.")
        _case(work, case, where)


def _case(work: Any, case: Any, where: Where) -> None:
    c = work.checklist
    roles = role_keys(c)
    for key, value in (case.model_extra or {}).items():
        if key not in roles:
            work.fault(
                where.at(key),
                "unknown_key",
                f"{shown(key)} is no person and no key of a case.",
                did_you_mean(key, roles),
            )
            continue
        for at, answers in enumerate(value if isinstance(value, list) else [value]):
            place = where.at(key, at) if isinstance(value, list) else where.at(key)
            _answers(work, answers, place, roles[key])
    _answers(work, case.file, where.at("file"), "file")
    _answers(work, getattr(case, "person", {}), where.at("person"), None)
    _facts(work, case, where)
    _expectations(work, case, where)
    for key in case.settings:
        if key not in c.settings:
            work.fault(
                where.at("settings", key),
                "unknown_setting",
                f"No setting is called {shown(key)}.",
                did_you_mean(key, c.settings),
            )


def _answers(work: Any, answers: Any, where: Where, role: str | None) -> None:
    if not isinstance(answers, dict):
        work.fault(where, "case", "Answers are a map of questions.", "Write {question: value}.")
        return
    for key, value in answers.items():
        known = work.names.answers.get(key) if key in work.checklist.questions else None
        if known is None:
            work.fault(
                where.at(key),
                "unknown_name",
                f"No question is called {shown(key)}.",
                did_you_mean(key, work.checklist.questions),
            )
        elif role is not None and role not in known.roles:
            work.fault(
                where.at(key),
                "never_asked",
                f"{key} is never asked of {role}.",
                f"It is asked of {', '.join(sorted(known.roles))}.",
            )
        else:
            _value(work, key, known, value, where.at(key))


def _value(work: Any, key: str, known: Any, value: Any, where: Where) -> None:
    if value is None or value in ("", []) or (value == "not_sure" and known.not_sure) or known.type == "group":
        return
    if known.many and not isinstance(value, list):
        work.fault(where, "value", f"{key} takes several values.", "Write [a, b].")
        return
    for one in value if known.many else [value]:
        remedy = why_unfit(work.names, known, one)
        if remedy:
            work.fault(where, "value", f"{shown(one)} does not fit {key} ({known.type}).", remedy)


def _facts(work: Any, case: Any, where: Where) -> None:
    for label, facts in case.facts.items():
        item = label.rpartition(" ")[2]
        document = work.names.documents.get(item.partition("/")[0])
        if document is None:
            work.fault(
                where.at("facts", label),
                "unknown_name",
                f"{shown(label)} ends in no document.",
                did_you_mean(item, work.names.documents),
            )
            continue
        for fact, value in facts.items():
            known = document.facts.get(fact)
            if known is None:
                work.fault(
                    where.at("facts", label, fact),
                    "unknown_fact",
                    f"{item} has no fact {shown(fact)}.",
                    did_you_mean(fact, document.facts),
                )
            elif not (isinstance(value, dict) and set(value) == {"value", "trust"}):
                _value(work, fact, known, value, where.at("facts", label, fact))


def _expectations(work: Any, case: Any, where: Where) -> None:
    rules = {rule.id: rule.then for rule in work.checklist.rules}
    for key, kinds in (("flags", None), ("stops", "stop"), ("routes", "route")):
        value = getattr(case, key)
        for name in value if isinstance(value, list) else [value] if value else []:
            fits = [rule for rule, then in rules.items() if kinds is None or then == kinds]
            if name not in fits:
                work.fault(
                    where.at(key),
                    "unknown_rule",
                    f"No rule of that kind is called {shown(name)}.",
                    did_you_mean(name, fits),
                )
    for name in case.left_out or {}:
        if name not in rules:
            work.fault(
                where.at("left_out", name),
                "unknown_rule",
                f"No rule is called {shown(name)}.",
                did_you_mean(name, rules),
            )
    items = set(work.names.documents)
    items |= {
        f"{document.id}/{one[0]}"
        for document in work.checklist.documents
        for one in attachments_of(Silent(work), document, where)
    }
    for key in ("needs", "may_need", "may_follow"):
        for who, listed in (getattr(case, key) or {}).items():
            for at, item in enumerate(listed):
                if item not in items:
                    work.fault(
                        where.at(key, who, at),
                        "unknown_name",
                        f"No document is called {shown(item)}.",
                        did_you_mean(item, items),
                    )


def _demanded_by_some_case(compiled: Compiled) -> None:
    definition, c = compiled.definition(), compiled.found.checklist
    if not c.cases:
        return
    results = [work_out(definition, situation_of(definition, case, c.case_defaults)) for case in c.cases]
    demanded = {demand.item for result in results for demand in result.demands}
    for index, document in enumerate(c.documents):
        items = [document.id, *(f"{document.id}/{one.id}" for one in definition.documents[document.id].attach)]
        if items[0] not in demanded:
            where = compiled.work.where.at("documents", index)
            compiled.work.fault(where, "no_case", f"No case demands {document.id}.", "Write a case that does.", WARNING)
    for index, outcome in enumerate(run_cases(definition, c)):
        where = compiled.work.where.at("cases", index)
        for difference in outcome.differences:
            compiled.work.fault(where, "case", f"{outcome.name}: {difference}.", "Mend the rules or the case.")
        for note in outcome.notes:
            compiled.work.fault(where, "case", f"{outcome.name}: {note}.", "Add stops or routes to the case.", WARNING)
