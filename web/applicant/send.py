"""Check and send: everything on one page, the declaration, and the receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import BooleanField
from wtforms.validators import InputRequired

from actions.applications.submit import sign_and_submit
from actions.errors import NotAllowed
from applications.models import Person
from checklists.situation import EMPTY, NOT_SURE
from checklists.worked_out import AskedQuestion
from web import paper_words
from web.applicant import codes, saying, tracking
from web.applicant.blueprint import bp
from web.applicant.rows import demand_row, page_href, paper_href
from web.file_read import FileRead, file_here
from web.forms import BaseForm
from web.guards import applicant
from web.words import all_words


class SendForm(BaseForm):
    declared = BooleanField(validators=[InputRequired(lazy_gettext("Tick this to say that it is true."))])


@dataclass(frozen=True, slots=True)
class Checked:
    """What is sent, in one block with its change link."""

    heading: str
    href: str
    rows: list[dict[str, Any]]


@bp.route("/file/send", methods=["GET", "POST"])
@applicant
def send():
    read = file_here()
    if not read.is_draft:
        return redirect(url_for("applicant.tasks"), 303)
    form = SendForm()
    if not form.was_sent():
        return _shown(read, form), form.status
    try:
        sign_and_submit(g.application_id, read.dossier.lead.id, grant_id=g.grant.id, actor=g.actor, key=form.key)
    except NotAllowed as no:
        for words in all_words(no.refusals):
            form.say("", words)
        return _shown(file_here(), form), 409
    return redirect(url_for("applicant.sent"), 303)


def _shown(read: FileRead, form: SendForm):
    return render_template(
        "applicant/send.html",
        read=read,
        form=form,
        missing=missing(read),
        checked=checked(read),
        papers=[demand_row(read, demand) for demand in read.found.demands],
        declaration=read.definition.text("declaration", read.language),
        failed=bool(form.errors),
    )


@bp.get("/file/sent")
@applicant
def sent():
    """The receipt. May be opened again at any time."""
    read = file_here()
    if read.file.submitted_at is None:
        return redirect(url_for("applicant.tasks"), 303)
    until = tracking.promised(read)
    return render_template("applicant/sent.html", read=read, qr=codes.qr_data(read.file.reference), until=until)


# --- what stands in the way ---------------------------------------------------------------------------------------


def missing(read: FileRead) -> list[dict[str, str]]:
    """Everything at once, each with the page that mends it."""
    found = read.found
    lacking: list[dict[str, str]] = []
    if found.door:
        lacking.append({"text": read.definition.say(found.door.said, read.language), "href": found.door.next or ""})
    if found.wait:
        lacking.append({"text": read.definition.say(found.wait.said, read.language), "href": ""})
    for role, wanted in found.roles.items():
        if wanted.missing:
            name = read.definition.text(f"people.{role}.name", read.language)
            lacking.append(
                {"text": _("%(who)s is not on the file yet.", who=name), "href": url_for("applicant.people")}
            )
    return lacking + _missing_answers(read) + _missing_papers(read)


def _missing_answers(read: FileRead) -> list[dict[str, str]]:
    lacking = []
    for one in read.found.missing_answers:
        if one.asked_of != "applicant":
            continue
        person = read.people.get(one.person) if one.person else None
        words = saying.words_at(read.definition, f"questions.{one.id}.ask", person)
        page = read.definition.direct_page.get(one.id)
        name = f" ({saying.person_name(read.definition, person)})" if person and len(read.people) > 1 else ""
        lacking.append(
            {"text": f"{words}{name}", "href": page_href(page, one.person) if page else "", "action": _("Answer")}
        )
    return lacking


def _missing_papers(read: FileRead) -> list[dict[str, str]]:
    lacking = []
    for demand in read.found.demands:
        rows = read.rows_of(demand)
        if demand.optional or read.is_in(demand) or not rows:
            continue
        person = read.people.get(demand.person) if demand.person else None
        name = f" ({saying.person_name(read.definition, person)})" if person and len(read.people) > 1 else ""
        action = _("Describe it") if all(row.gathered for row in rows) else _("Add")
        lacking.append(
            {"text": saying.demand_name(read.definition, demand) + name, "href": paper_href(rows[0]), "action": action}
        )
    return lacking


# --- what is sent -------------------------------------------------------------------------------------------------


def checked(read: FileRead) -> list[Checked]:
    made = []
    for key in (None, *read.people):
        person = read.people.get(key) if key else None
        asked = [one for one in read.found.questions.get(key, ()) if one.asked_of == "applicant"]
        for page in read.definition.pages:
            rows = [_row(read, one, person) for one in asked if one.page == page.id and one.state == "answered"]
            if rows:
                title = saying.words_at(read.definition, f"pages.{page.id}.title", person)
                made.append(Checked(title, page_href(page.id, key), rows))
    return made


def _row(read: FileRead, one: AskedQuestion, person: Person | None) -> dict[str, Any]:
    question = read.definition.question(one.id)
    return {
        "key": saying.words_at(read.definition, f"questions.{one.id}.ask", person),
        "value": answer_words(read, question, one.value),
        "href": page_href(one.page, one.person),
    }


def answer_words(read: FileRead, question: Any, value: Any) -> str:
    if value == EMPTY:
        return _("left empty")
    if value == NOT_SURE:
        return _("I do not know")
    if question.type == "group":
        return "; ".join(_entry(read, question, entry) for entry in value or ()) or _("nobody")
    if isinstance(value, list | tuple | frozenset):
        return ", ".join(_one(read, question, question.id, each) for each in value)
    return _one(read, question, question.id, value)


def _entry(read: FileRead, question: Any, entry: dict[str, Any]) -> str:
    return ", ".join(_one(read, spec, question.id, entry[spec.id]) for spec in question.fields if spec.id in entry)


def _one(read: FileRead, spec: Any, question_id: str, value: Any) -> str:
    if spec.type == "choice":
        return read.definition.option(question_id, str(value), read.language)
    if spec.type == "municipality":
        return str(read.definition.municipalities.get(value, {}).get("name", value))
    if spec.type == "yes_no":
        return _("Yes") if value else _("No")
    if spec.type == "date" and isinstance(value, str):
        return saying.day(date.fromisoformat(value))
    return read.definition.wording.word(paper_words.plain(value, spec.type), read.language)
