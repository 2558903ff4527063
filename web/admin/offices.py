"""Offices: what they are, when they are open, for whom they work."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import abort, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from actions.errors import NotAllowed
from actions.offices.add_office import add_office
from actions.offices.change_served import change_served
from actions.offices.edit_office import edit_office
from offices.models import Office
from web.admin import reading, rows
from web.admin.blueprint import OF_OFFICES, bp
from web.forms import BaseForm, notice, sent_key
from web.guards import staff
from web.words import all_words, words

WEEKDAYS = (_l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"), _l("Saturday"), _l("Sunday"))


class NewOfficeForm(BaseForm):
    name = StringField(_l("Name"), [InputRequired(_l("Give a name.")), Length(max=120)])
    address = StringField(_l("Address"), [InputRequired(_l("Give an address.")), Length(max=300)])
    zone = StringField(_l("Time zone"), [InputRequired(_l("Give a time zone.")), Length(max=60)],
                       description=_l("As in Europe/Copenhagen. Opening hours are wall times there."))
    country = StringField(_l("Country of its public holidays"), [InputRequired(_l("Give a country.")), Length(2, 2)],
                          description=_l("Two letters, as in DK."), filters=[lambda text: (text or "").upper()])
    subdivision = StringField(_l("Region of its public holidays"), [Length(max=10)],
                              description=_l("Only where regions differ."))


class OfficeForm(NewOfficeForm):
    directions = TextAreaField(_l("How to get there"), [Length(max=500)],
                               description=_l("Shown with every booked time: stop, floor, bell."))
    grid_minutes = IntegerField(_l("Times begin every"), [InputRequired(_l("Give a number of minutes."))])
    opens_ahead_days = IntegerField(_l("Times can be booked ahead"), [InputRequired(_l("Give a number of days."))])


@dataclass
class Page:
    """The office's page: its settings, and two tables with what was typed into them."""

    office: Office
    form: OfficeForm
    hours: rows.Typed
    served: rows.Typed
    faults: list[str] = field(default_factory=list)

    def answer(self):
        shown = render_template(
            "admin/office.html", page=self, office=self.office, form=self.form, weekdays=list(enumerate(WEEKDAYS)),
            municipalities=reading.municipality_choices(), leads=self.office.id in g.staff.offices("lead"))
        return shown, 422 if self.faults or self.form.errors else 200


@bp.get("/")
@staff(*OF_OFFICES)
def offices():
    return render_template("admin/offices.html", offices=reading.offices_here(), leads=g.staff.offices("lead"),
                           is_admin="admin" in g.staff.roles)


@bp.route("/offices/new", methods=["GET", "POST"])
@staff("admin")
def office_new():
    form = NewOfficeForm(zone="Europe/Copenhagen", country="DK")
    if form.was_sent():
        try:
            office_id = add_office(**_settings(form), actor=g.actor, key=form.key)
        except NotAllowed as refused:
            _say(form, refused)
        else:
            notice("good", _("The office is there. Give it opening hours next."))
            return redirect(url_for("admin.office", office_id=office_id), 303)
    return render_template("admin/office_new.html", form=form), form.status


@bp.route("/offices/<int:office_id>", methods=["GET", "POST"])
@staff("admin")
def office(office_id: int):
    page = _page(office_id)
    if not page.form.was_sent():
        return page.answer()
    try:
        edit_office(office_id, _settings(page.form), actor=g.actor, key=page.form.key)
    except NotAllowed as refused:
        _say(page.form, refused)
        return page.answer()
    return _saved(office_id)


@bp.post("/offices/<int:office_id>/hours")
@staff("admin")
def office_hours(office_id: int):
    page = _page(office_id, formdata=None)
    page.hours = rows.typed(*rows.HOURS, key="weekday")
    try:
        edit_office(office_id, hours=rows.as_hours(page.hours), actor=g.actor, key=sent_key())
    except NotAllowed as refused:
        page.faults = all_words(refused.refusals, "staff")
        return page.answer()
    return _saved(office_id)


@bp.post("/offices/<int:office_id>/served")
@staff("admin")
def office_served(office_id: int):
    page = _page(office_id, formdata=None)
    page.served = rows.typed(*rows.SERVED, key="municipality")
    try:
        change_served(office_id, rows.as_served(page.served), actor=g.actor, key=sent_key())
    except ValueError:
        page.faults = [_("Every municipality needs a first day. Write days like 2026-12-31.")]
        return page.answer()
    except NotAllowed as refused:
        page.faults = all_words(refused.refusals, "staff")
        return page.answer()
    return _saved(office_id)


def _page(office_id: int, **form: Any) -> Page:
    """form: formdata=None where what was sent belongs to one of the tables."""
    found = reading.office_whole(office_id) or abort(404)
    return Page(found.office, OfficeForm(obj=found.office, **form), rows.of_hours(found.hours),
                rows.Typed(rows.SERVED, found.served))


def _settings(form: NewOfficeForm) -> dict[str, Any]:
    data = {name: value for name, value in form.data.items() if name != "csrf_token"}
    return {**data, **{name: data[name] or None for name in ("subdivision", "directions") if name in data}}


def _say(form: NewOfficeForm, refused: NotAllowed) -> None:
    """Beside the field it is about, where the code begins with its name."""
    for refusal in refused.refusals:
        about = next((f.name for f in form if refusal.code.startswith(f"{f.name}_")), "")
        form.say("country" if refusal.code == "holidays_unknown" else about, words(refusal, "staff"))


def _saved(office_id: int):
    notice("good", _("Saved."))
    return redirect(url_for("admin.office", office_id=office_id), 303)
