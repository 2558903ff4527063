"""The rows of the task list and of tracking: what, its state in words, one action."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from applications.models import Requirement
from checklists.worked_out import FAILS, AskedQuestion, Demand
from web.applicant import saying
from web.file_read import FileRead


@dataclass(frozen=True, slots=True)
class Row:
    """state: a kind of tag(). fault: what is wrong, in words."""

    title: str
    state: str
    state_text: str
    href: str | None = None
    note: str | None = None
    action: str | None = None
    fault: str | None = None


@dataclass
class Section:
    heading: str
    note: str | None = None
    rows: list[Row] = field(default_factory=list)
    folded: list[Row] = field(default_factory=list)
    deferred: bool = False


def sections(read: FileRead) -> list[Section]:
    """One for the file itself, one for each person; what is accepted is folded."""
    made = [_section(read, None, _("Your move"))]
    made += [_section(read, key, saying.person_name(read.definition, person)) for key, person in read.people.items()]
    return [each for each in made if each.rows or each.folded]


def _section(read: FileRead, key: str | None, heading: str) -> Section:
    demands = [demand for demand in read.found.demands if demand.person == key]
    section = Section(heading, note=_note(read, demands))
    if key is not None and key in read.found.aside:
        section.note = _("Not on this file as the answers stand.")
    if read.is_draft:
        section.rows += question_rows(read, key)
    rows = [demand_row(read, demand) for demand in demands] + _extra_rows(read, key)
    section.rows += [row for row in rows if row.state != "closed"]
    section.folded = [row for row in rows if row.state == "closed"]
    section.deferred = key is not None and read.people[key].deferred_at is not None
    return section


def _note(read: FileRead, demands: list[Demand]) -> str | None:
    counted = [demand for demand in demands if counts(demand)]
    if not counted:
        return None
    done = sum(1 for demand in counted if read.is_in(demand))
    return ngettext(
        "%(done)s of %(num)d document is in", "%(done)s of %(num)d documents are in", len(counted), done=done
    )


def counts(demand: Demand) -> bool:
    """What is counted as a document: what she sends from afar and must."""
    return demand.sent_as != "bring" and not demand.attends and not demand.optional


# --- questions ----------------------------------------------------------------------------------------------------


def question_rows(read: FileRead, key: str | None) -> list[Row]:
    asked = [one for one in read.found.questions.get(key, ()) if one.asked_of == "applicant"]
    person = read.people.get(key) if key else None
    return [
        _page_row(page, key, asked_on, saying.words_at(read.definition, f"pages.{page.id}.title", person))
        for page in read.definition.pages
        if (asked_on := [one for one in asked if one.page == page.id])
    ]


def _page_row(page, key: str | None, asked: list[AskedQuestion], title: str) -> Row:
    missing = sum(1 for one in asked if one.required and one.state != "answered")
    begun = any(one.state == "answered" and not one.in_triage for one in asked)
    href = page_href(page.id, key)
    if missing:
        note = ngettext("%(num)d answer is missing", "%(num)d answers are missing", missing)
        return Row(title, "doing" if begun else "todo", _("Begun") if begun else _("To do"), href, note, _("Answer"))
    return Row(title, "done", _("Answered"), href, None, _("Change"))


def page_href(page_id: str, key: str | None) -> str:
    return url_for("applicant.answers", page_id=page_id, person_id=int(key or 0))


# --- papers -------------------------------------------------------------------------------------------------------


def demand_row(read: FileRead, demand: Demand) -> Row:
    rows = read.rows_of(demand)
    title, why = saying.demand_name(read.definition, demand), saying.because(read.definition, demand)
    href = paper_href(rows[0]) if rows else None
    if demand.attends and not any(row.document_id for row in rows):
        return Row(title, "later", _("Somebody comes instead"), href, why, _("Change"))
    if demand.sent_as == "bring" and all(row.status in ("missing", "promised") for row in rows):
        return Row(title, "later", _("You bring it"), None, why)
    state, words, action = _state(read, demand, rows)
    may_open = read.is_draft or state in ("todo", "doing", "fault", "you")
    fault = _fault(read, demand, rows) if state in ("done", "doing", "waiting") else None
    if fault and state == "done":
        state, words, action = "fault", _("Look again"), _("Mend")
    note = f"{why}. {_('You may leave this out.')}" if why and demand.optional else why
    if demand.optional and not why:
        note = _("You may leave this out.")
    return Row(title, state, words, href if may_open else None, note, action if may_open else None, fault)


def paper_href(row: Requirement) -> str:
    return url_for("applicant.paper", requirement_id=row.id)


def _state(read: FileRead, demand: Demand, rows: list[Requirement]) -> tuple[str, str, str | None]:
    statuses = {row.status for row in rows}
    if statuses and statuses <= {"accepted", "waived"}:
        return "closed", _("Accepted"), None
    if "refused" in statuses:
        return "you", _("Send again"), _("See")
    if statuses & {"sent", "recheck"} and not statuses & {"missing"}:
        return "waiting", _("We are looking"), None
    if statuses == {"promised"}:
        return "later", _("You will bring it"), _("Change")
    if statuses == {"cannot_get"}:
        return "waiting", _("We think about another way"), _("Change")
    if read.is_in(demand):
        return "done", _("It is in"), _("See")
    if any(row.gathered or row.status != "missing" for row in rows):
        return "doing", _("Begun"), _("Go on")
    return "todo", _("To do"), _("Add")


def _fault(read: FileRead, demand: Demand, rows: list[Requirement]) -> str | None:
    failing = next((check for check in demand.checks if check.state == FAILS), None)
    return saying.finding(read.definition, demand, failing) if failing and any(r.gathered for r in rows) else None


def _extra_rows(read: FileRead, key: str | None) -> list[Row]:
    """What a caseworker asked for beyond the checklist."""
    extra = (row for (person, _item), row in read.requirements.items() if person == key and row.origin == "staff")
    words = {
        "missing": ("todo", _("To do")),
        "accepted": ("closed", _("Accepted")),
        "waived": ("closed", _("Accepted")),
        "refused": ("you", _("Send again")),
    }
    made = []
    for row in extra:
        state, text = words.get(row.status, ("waiting", _("We are looking")))
        href = paper_href(row) if state in ("todo", "you") else None
        made.append(Row(saying.requirement_name(read, row), state, text, href, row.told))
    return made
