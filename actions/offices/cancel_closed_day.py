"""After shut_day: tell everybody who has a time that day, one file at a time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

import clock
from actions.appointments.office_cancels import office_cancels
from actions.errors import NotAllowed, NotYours, StaleApplication
from applications.facts import CLOCK, Actor
from appointments import queries as appointments
from extensions import db
from offices import queries as offices
from offices.models import OfficeClosure

LEFT_TO_THE_LEAD = timedelta(minutes=10)


def cancel_closed_day(
    office_id: int, day_on: date, *, actor: Actor, now: datetime | None = None, most: int | None = None
) -> dict[str, list[int]]:
    """{"cancelled": application ids, "kept": those who are in the building or whose file changed meanwhile}.

    most: stop after so many were cancelled, so that a page can show how far it is.
    Nothing happens unless the day is shut. May be repeated: whoever is cancelled already is not found again.
    An admin keeps offices and may touch no file: there the clock acts, the closure itself says who wanted it.
    """
    session = db.session()
    calendar = offices.calendar_of(session, office_id)
    done: dict[str, list[int]] = {"cancelled": [], "kept": []}
    if calendar.is_open(day_on):
        return done
    by = actor if actor.roles & {"lead", "frontdesk"} else CLOCK
    hit = [row.application_id for row in appointments.whom_a_closure_hits(session, calendar, day_on)]
    for application_id in hit:
        if most is not None and len(done["cancelled"]) >= most:
            break
        try:
            office_cancels(application_id, actor=by, now=now)
            done["cancelled"].append(application_id)
        except (NotAllowed, NotYours, StaleApplication):
            done["kept"].append(application_id)
    return done


def cancel_closed_days(now: datetime | None = None) -> int:
    """For the worker: finish what a crash between shutting and telling left behind. Returns how many were told."""
    now = now or clock.now()
    session = db.session()
    yesterday = now.date() - timedelta(days=1)  # whatever the zone, no closure of today is left out
    shut = session.execute(
        select(OfficeClosure.office_id, OfficeClosure.day_on)
        .where(OfficeClosure.day_on >= yesterday, OfficeClosure.closed_at <= now - LEFT_TO_THE_LEAD)
    ).all()
    return sum(len(cancel_closed_day(*day, actor=CLOCK, now=now)["cancelled"]) for day in shut)
