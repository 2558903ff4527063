"""Who comes through the door, with or without a file, and leaves again."""

from __future__ import annotations

from flask import abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from actions.errors import NotAllowed
from actions.meetings.visits import arrive, arrive_without_file, leave, leave_without_file, link_visit
from web.forms import BaseForm, notice, sent_key
from web.frontdesk import reading, saying
from web.frontdesk.blueprint import DESK_ROLES, bp
from web.frontdesk.brief import shown
from web.guards import office_here, open_file, staff, staff_file

CAUSE_MOST = 200


class WalkInForm(BaseForm):
    office = SelectField(_l("Office"), coerce=int)
    cause = StringField(_l("What brings her here?"), [
        InputRequired(_l("Say in a few words what brings her here.")),
        Length(max=CAUSE_MOST, message=_l("This is too long. At most %(max)d signs fit."))],
        description=_l("No name, no number: the waiting line is read by many."))


@bp.post("/files/<reference>/arrive")
@staff_file(*DESK_ROLES)
def note_arrival(reference: str):
    try:
        arrive(g.application_id, office_id=reading.desk_office(), actor=g.actor, key=sent_key())
    except NotAllowed as refused:
        return shown(refused=refused)
    notice("good", _("Noted: she is in the house."))
    return redirect(url_for("frontdesk.brief", reference=reference), 303)


@bp.post("/files/<reference>/leave")
@staff_file(*DESK_ROLES)
def note_leaving(reference: str):  # noqa: ARG001 - read by the guard
    office_id = reading.desk_office()
    office_id = office_id if office_id in g.staff.offices(*DESK_ROLES) else None  # her own desk
    try:
        leave(g.application_id, left_as=_left_as(), actor=g.actor, key=sent_key())
    except NotAllowed as refused:
        return shown(refused=refused)
    notice("info", _("Noted: she has left."))
    return redirect(url_for("frontdesk.today", office=office_id), 303)


@bp.route("/walk-in", methods=["GET", "POST"])
@staff(*DESK_ROLES)
def walk_in():
    """Somebody without a file, or whose file nobody has found yet."""
    form = WalkInForm()
    form.office.choices = [(office.id, office.name) for office in reading.my_offices()]
    if not form.was_sent():
        return render_template("frontdesk/walk_in.html", form=form), form.status
    office_id = office_here(form.office.data, *DESK_ROLES)
    visit_id = arrive_without_file(office_id=office_id, cause=form.cause.data, actor=g.actor, key=form.key)
    return redirect(url_for("frontdesk.visit", visit_id=visit_id), 303)


@bp.get("/visits/<int:visit_id>")
@staff(*DESK_ROLES)
def visit(visit_id: int):
    return _visit_page(_open_visit(visit_id))


@bp.post("/visits/<int:visit_id>/link")
@staff(*DESK_ROLES)
def link(visit_id: int):
    """The walk-in turns out to have a file."""
    open_one = _open_visit(visit_id)
    file = open_file(request.form.get("reference", ""), *DESK_ROLES)
    try:
        link_visit(file.id, visit_id=visit_id, actor=g.actor, key=sent_key())
    except NotAllowed as refused:
        return _visit_page(open_one, refused)
    notice("good", _("This visit belongs to the file now."))
    return redirect(url_for("frontdesk.brief", reference=file.reference), 303)


@bp.post("/visits/<int:visit_id>/leave")
@staff(*DESK_ROLES)
def visit_leaves(visit_id: int):
    office_id = _open_visit(visit_id).office_id
    leave_without_file(visit_id, left_as=_left_as(), actor=g.actor, key=sent_key())
    notice("info", _("Noted: she has left."))
    return redirect(url_for("frontdesk.today", office=office_id), 303)


def _open_visit(visit_id: int):
    return reading.visit_without_file(visit_id) or abort(404)


def _visit_page(open_one, refused: NotAllowed | None = None):
    return render_template("frontdesk/visit.html", visit=open_one, words=saying, reasons=reading.reasons(refused),
                           zone=reading.zone_of(open_one.office_id), minutes=reading.waited(open_one)
                           ), 409 if refused else 200


def _left_as() -> str:
    wanted = request.form.get("left_as", "")
    return wanted if wanted in saying.LEFT_AS else "gone"
