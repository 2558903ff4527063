"""After shut_day: tell everybody who has a time that day, one file at a time."""

from __future__ import annotations

from datetime import date, datetime

from actions.appointments.office_cancels import office_cancels
from actions.errors import NotAllowed, NotYours, StaleApplication
from applications.facts import Actor
from appointments import queries as appointments
from extensions import db
from offices import queries as offices


def cancel_closed_day(
    office_id: int, day_on: date, *, actor: Actor, now: datetime | None = None
) -> dict[str, list[int]]:
    """{"cancelled": application ids, "kept": those who are in the building or whose file changed meanwhile}.

    Nothing happens unless the day is shut. May be repeated: whoever is cancelled already is not found again.
    """
    session = db.session()
    calendar = offices.calendar_of(session, office_id)
    done: dict[str, list[int]] = {"cancelled": [], "kept": []}
    if calendar.is_open(day_on):
        return done
    hit = [row.application_id for row in appointments.whom_a_closure_hits(session, calendar, day_on)]
    for application_id in hit:
        try:
            office_cancels(application_id, actor=actor, now=now)
            done["cancelled"].append(application_id)
        except (NotAllowed, NotYours, StaleApplication):
            done["kept"].append(application_id)
    return done
