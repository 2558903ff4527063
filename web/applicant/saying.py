"""The checklist's words on the applicant's pages: names of papers and people, reasons, days."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _

import i18n
from applications.models import Person, Requirement
from checklists.definition import Definition
from checklists.said import Coded, PersonNamed, Said, placeholders_in
from checklists.worked_out import CheckResult, Demand
from web import language
from web.applicant.reading import FileRead

SEEN, WHY, CURE = "seen", "why", "cure"
PICTURES = (
    ("passport", "passport"),
    ("contract", "address"),
    ("marriage", "marriage"),
    ("marriage", "divorce"),
    ("birth", "birth"),
    ("photo", "photo"),
    ("residence", "permit"),
    ("residence", "residence"),
)


def person_name(definition: Definition, person: Person) -> str:
    """The name she gave, else the word for who it is."""
    return person.name or definition.text(f"people.{person.role}.name", language.code())


def words_at(definition: Definition, path: str, person: Person | None = None) -> str:
    """The text at a path, with `<person>` filled."""
    named = {"person": PersonNamed(str(person.id), person.role, person.name)} if person else {}
    return definition.say(Said(path, named), language.code())


def demand_name(definition: Definition, demand: Demand) -> str:
    """Attachments name what they hang on: "Translation: marriage certificate"."""
    path = demand.text if demand.text.endswith(".name") else f"{demand.text}.name"
    name = definition.text(path, language.code())
    if demand.attachment is None:
        return name
    return f"{name}: {definition.text(f'documents.{demand.document}.name', language.code())}"


def part_name(definition: Definition, demand: Demand, item: str) -> str | None:
    """The name of one of the papers that belong together; None if there is only one."""
    part = item.rpartition(".")[2]
    path = next((text for key, text in demand.parts if key == part), None)
    return definition.text(path, language.code()) if path else None


def requirement_name(read: FileRead, row: Requirement) -> str:
    """By what the rules demand now, else by what was kept with it."""
    if row.origin == "staff":
        return str(row.terms.get("title", ""))
    demand = read.demand_of(row)
    if demand is not None:
        part = part_name(read.definition, demand, row.item_id)
        name = demand_name(read.definition, demand)
        return f"{name}: {part}" if part else name
    return kept_name(read.definition, row)


def kept_name(definition: Definition, row: Requirement) -> str:
    """By what was kept with it alone, without asking the rules."""
    if row.origin == "staff":
        return str(row.terms.get("title", ""))
    name = definition.text(f"documents.{row.terms.get('document', row.item_id)}.name", language.code())
    attachment = row.terms.get("attachment")
    return f"{definition.text(f'attachments.{attachment}.name', language.code())}: {name}" if attachment else name


def because(definition: Definition, demand: Demand) -> str | None:
    """ "because you are married", every reason in one line."""
    said = [definition.say(reason, language.code()) for reason in demand.reasons]
    return _("because %(reasons)s", reasons=_(" and ").join(said)) if said else None


def document_help(definition: Definition, demand: Demand) -> str | None:
    path = f"documents.{demand.document}.help"
    has = demand.attachment is None and definition.has_text(path)
    return definition.text(path, language.code()) if has else None


def drawing_of(document_id: str) -> str:
    return next((picture for picture, part in PICTURES if part in document_id), "paper")


def reason_words(definition: Definition, code: str, aspect: str, demand: Demand | None) -> str | None:
    """seen, why or cure of a coded reason. A sentence whose values nobody gave is left out, never shown with holes."""
    path = f"reasons.{code}.{aspect}"
    if demand is not None and aspect == CURE:
        path = dict(demand.refuse_with).get(code, path)
    if not definition.has_text(path):
        return None
    values = _values(code, demand)
    wanted = {name.partition(":")[0] for name in placeholders_in(definition.text(path, definition.source_language))}
    return definition.say(Said(path, values), language.code()) if wanted <= values.keys() else None


def _values(code: str, demand: Demand | None) -> dict[str, Any]:
    if demand is None:
        return {}
    checks = (check for check in demand.checks if check.reason == code)
    values = {f"document.{fact.id}": plain(fact.value, fact.type) for fact in demand.facts if fact.value is not None}
    for check in checks:
        values.update({name: value for name, value in check.values.items() if value is not None})
    return values


def plain(value: Any, kind: str) -> Any:
    if kind == "date" and isinstance(value, str) and len(value) == 10:
        return date.fromisoformat(value)
    if kind in ("country", "language") and isinstance(value, str):
        return Coded(kind, value)
    return value


def finding(definition: Definition, demand: Demand, check: CheckResult) -> str:
    """What a failing check found, why it matters and how to mend it."""
    said = [reason_words(definition, check.reason, aspect, demand) for aspect in (SEEN, WHY, CURE)]
    return " ".join(filter(None, said)) or _("Please look at this paper again.")


def day(value: date | None) -> str:
    return i18n.day_words(value, language.code()) if value else ""
