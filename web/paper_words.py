"""The checklist's words about papers, in any language: what a paper is called, why it is demanded, what is wrong with
it. Both sides of the desk say it with these, so that staff can see what an applicant will read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from applications.models import Person, Requirement
from checklists.definition import Definition
from checklists.said import Coded, PersonNamed, Said, placeholders_in
from checklists.situation import EMPTY, NOT_SURE
from checklists.worked_out import CheckResult, Demand

SEEN, WHY, CURE = "seen", "why", "cure"


def person_name(definition: Definition, person: Person, lang: str) -> str:
    """The name that was given, else the word for who it is."""
    return person.name or definition.text(f"people.{person.role}.name", lang)


def demand_name(definition: Definition, demand: Demand, lang: str) -> str:
    """Attachments name what they hang on: "Translation: marriage certificate"."""
    path = demand.text if demand.text.endswith(".name") else f"{demand.text}.name"
    name = definition.text(path, lang)
    if demand.attachment is None:
        return name
    return f"{name}: {definition.text(f'documents.{demand.document}.name', lang)}"


def part_name(definition: Definition, demand: Demand, item: str, lang: str) -> str | None:
    """The name of one of the papers that belong together; None if there is only one."""
    part = item.rpartition(".")[2]
    path = next((text for key, text in demand.parts if key == part), None)
    return definition.text(path, lang) if path else None


def row_name(definition: Definition, row: Requirement, demand: Demand | None, lang: str) -> str:
    """By what the rules demand now, else by what was kept with it."""
    if row.origin == "staff" or demand is None:
        return kept_name(definition, row, lang)
    name, part = demand_name(definition, demand, lang), part_name(definition, demand, row.item_id, lang)
    return f"{name}: {part}" if part else name


def kept_name(definition: Definition, row: Requirement, lang: str) -> str:
    """By what was kept with it alone, without asking the rules."""
    terms = row.terms or {}
    if row.origin == "staff":
        return str(terms.get("title", ""))
    name = definition.text(f"documents.{terms.get('document', row.item_id)}.name", lang)
    attachment = terms.get("attachment")
    return f"{definition.text(f'attachments.{attachment}.name', lang)}: {name}" if attachment else name


def because(definition: Definition, demand: Demand, lang: str) -> str | None:
    """ "because you are married", every reason in one line."""
    said = [definition.say(reason, lang) for reason in demand.reasons]
    return _("because %(reasons)s", reasons=_(" and ").join(said)) if said else None


def reason_words(definition: Definition, code: str, aspect: str, demand: Demand | None, lang: str, *,
                 person: Person | None = None) -> str | None:
    """seen, why or cure of a coded reason. A sentence whose values nobody gave is left out, never shown with holes."""
    path = f"reasons.{code}.{aspect}"
    if demand is not None and aspect == CURE:
        path = dict(demand.refuse_with).get(code, path)
    if not definition.has_text(path):
        return None
    values = _values(definition, code, demand, person, lang)
    wanted = {name.partition(":")[0] for name in placeholders_in(definition.text(path, definition.source_language))}
    return definition.say(Said(path, values), lang) if wanted <= values.keys() else None


def finding(definition: Definition, demand: Demand, check: CheckResult, lang: str) -> str:
    """What a failing check found, why it matters and how to mend it."""
    said = [reason_words(definition, check.reason, aspect, demand, lang) for aspect in (SEEN, WHY, CURE)]
    return " ".join(filter(None, said)) or _("Please look at this paper again.")


def _values(definition: Definition, code: str, demand: Demand | None, person: Person | None, lang: str,
            ) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if person is not None:
        values["person"] = PersonNamed(str(person.id), person.role, person.name)
    if demand is None:
        return values
    values["document.name"] = demand_name(definition, demand, lang)
    values.update({f"document.{fact.id}": plain(fact.value, fact.type) for fact in demand.facts
                   if fact.value not in (None, EMPTY, NOT_SURE)})
    for check in demand.checks:
        if check.reason == code:
            values.update({name: value for name, value in check.values.items() if value is not None})
    return values


def plain(value: Any, kind: str) -> Any:
    """As the checklist's sentences take it: days as days, countries and languages as codes with names."""
    if kind == "date" and isinstance(value, str) and len(value) == 10:
        return date.fromisoformat(value)
    if kind in ("country", "language") and isinstance(value, str):
        return Coded(kind, value)
    return value


@dataclass(frozen=True)
class AskedWords:
    """What the consultation page says about one thing it asks for. who: only where the file has several people."""

    title: str
    who: str | None
    wrong: str | None
    cure: str | None
    why: str | None

    @property
    def name(self) -> str:
        return f"{self.title} ({self.who})" if self.who else self.title


def asked_words(definition: Definition, row: Requirement, demand: Demand | None, codes: list[str] | None,
                people: dict[int, Person], lang: str) -> AskedWords:
    """people: those on the file by id; the locale must be the one of lang."""
    person = people.get(row.person_id)
    lead = person or next((one for one in people.values() if one.role == "applicant"), None)

    def said(*aspects: str) -> str | None:
        words = [reason_words(definition, code, aspect, demand, lang, person=lead)
                 for code in codes or () for aspect in aspects]
        return " ".join(filter(None, words)) or None

    return AskedWords(
        title=row_name(definition, row, demand, lang),
        who=person_name(definition, person, lang) if person and len(people) > 1 else None,
        wrong=said(SEEN, WHY), cure=said(CURE),
        why=because(definition, demand, lang) if demand and not codes else None,
    )
