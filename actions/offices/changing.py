"""What every change of an office has in common: who may, the lock, and the blocks that follow the calendar."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import func, select

from actions.errors import NotAllowed, NotYours
from actions.unit import Unit
from applications.facts import Refusal
from appointments import seats
from appointments.models import SlotBlock
from offices import queries
from offices.calendar import Calendar


def lock_office(work: Unit, office_id: int, event: str) -> Calendar:
    """Bookings wait until this is over. An admin may change every office, a lead her own ones."""
    actor = work.actor
    if actor.kind != "staff" or not ("admin" in actor.roles or ("lead" in actor.roles and office_id in actor.offices)):
        raise NotAllowed(event, [Refusal("not_for_this_role")])
    return read_locked(work, office_id)


def read_locked(work: Unit, office_id: int) -> Calendar:
    try:
        return queries.calendar_of(work.session, office_id, lock="change")
    except LookupError:
        raise NotYours from None


def follow(work: Unit, office_id: int, first_on: date | None = None, last_on: date | None = None) -> None:
    """Let the blocks that exist follow what was just changed, from today on."""
    work.session.flush()
    calendar = read_locked(work, office_id)
    first_on = max(first_on or calendar.day_of(work.now), calendar.day_of(work.now))
    last_on = last_on or _last_made(work, calendar, first_on)
    if first_on <= last_on:
        seats.resync_blocks(work.session, calendar, first_on, last_on, work.now)
    queries.forget_calendars(work.session)


def _last_made(work: Unit, calendar: Calendar, first_on: date) -> date:
    latest = work.session.scalar(select(func.max(SlotBlock.starts_at)).where(SlotBlock.office_id == calendar.office_id))
    return calendar.day_of(latest) if latest else first_on - timedelta(days=1)
