"""The checklist's words on pages of the back office: papers, people, reasons, findings, facts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask_babel import gettext as _

import i18n
from applications.models import Person, Requirement
from checklists.codes import FORMER_STATES
from checklists.definition import Definition
from checklists.said import PersonNamed, Said
from checklists.situation import EMPTY, NOT_SURE
from checklists.worked_out import AskedFact, CheckResult, Unknown
from web import paper_words
from web.caseworker.reading import StaffRead
from web.paper_words import CURE, SEEN, WHY


def person_name(definition: Definition, person: Person | None, lang: str) -> str:
    """The name given, else the word for who it is; the file's own papers are everybody's."""
    if person is None:
        return _("For the whole file")
    return paper_words.person_name(definition, person, lang)


def role_word(definition: Definition, person: Person, lang: str) -> str:
    return definition.text(f"people.{person.role}.name", lang)


def requirement_name(read: StaffRead, row: Requirement) -> str:
    if row.kind == "signature":
        return _("Declaration, signed")
    return paper_words.row_name(read.definition, row, read.demand_of(row), read.language)


def because(read: StaffRead, row: Requirement) -> str | None:
    """The reasons of a demand in one line."""
    demand = read.demand_of(row)
    if row.origin == "staff":
        return row.told
    said = [read.definition.say(reason, read.language) for reason in demand.reasons] if demand else []
    return ", ".join(said) or None


def reason_codes(read: StaffRead, row: Requirement) -> list[str]:
    """Codes this paper may be refused with: its own first, then those that fit every paper."""
    demand = read.demand_of(row)
    own = [code for code, _cure in demand.refuse_with] if demand else []
    checked = [check.reason for check in demand.checks] if demand else []
    known = dict.fromkeys([*own, *checked, *read.definition.always])
    return [code for code in known if code in read.definition.reasons]


def reason_words(read: StaffRead, row: Requirement, code: str, aspect: str) -> str | None:
    person = read.people.get(row.person_id) or read.dossier.lead
    return paper_words.reason_words(read.definition, code, aspect, read.demand_of(row), read.language, person=person)


def reason_label(read: StaffRead, row: Requirement, code: str) -> str:
    """For ticking: what was seen; where that wants a value nobody gave, what to do about it, or why it matters."""
    said = (reason_words(read, row, code, aspect) for aspect in (SEEN, CURE, WHY))
    return next(filter(None, said), None) or read.definition.text(f"reasons.{code}", read.language)


def check_words(read: StaffRead, row: Requirement, check: CheckResult) -> str:
    said = [reason_words(read, row, check.reason, aspect) for aspect in (SEEN, WHY)]
    return " ".join(filter(None, said)) or read.definition.text(f"reasons.{check.reason}", read.language)


# --- facts --------------------------------------------------------------------------------------------------------


def fact_label(read: StaffRead, fact: AskedFact) -> str:
    path = fact.text and (f"{fact.text}.ask" if read.definition.has_text(f"{fact.text}.ask") else fact.text)
    return read.definition.text(path or fact.id, read.language)


def value_words(read: StaffRead, fact: Any, value: Any) -> str:
    """A fact's value as one reads it; "" for nothing."""
    if value is None or value == EMPTY:
        return ""
    if value == NOT_SURE:
        return _("does not know")
    if isinstance(value, list | tuple):
        return ", ".join(value_words(read, fact, one) for one in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _one_value(read, fact, value)


def _one_value(read: StaffRead, fact: Any, value: Any) -> str:
    locale = i18n.locale_of(read.language)
    if fact.type == "date":
        day = paper_words.plain(value, "date")
        return format_date(day, "medium", locale=locale) if isinstance(day, date) else str(day)
    if fact.type == "country":
        return locale.territories.get(value) or FORMER_STATES.get(value, value)
    if fact.type == "language":
        return locale.languages.get(value, value)
    if fact.type == "municipality":
        return str(read.definition.municipalities.get(value, {}).get("name", value))
    if fact.type != "choice":
        return str(value)
    is_question = fact.id in read.definition.questions and not hasattr(fact, "text")
    say = read.definition.option if is_question else read.definition.fact_option
    return say(fact.id if is_question else fact, value, read.language)


# --- what is still to be decided ------------------------------------------------------------------------------------


def unknown_words(read: StaffRead, unknown: Unknown) -> str:
    """One line of the list "to decide": what it is about, and what is not known."""
    person = read.people.get(int(unknown.person)) if unknown.person else None
    about = ", ".join(dict.fromkeys(_name_of(read, name) for name in unknown.why))
    return _("%(item)s (%(person)s): not known: %(about)s", item=_item(read, unknown),
             person=person_name(read.definition, person, read.language), about=about or _("something"))


def _item(read: StaffRead, unknown: Unknown) -> str:
    definition = read.definition
    if unknown.kind == "role":
        return definition.text(f"people.{unknown.item}.name", read.language)
    document = unknown.item.partition("/")[0].partition(".")[0]
    return definition.text(f"documents.{document}.name", read.language)


def _name_of(read: StaffRead, name: str) -> str:
    """A question or a fact of a paper in words. Names look like "question", "role.question" or "paper.fact"."""
    owner, _dot, last = name.rpartition(".")
    definition = read.definition
    if owner in definition.documents:
        fact = definition.document(owner).facts.get(last)
        return definition.text(f"{fact.text}.ask" if fact and fact.text else last, read.language)
    if definition.has_text(f"questions.{last}.ask"):
        return question_words(read, last, None)
    return definition.text(last, read.language)


def question_words(read: StaffRead, question_id: str, person: Person | None) -> str:
    """A question as the person about whom it is would be asked (the applicant, if nobody is named)."""
    who = person or read.dossier.lead
    named = {"person": PersonNamed(str(who.id), who.role, who.name)}
    return read.definition.say(Said(f"questions.{question_id}.ask", named), read.language)


# --- days ---------------------------------------------------------------------------------------------------------


def short_day(read_language: str, value: date | datetime | None) -> str:
    """Dense pages: "Thu 3 Dec"."""
    if value is None:
        return ""
    return format_date(value, "EEE d MMM", locale=i18n.locale_of(read_language))


def moment(read: StaffRead, at: datetime) -> str:
    """Day and time at the office, short."""
    local = at.astimezone(ZoneInfo(read.dossier.zone))
    return f"{format_date(local.date(), 'd MMM', locale=i18n.locale_of(read.language))} {local:%H.%M}"
