"""One file on one screen: who, what to see, what to know; and what may be done with its time."""

from __future__ import annotations

from flask import g, redirect, render_template, url_for
from flask_babel import gettext as _

import i18n
from actions.appointments.mark_no_show import mark_no_show
from actions.appointments.office_cancels import office_cancels
from actions.appointments.undo_no_show import undo_no_show
from actions.errors import NotAllowed
from actions.meetings.meeting import start_meeting
from web import language
from web.forms import new_key, notice, sent_key
from web.frontdesk import reading, saying
from web.frontdesk.blueprint import DESK_ROLES, bp
from web.guards import staff_file


@bp.get("/files/<reference>")
@staff_file(*DESK_ROLES)
def brief(reference: str):  # noqa: ARG001 - read by the guard
    return shown()


def shown(refused: NotAllowed | None = None, typed: dict | None = None, faults: dict | None = None):
    """The brief. refused: why something was not done, all reasons. typed, faults: of the meeting's form."""
    read = reading.brief_here()
    for guest in read.people:
        guest.faults = (faults or {}).get(guest.id, [])
    reasons = reading.reasons(refused, read.item_name) + (faults or {}).get(None, [])
    failed = bool(reasons or faults)
    html = render_template(
        "frontdesk/brief.html", read=read, words=saying, reasons=reasons, typed=typed or {}, failed=failed,
        key=new_key(), language_words=reading.language_words, when=_when(read),
    )
    return html, 409 if refused else 422 if failed else 200


def _when(read: reading.Brief) -> str | None:
    return i18n.moment_words(read.live.starts_at, read.live.zone, language.code()) if read.live else None


@bp.post("/files/<reference>/start")
@staff_file(*DESK_ROLES)
def start(reference: str):
    return _do(reference, start_meeting, office_id=reading.desk_office())


@bp.post("/files/<reference>/no-show")
@staff_file(*DESK_ROLES)
def no_show(reference: str):
    return _do(reference, mark_no_show, said=_("Noted: she did not come. She was told how to book again."))


@bp.post("/files/<reference>/undo-no-show")
@staff_file(*DESK_ROLES)
def undo(reference: str):
    return _do(reference, undo_no_show, said=_("The time counts again."))


@bp.post("/files/<reference>/cancel")
@staff_file(*DESK_ROLES)
def cancel(reference: str):
    return _do(reference, office_cancels, said=_("The time is cancelled. She was told that it was not her fault."))


def _do(reference: str, act, said: str | None = None, **given):
    """One act on this file; when it may not be done, the brief with every reason."""
    try:
        act(g.application_id, **given, actor=g.actor, key=sent_key())
    except NotAllowed as refused:
        return shown(refused=refused)
    if said:
        notice("good", said)
    return redirect(url_for("frontdesk.brief", reference=reference), 303)
