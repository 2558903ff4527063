"""Whether the office can offer a file any time at all: her days to book count only while it can."""

from __future__ import annotations

from datetime import date

from actions.dossier import Dossier
from appointments import queries
from offices import queries as offices

WATCHED = "booking_reply"
NO_FREE_TIME = "no_free_time"


def is_offered(dossier: Dossier) -> bool:
    """Looks at the days on which every paper is good, as far ahead as the office opens its book."""
    file = dossier.file
    if file.office_id is None:
        return True
    rules = file.rules or {}
    not_before = date.fromisoformat(rules["not_before_on"]) if rules.get("not_before_on") else None
    calendar = offices.calendar_of(dossier.session, file.office_id)
    window = queries.window_of(calendar, dossier.now, from_on=(file.complete_from_on, not_before),
                               until_on=(file.complete_until_on,))
    minutes = rules.get("minutes") or calendar.grid_minutes
    return bool(queries.free_times(dossier.session, calendar, minutes, window, dossier.now))
