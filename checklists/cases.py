"""The cases a checklist carries: little situations with what must come out. Run by `flask checklist cases`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from checklists.definition import Definition
from checklists.rules import work_out
from checklists.schema import Case, CaseDefaults, Checklist
from checklists.situation import NOT_SURE, STATED, TRUSTS, Fact, Paper, PersonSituation, Situation
from checklists.worked_out import WorkedOut

EXPECTED = frozenset(
    (
        "needs",
        "may_need",
        "may_follow",
        "flags",
        "fails",
        "stops",
        "routes",
        "waits",
        "left_out",
        "book_between",
        "minutes",
        "attend",
        "parts",
    )
)
EMPTY_UNLESS_SAID = ("needs", "may_need", "flags", "fails")


@dataclass(frozen=True)
class Outcome:
    """differences: sentences, empty if the case holds. notes: worth knowing, no failure."""

    name: str
    differences: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.differences


def run_cases(definition: Definition, checklist: Checklist) -> list[Outcome]:
    return [run_case(definition, case, checklist.case_defaults) for case in checklist.cases]


def run_case(definition: Definition, case: Case, defaults: CaseDefaults) -> Outcome:
    """One case against one definition."""
    result = work_out(definition, situation_of(definition, case, defaults))
    labels = {person.key: person.key for person in situation_of(definition, case, defaults).people}
    found = observed(result)
    expected = _expected(case, defaults, result, labels)
    differences = [text for key, wanted in expected.items() for text in _compare(key, wanted, found[key])]
    notes = []
    if result.door and not (case.stops or case.routes):
        notes.append(f"{result.door.rule} ({result.door.kind}) shuts the door, the case does not say so")
    return Outcome(case.name, tuple(differences), tuple(notes))


# The situation


def role_keys(definition: Any) -> dict[str, str]:
    """Key in a case -> role: the role itself, its plural, and `children`."""
    roles = definition.people
    keys = {f"{role}s": role for role in roles}
    if "child" in roles:
        keys["children"] = "child"
    return {**keys, **{role: role for role in roles}}


def situation_of(definition: Definition, case: Case, defaults: CaseDefaults) -> Situation:
    """The case on top of the defaults. null takes a default away again."""
    people = _people(definition, case, defaults)
    keys = {person.key: person.role for person in people}
    return Situation(
        today=case.today or defaults.today or definition.applies_from,
        sent_on=case.sent or defaults.sent,
        meeting_on=case.meeting or defaults.meeting,
        answers=_answers(definition, {**defaults.file, **case.file}),
        people=people,
        papers=_papers(definition, case, defaults, keys),
        settings={**defaults.settings, **case.settings},
    )


def _answers(definition: Definition, raw: Mapping[str, Any]) -> dict[str, Any]:
    return {key: as_answer(definition.questions.get(key), value) for key, value in raw.items() if value is not None}


def as_answer(question: Any, value: Any) -> Any:
    """`not_sure` where it is offered; `empty: true` is written as an empty string or list."""
    if value == "not_sure" and question is not None and question.not_sure and "not_sure" not in question.options:
        return NOT_SURE
    if value in ("", []) and question is not None and not question.required:
        return "\ue000empty"
    return value


def _people(definition: Definition, case: Case, defaults: CaseDefaults) -> tuple[PersonSituation, ...]:
    given = _given_people(definition, case)
    general, by_role = defaults.person, _given_people(definition, defaults)
    people = []
    for role in sorted(definition.people, key=lambda one: one != "applicant"):
        for number, answers in enumerate(given.get(role, [{}] if role == "applicant" else []), 1):
            key = role if definition.people[role].max == 1 else f"{role} {number}"
            usual = by_role.get(role, [{}])[0]
            people.append(PersonSituation(key, role, _answers(definition, {**general, **usual, **answers})))
    return tuple(people)


def _given_people(definition: Definition, case: Case) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for key, value in (case.model_extra or {}).items():
        role = role_keys(definition).get(key)
        if role is not None:
            entries = value if isinstance(value, list) else [value]
            found.setdefault(role, []).extend(one for one in entries if isinstance(one, dict))
    return found


def _papers(
    definition: Definition, case: Case, defaults: CaseDefaults, keys: Mapping[str, str]
) -> dict[tuple[str | None, str], Paper]:
    stated: dict[tuple[str | None, str], dict[str, Any]] = {}
    for source in (defaults.facts, case.facts):
        for label, facts in source.items():
            for owner, item in _meant(definition, label, keys):
                stated[owner, item] = {**stated.get((owner, item), {}), **facts}
    return {key: _paper(facts) for key, facts in stated.items()}


def _meant(definition: Definition, label: str, keys: Mapping[str, str]) -> Iterable[tuple[str | None, str]]:
    """ "child 1 passport" -> that paper; "passport" -> everybody's."""
    who, _, item = label.rpartition(" ")
    document = definition.documents.get(item.partition("/")[0])
    if document is None:
        return []
    if document.per_file:
        return [(None, item)]
    owners = [key for key, role in keys.items() if role in document.per]
    if who in ("", "everyone"):
        return [(key, item) for key in owners]
    return [(key, item) for key in owners if who in (key, keys[key])]


def _paper(facts: Mapping[str, Any]) -> Paper:
    """Facts are stated at upload, so a paper with facts is there. {value, trust} says whose word it is."""
    own = {key: _fact(value) for key, value in facts.items() if key not in ("present", "choice") and value is not None}
    present = facts.get("present", bool(own) or "choice" in facts)
    choice = facts.get("choice")
    return Paper(choice if isinstance(choice, str) else None, own, present is True)


def _fact(value: Any) -> Fact:
    if isinstance(value, dict) and set(value) == {"value", "trust"} and value["trust"] in TRUSTS:
        return Fact(value["value"], value["trust"])
    if value == "":
        return Fact("\ue000empty", STATED)
    return Fact(NOT_SURE if value == "not_sure" else value, STATED)


# What came out


def observed(result: WorkedOut) -> dict[str, Any]:
    """The result in the words of a case."""
    return {
        "needs": _by_person(result.demands),
        "may_need": _by_person(result.may_need),
        "may_follow": _by_person([demand for demand in result.demands if demand.may_follow]),
        "flags": sorted({flag.rule for flag in result.flags}),
        "fails": _failing(result),
        "stops": result.door.rule if result.door and result.door.kind == "stop" else None,
        "routes": result.door.rule if result.door and result.door.kind == "route" else None,
        "waits": result.wait.until_on if result.wait else None,
        "left_out": {rule: sorted(keys) for rule, keys in result.left_out.items()},
        "book_between": [result.window.from_on, result.window.until_on],
        "minutes": result.minutes,
        "attend": sorted(result.attend),
        "parts": {
            f"{demand.person or 'file'} {demand.item}": [key for key, _ in demand.parts]
            for demand in result.demands
            if demand.parts
        },
    }


def _by_person(demands: Iterable[Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for demand in demands:
        found.setdefault(demand.person or "file", []).append(demand.item)
    return {key: sorted(items) for key, items in found.items()}


def _failing(result: WorkedOut) -> dict[str, list[str]]:
    found = {}
    for demand in result.demands:
        failing = sorted({check.reason for check in demand.checks if check.state == "fails"})
        if failing:
            found[f"{demand.person or 'file'} {demand.item}"] = failing
    return found


# What should


def _expected(case: Case, defaults: CaseDefaults, result: WorkedOut, labels: Mapping[str, str]) -> dict[str, Any]:
    said = {key: getattr(case, key) for key in EXPECTED if key in case.model_fields_set}
    shut = bool(case.stops or case.routes)
    if not shut:
        for key in EMPTY_UNLESS_SAID:
            said.setdefault(key, [] if key == "flags" else {})
    for key in ("may_need", "may_follow", "flags", "fails"):
        usual = getattr(defaults, key)
        if usual and key in said and key not in case.model_fields_set:
            said[key] = usual
    for key in ("minutes", "attend", "book_between", "waits", "left_out", "parts"):
        if key not in said and key in defaults.model_fields_set and not shut:
            said[key] = getattr(defaults, key)
    for key in ("needs", "may_need", "may_follow"):
        if key in said:
            usual = (defaults.needs or {}) if key == "needs" else {}
            said[key] = _by_key([said[key] or {}, usual], result, labels)
    return {key: _normal(key, value) for key, value in said.items()}


def _by_key(several: list[Mapping[str, list[str]]], result: WorkedOut, labels: Iterable[str]) -> dict[str, list[str]]:
    """`everyone` and a role of several stand for each person who counts; the defaults are expected besides."""
    found: dict[str, list[str]] = {}
    for needs in several:
        for who, items in needs.items():
            owners = [
                key
                for key in labels
                if key in result.people
                and (who in (key, key.rpartition(" ")[0]) or (who == "everyone" and key not in result.parties))
            ]
            unheard_of = [who] if who not in ("everyone",) and not owners and needs is several[0] else []
            for owner in ["file"] if who == "file" else [*owners, *unheard_of]:
                found.setdefault(owner, []).extend(items)
    return found


def _normal(key: str, value: Any) -> Any:
    if key in ("needs", "may_need", "may_follow", "fails", "left_out", "parts"):
        flat: dict[str, set[str]] = {}
        for who, items in (value or {}).items():
            flat.setdefault(who.removeprefix("file ") if who == "file " else who, set()).update(items)
        return {who: sorted(items) for who, items in flat.items() if items}
    if key in ("flags", "attend"):
        return sorted(set(value or []))
    return value


def _compare(key: str, wanted: Any, found: Any) -> list[str]:
    if key in ("fails", "parts"):
        wanted = {_paper_label(label): reasons for label, reasons in wanted.items()}
        found = {_paper_label(label): reasons for label, reasons in found.items()}
    if wanted == found:
        return []
    if isinstance(wanted, dict):
        return [
            text
            for who in sorted({*wanted, *found})
            for text in _difference(f"{key} {who}", wanted.get(who, []), found.get(who, []))
        ]
    if isinstance(wanted, list) and all(isinstance(one, str) for one in [*wanted, *found]):
        return _difference(key, wanted, found)
    return [f"{key}: expected {_shown(wanted)}, found {_shown(found)}"]


def _paper_label(label: str) -> str:
    return label.removeprefix("file ")


def _difference(key: str, wanted: list[str], found: list[str]) -> list[str]:
    missing = [one for one in wanted if one not in found]
    extra = [one for one in found if one not in wanted]
    texts = [f"{key}: missing {', '.join(missing)}"] if missing else []
    return texts + ([f"{key}: not expected {', '.join(extra)}"] if extra else [])


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_shown(one) for one in value)}]"
    return value.isoformat() if isinstance(value, date) else "nothing" if value is None else str(value)
