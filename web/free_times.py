"""The free times of one file, for whoever shows them."""

from __future__ import annotations

from datetime import date

import clock
from appointments import queries, seats
from appointments.queries import FreeTimes
from extensions import db
from offices import queries as offices
from offices.calendar import Calendar
from web.file_read import FileRead


def free_times(read: FileRead, *, from_on: date | None, moving: bool, days: int) -> tuple[FreeTimes, Calendar]:
    """Inside the days on which every paper is good. moving: the file's own seats count as free."""
    calendar = offices.calendar_for_pages(db.session(), read.file.office_id)
    not_before = (read.file.rules or {}).get("not_before_on")
    window = queries.window_of(
        calendar,
        clock.now(),
        from_on=(read.file.complete_from_on, date.fromisoformat(not_before) if not_before else None),
        until_on=(read.file.complete_until_on,),
    )
    own = seats.held_by(db.session(), read.dossier.live_appointment.id) if moving else ()
    return queries.free_times(
        db.session(),
        calendar,
        minutes_of(read, calendar),
        window,
        clock.now(),
        from_on=from_on,
        own=own,
        days=days,
    ), calendar


def minutes_of(read: FileRead, calendar: Calendar) -> int:
    """How long the meeting of this file is to be."""
    return (read.file.rules or {}).get("minutes") or calendar.grid_minutes
