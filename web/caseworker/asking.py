"""The consultation editor: what is asked, until when, and how the applicant will see it in her language."""

# ruff: noqa: ARG001 - a view takes the reference because the address has it; the guard has read it
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, make_response, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Length

import i18n
from actions import timers
from actions.consultations.ask_applicant import ask_applicant, extend_reply, withdraw_items
from actions.errors import NotAllowed
from consultations.models import ConsultationItem
from web.caseworker.acting import do, file_url, is_changed, refused
from web.caseworker.blueprint import FILE_ROLES, bp
from web.caseworker.preview import phone
from web.caseworker.reading import StaffRead, file_here
from web.caseworker.saying import person_name, reason_words, requirement_name, short_day
from web.fields import DayField
from web.forms import BaseForm, notice, sent_key
from web.guards import staff_file
from web.paper_words import SEEN
from web.words import words as refusal_words

TEXT_MAX = 1000


@dataclass(frozen=True)
class Line:
    """One thing to ask for. tick, text: names of its fields in the form."""

    item: ConsultationItem
    title: str
    who: str
    wrong: str
    told: str | None

    @property
    def tick(self) -> str:
        return f"send_{self.item.id}"

    @property
    def text(self) -> str:
        return f"text_{self.item.id}"


class TimeForm(BaseForm):
    due_on = DayField(_("New last day"))


@bp.route("/files/<reference>/ask", methods=["GET", "POST"])
@staff_file(*FILE_ROLES)
def ask(reference: str):
    read = file_here()
    drafted = lines(read, "unsent")
    form = _form(read, drafted)
    sound = form.was_sent()
    if sound and form.act.data == "send":
        return _send(read, form, drafted)
    return _page(read, form, drafted)


@bp.post("/files/<reference>/ask/preview")
@staff_file(*FILE_ROLES)
def preview(reference: str):
    """The phone alone, while she types: nothing is kept and nothing is refused."""
    read = file_here()
    drafted = lines(read, "unsent")
    form = _form(read, drafted)
    form.was_sent()
    return phone(read, noted(form, drafted), form.due_on.data)


@bp.post("/files/<reference>/ask/take-back/<int:item_id>")
@staff_file(*FILE_ROLES)
def take_back(reference: str, item_id: int):
    return do(lambda: withdraw_items(g.application_id, item_ids=[item_id], actor=g.actor, key=sent_key()),
              url_for("caseworker.ask", reference=reference))


@bp.post("/files/<reference>/ask/more-time")
@staff_file(*FILE_ROLES)
def more_time(reference: str):
    form = TimeForm()
    if not form.was_sent() or form.due_on.data is None:
        read = file_here()
        drafted = lines(read, "unsent")
        form.due_on.errors = form.due_on.errors or [gettext("Fill in the new last day.")]
        return _page(read, _form(read, drafted, fresh=True), drafted, more=form, status=422)
    return do(lambda: extend_reply(g.application_id, due_on=form.due_on.data, actor=g.actor, key=form.key),
              url_for("caseworker.ask", reference=reference))


def lines(read: StaffRead, status: str) -> list[Line]:
    by_id = {row.id: row for row in read.owed.requirements}
    found = []
    for item in read.owed.with_status(status):
        row = by_id[item.requirement_id]
        wrong = " ".join(filter(None, (reason_words(read, row, code, SEEN) for code in item.reason_codes or ())))
        who = person_name(read.definition, read.people.get(row.person_id), read.language)
        found.append(Line(item, requirement_name(read, row), who, wrong, row.told))
    return found


def noted(form: Any, drafted: list[Line]) -> dict[int, str]:
    """What is ticked: item id -> her own words."""
    return {line.item.id: form[line.text].data or "" for line in drafted if form[line.tick].data}


def _form(read: StaffRead, drafted: list[Line], *, fresh: bool = False) -> Any:
    """Each drafted thing with a tick and its own words; all are ticked at first."""
    fields: dict[str, Any] = {"act": StringField()}
    fields["due_on"] = DayField(_("Last day for the answer"), default=_due_on(read))
    for line in drafted:
        fields[line.tick] = BooleanField(_("Ask for this"), default=True)
        fields[line.text] = TextAreaField(_("Your own words (optional)"), [Length(max=TEXT_MAX)],
                                          default=(line.item.text or {}).get("note", ""))
    made = type("AskForm", (BaseForm,), fields)
    return made(formdata=None) if fresh else made()


def _due_on(read: StaffRead):
    """The day of the house rule; a round that is open already keeps its later day."""
    soonest = timers.reply_due_on(read.dossier)
    open_until = read.owed.consultation.due_on if read.owed.consultation else None
    return max(soonest, open_until or soonest)


def _page(read: StaffRead, form: Any, drafted: list[Line], *, more: Any = None, status: int | None = None):
    html = render_template(
        "caseworker/ask.html", form=form, drafted=drafted, asked=lines(read, "asked"), reference=read.file.reference,
        read=read, soonest=short_day(read.language, timers.reply_due_on(read.dossier)),
        more=more or TimeForm(formdata=None),
        consultation=read.owed.consultation, phone=phone(read, noted(form, drafted), form.due_on.data),
        failed=bool(form.errors or more), applicant_language=i18n.own_name(read.file.language),
        due=short_day(read.language, read.owed.consultation.due_on) if read.owed.consultation else None,
    )
    return make_response(html, status or form.status)


def _send(read: StaffRead, form: Any, drafted: list[Line]):
    wanted = noted(form, drafted)
    if not wanted:
        form.say("", gettext("Tick at least one thing to ask for."))
        return _page(read, form, drafted)
    notes = {item_id: {"note": text} if text else None for item_id, text in wanted.items()}
    typed = [(line.title, form[line.text].data or "") for line in drafted]
    try:
        ask_applicant(g.application_id, due_on=form.due_on.data, item_ids=list(wanted), texts=notes, actor=g.actor,
                      key=form.key)
    except NotAllowed as error:
        return _not_sent(error, form, typed)
    notice("good", ngettext("One thing was asked for.", "%(num)d things were asked for.", len(wanted)))
    return redirect(file_url(), 303)


def _not_sent(error: NotAllowed, form: Any, typed: list[tuple[str, str]]):
    """A day too early is said beside its box, with everything still typed; what changed gets a page of its own."""
    if is_changed(error):
        return refused(error, file_url(), typed=typed)
    for each in error.refusals:
        form.say("due_on" if each.code == "too_little_time" else "", refusal_words(each, "staff"))
    read = file_here()
    drafted = [line for line in lines(read, "unsent") if line.tick in form]
    return _page(read, form, drafted, status=422)
