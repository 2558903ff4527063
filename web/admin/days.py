"""The lead shuts a day: first she sees whom it hits, then nobody can book it, then those people are told one by one."""

from __future__ import annotations

from datetime import timedelta

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

import i18n
from actions.errors import NotAllowed
from actions.offices.cancel_closed_day import cancel_closed_day
from actions.offices.open_day import open_day
from actions.offices.shut_day import BECAUSE_MOST, shut_day
from web import language
from web.admin import reading
from web.admin.blueprint import bp
from web.fields import DayField, DayRequired
from web.forms import BaseForm, notice, sent_key, tidy
from web.guards import staff
from web.words import all_words

AT_ONCE = 20
CLOSED = {"closure": _l("It is closed already."), "public_holiday": _l("It is a public holiday."),
          "no_hours": _l("The office has no hours on this weekday."), "given_up": _l("The office is given up.")}


class DayForm(BaseForm):
    day = DayField(_l("Day"), [DayRequired()])


@bp.route("/offices/<int:office_id>/days", methods=["GET", "POST"])
@staff("lead")
def days(office_id: int):
    office, closures, today = reading.days_off(office_id)
    form = DayForm()
    if form.was_sent():
        if today <= form.day.data <= today + reading.DAY_OFF_AHEAD:
            return redirect(url_for("admin.day", office_id=office_id, day=form.day.data.isoformat()), 303)
        form.say("day", _("Choose a day from today on, within two years."))
    closed = [(closure, i18n.day_words(closure.day_on, language.code())) for closure in closures]
    tomorrow = today + timedelta(days=1)
    return render_template("admin/days.html", office=office, closed=closed, form=form, tomorrow=tomorrow), form.status


@bp.get("/offices/<int:office_id>/days/<day>")
@staff("lead")
def day(office_id: int, day: str):
    return _shown(office_id, day)


@bp.post("/offices/<int:office_id>/days/<day>/shut")
@staff("lead")
def day_shut(office_id: int, day: str):
    off = reading.day_off(office_id, day)
    because = str(tidy(request.form.get("because", "")))[:BECAUSE_MOST]
    if request.form.get("sure") != "y" and off.hit:
        return _shown(office_id, day, [_("Confirm that these people lose their time.")], because)
    try:
        shut_day(office_id, off.day_on, because, actor=g.actor, key=sent_key())
    except NotAllowed as refused:
        return _shown(office_id, day, all_words(refused.refusals, "staff"), because)
    return _tell(office_id, day) if off.hit else _to(office_id, day, _("The day is closed."))


@bp.post("/offices/<int:office_id>/days/<day>/tell")
@staff("lead")
def day_tell(office_id: int, day: str):
    return _tell(office_id, day)


@bp.post("/offices/<int:office_id>/days/<day>/open")
@staff("lead")
def day_open(office_id: int, day: str):
    off = reading.day_off(office_id, day)
    open_day(office_id, off.day_on, actor=g.actor, key=sent_key())
    return _to(office_id, day, _("The day is open again. Who was cancelled stays cancelled."))


def _tell(office_id: int, day: str):
    """The next few: each file is a transaction of its own, and the page says how far it is."""
    off = reading.day_off(office_id, day)
    done = cancel_closed_day(office_id, off.day_on, actor=g.actor, most=AT_ONCE)
    told, kept = len(done["cancelled"]), len(done["kept"])
    said = _("%(told)s told.", told=told)
    return _to(office_id, day, said + (" " + _("%(kept)s kept: they are in the house.", kept=kept) if kept else ""))


def _to(office_id: int, day: str, said: str):
    notice("good", said)
    return redirect(url_for("admin.day", office_id=office_id, day=day), 303)


def _shown(office_id: int, day: str, faults: list[str] | None = None, because: str = ""):
    off = reading.day_off(office_id, day)
    return render_template(
        "admin/day.html", off=off, day_words=i18n.day_words(off.day_on, language.code()), faults=faults or [],
        because=because, at_once=AT_ONCE, closed=CLOSED.get(off.closed_because or ""), because_most=BECAUSE_MOST,
        times=[(row, i18n.time_words(row.starts_at, off.office.zone, language.code())) for row in off.hit],
    ), 422 if faults else 200
