"""Booking: every reason why not yet, or free times; then the meeting with all that belongs to it."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import urlsplit

from flask import Response, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

import clock
import i18n
import links
from actions.appointments.book_appointment import book_appointment
from actions.appointments.cancel_appointment import cancel_appointment
from actions.appointments.move_appointment import move_appointment
from actions.errors import NotAllowed
from actions.gather import facts_of
from applications.models import Deadline
from appointments import gate
from appointments.calendar_file import Entry, calendar_file
from appointments.models import Appointment
from extensions import db
from offices.models import Office
from visits.models import Visit
from web.applicant import codes, saying
from web.applicant.blueprint import bp
from web.applicant.rows import paper_href
from web.file_read import FileRead, file_here
from web.forms import notice, sent_key
from web.free_times import free_times, minutes_of
from web.ground import settings
from web.guards import applicant
from web.words import all_words, words

DAYS_SHOWN = 7  # A page must stay small on a slow phone.


@bp.get("/file/booking")
@applicant
def booking():
    read = file_here()
    if read.dossier.live_appointment and not _wants_to_move():
        return _meeting(read)
    return _times(read)


def _wants_to_move() -> bool:
    return request.values.get("move") == "1"


def _times(read: FileRead, faults: list[str] | None = None):
    """Closed with every reason, or the free times inside the days on which every paper is good."""
    moving = read.dossier.live_appointment is not None
    if not moving and read.file.stage != "complete":
        return render_template(
            "applicant/booking_closed.html", read=read, reasons=_reasons(read), faults=faults or [], failed=bool(faults)
        )
    free, calendar = free_times(read, from_on=_asked_day(), moving=moving, days=DAYS_SHOWN)
    return render_template(
        "applicant/booking.html",
        read=read,
        moving=moving,
        faults=faults or [],
        failed=bool(faults),
        calendar=calendar,
        suggested=[_slot(read, calendar.zone, start) for start in free.suggested],
        minutes=minutes_of(read, calendar),
        days=[_day(read, calendar.zone, free_day) for free_day in free.days],
        later=url_for("applicant.booking", from_on=free.later_from_on.isoformat(), move=1 if moving else None)
        if free.later_from_on
        else None,
    )


def _asked_day() -> date | None:
    try:
        return date.fromisoformat(request.args.get("from_on", ""))
    except ValueError:
        return None


def _slot(read: FileRead, zone: str, start: datetime) -> dict[str, str]:
    return {
        "day": i18n.day_words(clock.day_in(zone, start), read.language),
        "time": i18n.time_words(start, zone, read.language),
        "starts_at": start.isoformat(),
    }


def _day(read: FileRead, zone: str, free_day) -> dict:
    parts = [
        words for words, times in ((_("morning"), free_day.morning), (_("afternoon"), free_day.afternoon)) if times
    ]
    return {
        "day": i18n.day_words(free_day.day_on, read.language),
        "parts": ", ".join(parts),
        "morning": [_slot(read, zone, start) for start in free_day.morning],
        "afternoon": [_slot(read, zone, start) for start in free_day.afternoon],
    }


def _reasons(read: FileRead) -> list[dict[str, str]]:
    """Each once, with the page that mends it where she can."""
    # The gate looks at neither deadlines nor visits: two statements less on a page that is opened often.
    read.dossier.leave_out(Deadline, Visit)
    made: dict[str, dict[str, str]] = {}
    for refusal in gate.closed_because(facts_of(read.dossier)):
        text, href = words(refusal), ""
        row = _row_of(read, refusal.values)
        if row is not None:
            text = f"{saying.kept_name(read.definition, row)}: {_status_words(row)}"
            href = _mend(read, row)
        made.setdefault(text, {"text": text, "href": href})
    return list(made.values()) or [{"text": _("We are still looking at your papers."), "href": ""}]


def _row_of(read: FileRead, values):
    item, person = values.get("item"), values.get("person_id")
    return read.requirements.get((None if person is None else str(person), item)) if item else None


def _status_words(row) -> str:
    return {
        "missing": _("it is missing"),
        "refused": _("it must be sent again"),
        "sent": _("we are still looking at it"),
        "recheck": _("we are looking at it again"),
        "cannot_get": _("we are looking for another way"),
        "accepted": _("it will have run out by then"),
    }.get(row.status, _("it is not settled yet"))


def _mend(read: FileRead, row) -> str:
    if row.status not in ("missing", "refused"):
        return ""
    return url_for("applicant.consultation") if read.file.stage == "waiting_for_applicant" else paper_href(row)


@bp.post("/file/booking")
@applicant
def booking_taken():
    """Take a time, or move to it. Who was slower sees the times that are still free."""
    read = file_here()
    starts_at = _typed_time()
    moving = read.dossier.live_appointment is not None and _wants_to_move()
    act = move_appointment if moving else book_appointment
    try:
        act(g.application_id, starts_at, actor=g.actor, key=sent_key())
    except NotAllowed as no:
        read = file_here()
        if read.dossier.live_appointment and not moving:
            return redirect(url_for("applicant.booking"), 303)
        return _times(read, all_words(no.refusals)), 409
    notice("good", _("Your time is moved.") if moving else _("Your time is booked."))
    return redirect(url_for("applicant.booking"), 303)


def _typed_time() -> datetime:
    try:
        starts_at = datetime.fromisoformat(request.form.get("starts_at", ""))
    except ValueError:
        abort(400)
    if starts_at.tzinfo is None:
        abort(400)
    return starts_at


# --- once there is a time -----------------------------------------------------------------------------------------


def _meeting(read: FileRead, faults: list[str] | None = None):
    live: Appointment = read.dossier.live_appointment
    return render_template(
        "applicant/meeting.html",
        read=read,
        live=live,
        faults=faults or [],
        failed=bool(faults),
        when=i18n.moment_words(live.starts_at, live.zone, read.language),
        office=_office_of(live),
        minutes=int((live.ends_at - live.starts_at).total_seconds() // 60),
        who=_who_comes(read),
        bring=_to_bring(read),
        qr=codes.qr_data(read.file.reference),
        reasons=_reasons(read) if live.frozen_at else [],
    )


@bp.get("/file/booking/day")
@applicant
def on_the_day():
    """For the phone in the hand: the code, when and where, what to have ready; then that she is noted, and called."""
    read = file_here()
    live = read.dossier.live_appointment
    if live is None:
        return redirect(url_for("applicant.booking"), 303)
    here = next((each for each in read.dossier.rows(Visit) if each.arrived_at and each.left_at is None), None)
    return render_template(
        "applicant/day.html",
        read=read,
        day=i18n.day_words(clock.day_in(live.zone, live.starts_at), read.language),
        time=i18n.time_words(live.starts_at, live.zone, read.language),
        office=_office_of(live),
        who=_who_comes(read),
        bring=_to_bring(read),
        frozen=live.frozen_at is not None,
        qr=codes.qr_data(read.file.reference),
        is_here=here is not None,
        counter=here.counter if here is not None and here.called_at else None,
        refresh_seconds=30 if here is not None else None,
    )


def _who_comes(read: FileRead) -> list[str]:
    return [
        saying.person_name(read.definition, read.people[key])
        for key in read.found.attend
        if key in read.people and read.people[key].deferred_at is None
    ]


def _to_bring(read: FileRead) -> list[dict[str, str | None]]:
    """Originals, what was promised, and what is only ever brought."""
    made = []
    for demand in read.found.demands:
        rows = read.rows_of(demand)
        promised = any(row.status == "promised" for row in rows)
        if not (demand.original_at_meeting or promised or demand.sent_as == "bring") or demand.attends:
            continue
        person = read.people.get(demand.person) if demand.person else None
        if person is not None and person.deferred_at is not None:
            continue
        name = saying.demand_name(read.definition, demand)
        who = f" ({saying.person_name(read.definition, person)})" if person and len(read.people) > 1 else ""
        count = f"{demand.count} × " if demand.count > 1 else ""
        made.append({"text": f"{count}{name}{who}", "note": _("You promised to bring it.") if promised else None})
    return made


@bp.route("/file/booking/cancel", methods=["GET", "POST"])
@applicant
def booking_cancel():
    read = file_here()
    live = read.dossier.live_appointment
    if live is None:
        return redirect(url_for("applicant.booking"), 303)
    if request.method == "GET":
        return render_template(
            "applicant/cancel.html", read=read, when=i18n.moment_words(live.starts_at, live.zone, read.language)
        )
    try:
        cancel_appointment(g.application_id, actor=g.actor, key=sent_key())
    except NotAllowed as no:
        return _meeting(file_here(), all_words(no.refusals)), 409
    notice("good", _("The time is given back. Choose another one when you like."))
    return redirect(url_for("applicant.booking"), 303)


def _office_of(live: Appointment) -> Office:
    """Not always the one that keeps the file."""
    return db.session().get(Office, live.office_id)


@bp.get("/file/booking/meeting.ics")
@applicant
def booking_calendar():
    read = file_here()
    live = read.dossier.live_appointment
    if live is None:
        abort(404)
    office = _office_of(live)
    content = calendar_file(
        Entry(
            appointment_id=live.id,
            host=urlsplit(settings().base_url).hostname or "klarsag",
            starts_at=live.starts_at,
            ends_at=live.ends_at,
            zone=live.zone,
            sequence=live.sequence,
            stamped_at=clock.now(),
            title=_("Appointment at %(office)s", office=office.name),
            location=f"{office.name}, {office.address}",
            url=links.booking(settings().base_url),
        )
    )
    answer = Response(content, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return answer
