"""A wanted time as the gate judges it and the effects take it, read inside the writing transaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from actions.dossier import Dossier
from actions.errors import NotAllowed, NotYours
from actions.unit import Unit
from applications.facts import Refusal
from appointments import queries, seats
from appointments.availability import Block
from appointments.models import Appointment
from offices import queries as offices
from offices.calendar import Calendar


def wanted_time(
    work: Unit, dossier: Dossier, starts_at: datetime, *, event: str, office_id: int | None, mode: str,
    minutes: int | None = None, own: tuple[int, ...] = (),
) -> dict[str, Any]:  # fmt: skip
    """given for the event. own: blocks the file holds already, which count as free.

    starts_at: aware. Raises NotYours for an office that does not exist.
    """
    if starts_at.tzinfo is None:
        raise ValueError("a wanted time must carry its zone")
    office_id = office_id or dossier.file.office_id
    if office_id is None:
        raise NotAllowed(event, [Refusal("state_open", {"state": dossier.file.state})])
    calendar = _calendar(work, office_id)
    until_on = calendar.day_of(work.now) + timedelta(days=calendar.opens_ahead_days)
    slot, blocks = queries.slot_fact(
        _blocks(work, calendar, starts_at), calendar, starts_at,
        minutes or (dossier.file.rules or {}).get("minutes") or calendar.grid_minutes, mode,
        serves=offices.serves(work.session, office_id, dossier.file.municipality_id, calendar.day_of(starts_at)),
        bookable_until_on=until_on, own=own,
    )  # fmt: skip
    return {"slot": slot, "blocks": blocks, "office_id": office_id, "zone": calendar.zone}


def held_by(work: Unit, appointment: Appointment | None) -> tuple[int, ...]:
    return tuple(seats.held_by(work.session, appointment.id)) if appointment else ()


def _calendar(work: Unit, office_id: int) -> Calendar:
    try:
        return offices.calendar_of(work.session, office_id, lock="share")
    except LookupError:
        raise NotYours from None


def _blocks(work: Unit, calendar: Calendar, starts_at: datetime) -> list[Block]:
    """Nothing beyond the days the office books: an absurd date must not fill the table with rows."""
    days_ahead = (calendar.day_of(starts_at) - calendar.day_of(work.now)).days
    if not 0 <= days_ahead <= calendar.opens_ahead_days:
        return []
    day_on = calendar.day_of(starts_at)
    return seats.ensure_blocks(work.session, calendar, day_on, day_on)
