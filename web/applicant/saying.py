"""The checklist's words on the applicant's pages: names of papers and people, reasons, days."""

from __future__ import annotations

from datetime import date

import i18n
from applications.models import Person, Requirement
from checklists.definition import Definition
from checklists.said import PersonNamed, Said
from checklists.worked_out import CheckResult, Demand
from web import language, paper_words
from web.file_read import FileRead

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
    return paper_words.person_name(definition, person, language.code())


def words_at(definition: Definition, path: str, person: Person | None = None) -> str:
    """The text at a path, with `<person>` filled."""
    named = {"person": PersonNamed(str(person.id), person.role, person.name)} if person else {}
    return definition.say(Said(path, named), language.code())


def demand_name(definition: Definition, demand: Demand) -> str:
    return paper_words.demand_name(definition, demand, language.code())


def part_name(definition: Definition, demand: Demand, item: str) -> str | None:
    return paper_words.part_name(definition, demand, item, language.code())


def requirement_name(read: FileRead, row: Requirement) -> str:
    return paper_words.row_name(read.definition, row, read.demand_of(row), language.code())


def kept_name(definition: Definition, row: Requirement) -> str:
    return paper_words.kept_name(definition, row, language.code())


def because(definition: Definition, demand: Demand) -> str | None:
    return paper_words.because(definition, demand, language.code())


def document_help(definition: Definition, demand: Demand) -> str | None:
    path = f"documents.{demand.document}.help"
    has = demand.attachment is None and definition.has_text(path)
    return definition.text(path, language.code()) if has else None


def drawing_of(document_id: str) -> str:
    return next((picture for picture, part in PICTURES if part in document_id), "paper")


def reason_words(definition: Definition, code: str, aspect: str, demand: Demand | None) -> str | None:
    return paper_words.reason_words(definition, code, aspect, demand, language.code())


def finding(definition: Definition, demand: Demand, check: CheckResult) -> str:
    return paper_words.finding(definition, demand, check, language.code())


def day(value: date | None) -> str:
    return i18n.day_words(value, language.code()) if value else ""
