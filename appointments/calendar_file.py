"""An appointment as a file for the calendar on a phone (iCalendar, RFC 5545).

Calendars are shared with families, employers and makers of phones: the file says when and where, and neither who
comes nor what for beyond the words that the caller hands over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Alarm, Event

MAKER = "-//Klarsag//Appointments//EN"
REMIND_BEFORE = timedelta(days=1)
A_YEAR = timedelta(days=366)  # of the zone's changes of the clock goes with it


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """uid stays the same when the time moves; sequence grows, so that the calendar replaces what it has."""

    appointment_id: int
    host: str  # of the site, so that uids of two sites differ
    starts_at: datetime
    ends_at: datetime
    zone: str
    sequence: int
    stamped_at: datetime
    title: str
    location: str
    url: str | None = None  # of a page that asks who you are
    cancelled: bool = False

    @property
    def uid(self) -> str:
        return f"appointment-{self.appointment_id}@{self.host}"


def calendar_file(entry: Entry) -> bytes:
    """METHOD PUBLISH, or CANCEL for a time that is no more. Text is escaped by icalendar."""
    calendar = _icalendar().Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.cancelled else "PUBLISH")
    calendar.add_component(_event(entry))
    day_on = entry.starts_at.date()
    calendar.add_missing_timezones(first_date=day_on - A_YEAR, last_date=day_on + A_YEAR)
    return calendar.to_ical()


@cache
def _icalendar() -> ModuleType:
    """Eighty modules for a file that few requests make: not part of a start."""
    import icalendar  # noqa: PLC0415

    return icalendar


def _event(entry: Entry) -> Event:
    there = ZoneInfo(entry.zone)
    event = _icalendar().Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamped_at)
    event.add("dtstart", entry.starts_at.astimezone(there))
    event.add("dtend", entry.ends_at.astimezone(there))
    event.add("summary", entry.title)
    event["location"] = _icalendar().vText(entry.location)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    if entry.url:
        event.add("url", entry.url)
    if not entry.cancelled:
        event.add_component(_reminder(entry))
    return event


def _reminder(entry: Entry) -> Alarm:
    alarm = _icalendar().Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", -REMIND_BEFORE)
    return alarm
