"""The words of the desk: names of papers, people, outcomes, flags and warnings, in the reader's language."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from applications.models import Person, Requirement
from checklists.definition import Definition, Document
from checklists.said import PersonNamed, Said
from web import language

OUTCOMES = {
    "issued": _l("Gets the number"),
    "not_come": _l("Did not come"),
    "paper_missing": _l("A paper is missing"),
    "identity_doubt": _l("In doubt who she is"),
    "withdrawn": _l("Does not want to go on"),
}
OUTCOME_IS = {
    "issued": _l("Has the number"),
    "proposed": _l("Number proposed"),
    **{key: words for key, words in OUTCOMES.items() if key != "issued"},
}
OUTCOME_TAGS = {"issued": "done", "proposed": "waiting", "not_come": "later", "paper_missing": "warn",
                "identity_doubt": "fault", "withdrawn": "closed"}
PERSON_IS = {"issued": _l("Has the number"), "refused": _l("Refused"), "lapsed": _l("Lapsed"),
             "withdrawn": _l("Withdrawn")}
CONFIRMS = {"address": _l("The address is still right"), "signature": _l("Has signed the declaration")}
STATUS = {"missing": _l("not sent"), "sent": _l("not judged yet"), "recheck": _l("must be looked at again"),
          "refused": _l("refused"), "cannot_get": _l("she cannot get it"), "promised": _l("promised")}
FLAGS = {
    "hold": _l("A hold is on this file: no number today. Ask the team lead."),
    "legal_hold": _l("This file must be kept. Delete nothing."),
    "confidential": _l("Confidential: say no name aloud."),
    "unreachable": _l("Our mails do not reach her. Ask for a new e-mail address."),
    "suspected_duplicate": _l("There may be a second file of the same person: no number today. Ask the team lead."),
    "appeal": _l("An appeal is open."),
    "erasure": _l("She asked for her data to be erased."),
}
STAGES = {
    "draft": _l("She is still filling it in"), "submitted": _l("Sent, not looked at yet"),
    "in_review": _l("The back office looks at it"), "waiting_for_applicant": _l("We wait for her answer"),
    "complete": _l("Complete, no time booked"), "booked": _l("Complete, time booked"),
    "in_meeting": _l("In a meeting now"), "issued": _l("Every number is given"), "refused": _l("Refused"),
    "lapsed": _l("Lapsed"), "withdrawn": _l("Withdrawn"),
}
LEFT_AS = {"gone": _l("Went away without a meeting"), "answered": _l("Got an answer at the desk"),
           "sent_elsewhere": _l("Was sent to another office")}
WARNINGS = {
    "length": _l("This number is too short or too long."),
    "format": _l("This number has a sign that does not belong there."),
    "checksum": _l("The last digits do not fit the others."),
    "date": _l("There is no such day of birth in this number."),
    "birth_date_differs": _l("The number holds another day of birth than the file."),
}


def paper_name(definition: Definition, row: Requirement) -> str:
    terms = row.terms or {}
    if row.origin == "staff":
        return str(terms.get("title", "")) or _("Another paper")
    document = definition.documents.get(terms.get("document") or row.item_id.partition(".")[0].partition("/")[0])
    if document is None:
        return row.item_id.replace("_", " ")
    name = _text(definition, f"documents.{document.id}.name")
    more = _attachment(definition, document, terms.get("attachment")) or _part(definition, document, row.item_id)
    return f"{name}: {more}" if more else name


def item_name(definition: Definition, item_id: str) -> str:
    """For words.py, which knows a paper by its item only."""
    base, _slash, attachment = item_id.partition("/")
    terms = {"document": base.partition(".")[0], "attachment": attachment or None}
    return paper_name(definition, Requirement(item_id=item_id, terms=terms, origin="rule"))


def person_name(definition: Definition, person: Person) -> str:
    return person.name or role_words(definition, person)


def role_words(definition: Definition, person: Person) -> str:
    """The checklist speaks to the applicant and calls her "you"; here we speak about her."""
    return _("Applicant") if person.role == "applicant" else _text(definition, f"people.{person.role}.name")


def confirm_words(definition: Definition, code: str) -> str:
    path = f"meeting.confirm.{code}"
    if definition.has_text(path):
        return _text(definition, path)
    return str(CONFIRMS.get(code) or code.replace("_", " ").capitalize())


def rule_words(definition: Definition, rule: str, person: Person | None) -> str | None:
    """What a flag of the checklist says to the desk; None where it is for others."""
    found = next((each for each in definition.rules if each.id == rule), None)
    path = f"rules.{rule}.say"
    if found is None or "desk" not in found.to or not definition.has_text(path):
        return None
    named = {"person": PersonNamed(str(person.id), person.role, person.name)} if person else {}
    return definition.say(Said(path, named), language.code())


def minutes_between(since: datetime, until: datetime) -> int:
    return max(0, int((until - since).total_seconds() // 60))


def minutes_words(minutes: int) -> str:
    return ngettext("%(num)d minute", "%(num)d minutes", minutes)


def waits_words(minutes: int) -> str:
    return ngettext("waits %(num)d minute", "waits %(num)d minutes", minutes)


def people_words(count: int) -> str:
    return ngettext("%(num)d person", "%(num)d persons", count)


def clock_words(instant: datetime, zone: str) -> str:
    """Twenty-four hours at the desk, so that a list stays in line in every language."""
    return instant.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def _text(definition: Definition, path: str) -> str:
    return definition.text(path, language.code())


def _attachment(definition: Definition, document: Document, attachment: str | None) -> str | None:
    found = next((each for each in document.attach if each.id == attachment), None)
    if found is None:
        return None
    return _text(definition, found.text if found.text.endswith(".name") else f"{found.text}.name")


def _part(definition: Definition, document: Document, item_id: str) -> str | None:
    part = item_id.partition(".")[2]
    every = [*document.parts, *(part for choice in document.choices for part in choice.parts)]
    found = next((each for each in every if each.id == part), None)
    return _text(definition, found.text) if found else None
