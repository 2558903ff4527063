"""From the rules' AskedQuestion to an Ask with words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from applications.models import Person
from checklists.answers import limits_for
from checklists.definition import Definition
from checklists.said import PersonNamed, Said
from checklists.situation import Situation
from checklists.worked_out import AskedFact, AskedQuestion
from web import language
from web.applicant.asking import PREFIX, Ask, entries_shown


def asks_for(
    definition: Definition, situation: Situation, asked: Iterable[AskedQuestion], person: Person | None = None
) -> list[Ask]:
    """Those of the applicant; staff's own questions are not hers."""
    return [_ask(definition, situation, one, person) for one in asked if one.asked_of == "applicant"]


def _ask(definition: Definition, situation: Situation, one: AskedQuestion, person: Person | None) -> Ask:
    question, lang = definition.question(one.id), language.code()
    path = f"questions.{one.id}"
    ask = Ask(
        id=one.id,
        spec=question,
        label=_say(definition, f"{path}.ask", person),
        hint=_say(definition, f"{path}.help", person) if question.has_help else None,
        options=partial(definition.option, one.id, language=lang),
        value=one.value,
        suffix=definition.text(f"{path}.unit", lang) if question.unit else None,
        limits=limits_for(definition, situation, question, one.person),
    )
    if question.type == "group":
        ask.entries = _entries(definition, ask)
    return ask


def _entries(definition: Definition, ask: Ask) -> list[list[Ask]]:
    known = (
        [entry for entry in ask.value or () if isinstance(entry, dict)] if isinstance(ask.value, list | tuple) else []
    )
    return [
        [_of_entry(definition, ask, spec, number, known) for spec in ask.spec.fields]
        for number in range(1, entries_shown(PREFIX + ask.id, len(known)) + 1)
    ]


def _of_entry(definition: Definition, ask: Ask, spec: Any, number: int, known: list[dict[str, Any]]) -> Ask:
    lang = language.code()
    return Ask(
        id=f"{ask.id}_{number}_{spec.id}",
        spec=spec,
        hint=None,
        label=definition.text(f"questions.{ask.id}.fields.{spec.id}.ask", lang),
        options=partial(definition.option, ask.id, language=lang),
        value=known[number - 1].get(spec.id) if number <= len(known) else None,
    )


def asks_for_facts(definition: Definition, facts: Iterable[AskedFact]) -> list[Ask]:
    """What the sender is asked about a paper when she sends it."""
    lang = language.code()
    return [
        Ask(
            id=fact.id,
            spec=fact,
            label=definition.text(f"{fact.text}.ask", lang),
            hint=None,
            value=fact.value,
            options=partial(definition.fact_option, fact, language=lang),
        )
        for fact in facts
        if fact.known_at == "upload" and fact.text
    ]


def _say(definition: Definition, path: str, person: Person | None) -> str:
    named = {"person": PersonNamed(str(person.id), person.role, person.name)} if person else {}
    return definition.say(Said(path, named), language.code())
