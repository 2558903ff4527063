"""The values behind <placeholders>: what a sentence may tell, looked up for its subject."""

from datetime import date
from typing import Any

from checklists.codes import FORMER_STATES
from checklists.conditions import NOTHING, UNKNOWN
from checklists.definition import Definition
from checklists.evaluate import Run
from checklists.said import Coded, PersonNamed, Said, placeholders_in
from checklists.situation import NOT_SURE


def said(
    run: Run, path: str, who: str | None, text: str | None = None, *, here: tuple | None = None, **more: Any
) -> Said:
    """The sentence at path with the values its placeholders need; unknown ones are left out."""
    if text is None:
        text = run.definition.wording.texts[run.definition.source_language].get(path, "")
    if "<" not in text:
        return Said(path)
    values = {}
    for name in {one.partition(":")[0] for one in placeholders_in(text)}:
        value = more[name] if name in more else _value(run, name, who, here)
        if value is not None:
            values[name] = value
    return Said(path, values)


def _value(run: Run, name: str, who: str | None, here: tuple | None) -> Any:
    head, _, tail = name.partition(".")
    if head == "person":
        return person_named(run, who) if who is not None and tail in ("", "name") else None
    if head == "document":
        return _of_document(run, here, tail)
    if head == "municipality":
        return _plain(run.setting(tail)) if tail != "name" else _municipality(run)
    if not tail:
        owner = None if name in run.definition.questions and run.definition.questions[name].per_file else who
        return _worded(run.definition, name, run.value(name, owner))
    if head in run.definition.people:
        return _worded(run.definition, tail, run.value_of_role(head, tail))
    if head in run.definition.documents:
        owner = None if run.definition.documents[head].per_file else who
        return _fact(run, head, owner, tail)
    return None


def person_named(run: Run, who: str) -> PersonNamed | None:
    """Their own name if they have given one, else the word for their role."""
    person = run.everyone.get(who)
    if person is None:
        return None
    for question in run.definition.questions.values():
        if question.type == "name" and person.role in question.per:
            given = person.answers.get(question.id)
            if isinstance(given, str) and given and not given.startswith("\ue000"):
                return PersonNamed(who, person.role, given)
    return PersonNamed(who, person.role)


def _of_document(run: Run, here: tuple | None, tail: str) -> Any:
    if here is None:
        return None
    if tail == "name":
        return Coded("text", f"documents.{here[0]}.name")
    return _fact(run, here[0], here[1], tail)


def _fact(run: Run, document: str, who: str | None, fact: str) -> Any:
    spec = run.definition.documents[document].facts.get(fact)
    if spec is None:
        return None
    return _coded(spec.type, run.fact(document, who, fact), "options.")


def _worded(definition: Definition, name: str, value: Any) -> Any:
    question = definition.questions.get(name)
    if question is None:
        return _plain(value)
    if question.type == "municipality" and isinstance(value, str) and value in definition.municipalities:
        return definition.municipalities[value]["name"]
    return _coded(question.type, value, "options.")


def _coded(kind: str, value: Any, options: str) -> Any:
    if isinstance(value, frozenset):
        return tuple(_coded(kind, one, options) for one in sorted(value, key=str))
    value = _plain(value)
    if isinstance(value, str) and kind in ("country", "language"):
        return FORMER_STATES[value] if value in FORMER_STATES else Coded(kind, value)
    return Coded("text", f"{options}{value}") if isinstance(value, str) and kind == "choice" else value


def _municipality(run: Run) -> str | None:
    for question in run.definition.questions.values():
        if question.type == "municipality" and question.per_file:
            found = run.definition.municipalities.get(run.value(question.id, None))
            return found["name"] if found else None
    return None


def _plain(value: Any) -> Any:
    if value is UNKNOWN or value is NOTHING or value == NOT_SURE:
        return None
    return value if isinstance(value, str | int | float | date | bool | frozenset) else None
