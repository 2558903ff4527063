"""The consultation page: only what is asked, what was wrong, how to mend it; answers lie ready and are sent once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from actions.consultations.answer import answer_item, send_answers
from actions.consultations.ask_applicant import extend_reply
from actions.errors import NotAllowed
from applications.models import Requirement
from applications.queries import SentPage
from checklists.worked_out import Demand
from consultations.models import ConsultationItem
from web.applicant import saying
from web.applicant.blueprint import bp
from web.file_read import FileRead, file_here
from web.forms import BaseForm, notice, sent_key
from web.guards import applicant
from web.paper_words import AskedWords, asked_words
from web.words import all_words

TOLD_MOST = 1000


class AnswerForm(BaseForm):
    """Another answer than a file. kind: text, cannot_get or promise."""

    kind = RadioField(validate_choice=False)
    text = TextAreaField(validators=[Length(max=TOLD_MOST)])


@dataclass
class Asked:
    """One thing that is asked for, as the page shows it."""

    item: ConsultationItem
    row: Requirement
    demand: Demand | None
    words: AskedWords
    note: str | None
    old: list[SentPage]
    fresh: list[SentPage]
    form: AnswerForm

    @property
    def id(self) -> int:
        return self.item.id

    @property
    def picture(self) -> str | None:
        """What was sent before, if it could be drawn."""
        if not self.old or not self.old[0].has_picture:
            return None
        return url_for("applicant.picture", upload_id=self.old[0].upload_id, number=1)

    @property
    def ready(self) -> bool:
        return bool(self.item.answer_kind)

    @property
    def other_ways(self) -> bool:
        return any(way != "file" for way in self.item.may_answer)


@bp.get("/file/questions")
@applicant
def consultation():
    return shown(file_here())


def shown(read: FileRead, *, sent: tuple[int, AnswerForm] | None = None, faults: list[str] | None = None):
    items = [item for item in read.dossier.rows(ConsultationItem) if item.status == "asked"]
    if not items or read.file.state != "open":
        notice("info", _("There is nothing you have to answer now."))
        return redirect(url_for("applicant.tasks"), 303)
    pages = read.pages()
    asked = [_asked(read, item, pages, sent) for item in items]
    open_one = read.dossier.consultation
    return render_template(
        "applicant/consultation.html",
        read=read,
        asked=[each for each in asked if each],
        due=saying.day(open_one.due_on) if open_one and open_one.due_on else None,
        may_have_more_time=bool(open_one and open_one.due_on and not open_one.more_time_used_at),
        ready=sum(1 for item in items if item.answer_kind),
        safe=_safe(read),
        faults=faults or [],
        failed=bool(faults) or bool(sent),
    )


def _asked(read: FileRead, item: ConsultationItem, pages: list[SentPage], sent: Any) -> Asked | None:
    row = read.dossier.requirement(item.requirement_id)
    if row is None:
        return None
    demand = read.demand_of(row)
    own = [page for page in pages if page.requirement_id == row.id]
    form = (
        sent[1]
        if sent and sent[0] == item.id
        else AnswerForm(formdata=None, kind=item.answer_kind, text=item.answer_text)
    )
    form.kind.choices = _ways(item)
    people = {person.id: person for person in read.people.values()}
    return Asked(
        item=item,
        row=row,
        demand=demand,
        words=asked_words(read.definition, row, demand, item.reason_codes, people, read.language),
        note=(item.text or {}).get("note"),
        old=[p for p in own if p.status == "sent"],
        fresh=[p for p in own if p.status == "gathering"],
        form=form,
    )


def _ways(item: ConsultationItem) -> list[SelectChoice]:
    words = {
        "text": _("I want to explain something"),
        "cannot_get": _("I cannot get this"),
        "promise": _("I will bring it to the meeting"),
    }
    return [SelectChoice(way, words[way]) for way in item.may_answer if way in words]


def _safe(read: FileRead) -> list[str]:
    """What is accepted is closed: nobody asks for it again."""
    return [
        saying.requirement_name(read, row)
        for row in read.requirements.values()
        if row.kind == "document" and row.status in ("accepted", "waived")
    ]


@bp.post("/file/questions/<int:item_id>/answer")
@applicant
def consultation_answer(item_id: int):
    """An answer that is not a file lies ready; kind "" takes it back."""
    read = file_here()
    item = next(
        (each for each in read.dossier.rows(ConsultationItem) if each.id == item_id and each.status == "asked"), None
    )
    if item is None:
        abort(404)
    form = AnswerForm()
    form.kind.choices = _ways(item)
    form.was_sent()
    back = "back" in request.form
    kind = None if back else form.kind.data
    if not back and kind not in [choice.value for choice in _ways(item)]:
        form.say("kind", _("Choose one of these answers."))
    elif kind in ("text", "cannot_get") and not form.text.data:
        form.say("text", _("Write a line or two, so that we understand."))
    if form.errors:
        return shown(read, sent=(item_id, form)), 422
    try:
        answer_item(
            g.application_id,
            item_id,
            kind=kind,
            text=None if back else form.text.data or None,
            actor=g.actor,
            key=form.key,
        )
    except NotAllowed as no:
        return shown(file_here(), faults=all_words(no.refusals)), 409
    return redirect(url_for("applicant.consultation") + f"#item-{item_id}", 303)


@bp.post("/file/questions/send")
@applicant
def consultation_send():
    try:
        send_answers(g.application_id, actor=g.actor, key=sent_key())
    except NotAllowed as no:
        return shown(file_here(), faults=all_words(no.refusals)), 409
    notice("good", _("Thank you. We have your answers."))
    return redirect(url_for("applicant.tasks"), 303)


@bp.post("/file/questions/more-time")
@applicant
def consultation_more_time():
    """Once, without a reason."""
    try:
        until = extend_reply(g.application_id, actor=g.actor, key=sent_key())
    except NotAllowed as no:
        return shown(file_here(), faults=all_words(no.refusals)), 409
    if hasattr(until, "isoformat"):
        notice("good", _("You have time until %(day)s.", day=saying.day(until)))
    return redirect(url_for("applicant.consultation"), 303)
