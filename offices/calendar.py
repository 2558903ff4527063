"""When an office is open. Pure: nothing is loaded, the time is not asked, and no holiday is ever fetched.

Wall times are turned into instants first and counted in UTC afterwards: counting on the clock face would lose
an hour in March and work one twice in October.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

import holidays

MIDNIGHT = "24:00"
ONE_DAY = timedelta(days=1)
LOOK_AHEAD_DAYS = 400  # an office that opens on no day of a whole year has no next day


@dataclass(frozen=True, slots=True)
class WeeklySpan:
    """One span of opening every week. weekday 0 = Monday; "HH:MM" on the wall, closes may be "24:00"."""

    weekday: int
    opens: str
    closes: str
    counters: int


@dataclass(frozen=True, slots=True)
class Span:
    """The same on one day, as instants in UTC. Never empty."""

    opens_at: datetime
    closes_at: datetime
    counters: int


@dataclass(frozen=True)
class Calendar:
    """Everything that decides on which days and hours one office works."""

    office_id: int
    zone: str
    country: str
    subdivision: str | None = None
    grid_minutes: int = 10
    opens_ahead_days: int = 60
    hours: tuple[WeeklySpan, ...] = ()
    closures: frozenset[date] = frozenset()
    modes: tuple[str, ...] = ("office",)
    closed_at: datetime | None = None  # given up for good

    def spans_of(self, day_on: date) -> tuple[Span, ...]:
        """The day's opening, earliest first; empty if the office is closed."""
        if self.closed_because(day_on):
            return ()
        found = [self._span(day_on, weekly) for weekly in self.hours if weekly.weekday == day_on.weekday()]
        return tuple(sorted((s for s in found if s.opens_at < s.closes_at), key=lambda span: span.opens_at))

    def closed_because(self, day_on: date) -> str | None:
        """A code (given_up, closure, public_holiday, no_hours), or None on a day with opening hours."""
        if self.closed_at and day_on >= self.day_of(self.closed_at):
            return "given_up"
        if day_on in self.closures:
            return "closure"
        if public_holiday(self.country, self.subdivision, day_on):
            return "public_holiday"
        return None if any(weekly.weekday == day_on.weekday() for weekly in self.hours) else "no_hours"

    def is_open(self, day_on: date) -> bool:
        return bool(self.spans_of(day_on))

    def closes_at(self, day_on: date) -> datetime | None:
        """When the last span ends; None on a closed day."""
        return max((span.closes_at for span in self.spans_of(day_on)), default=None)

    def open_days_from(self, day_on: date) -> Iterator[date]:
        """That day itself if it is open, then the next ones, within LOOK_AHEAD_DAYS."""
        days = (day_on + timedelta(days=n) for n in range(LOOK_AHEAD_DAYS))
        return (day for day in days if self.is_open(day))

    def next_open_day(self, day_on: date) -> date | None:
        """The first open day that is not earlier; None if there is none within a year."""
        return next(self.open_days_from(day_on), None)

    def after_working_days(self, day_on: date, days: int) -> date | None:
        """The day on which the nth open day after day_on is over; day_on itself does not count."""
        return next(islice(self.open_days_from(day_on + ONE_DAY), days - 1, None), None) if days else day_on

    def open_between(self, from_at: datetime, until_at: datetime) -> timedelta:
        """How much opening time lies between two instants: what our own promises are measured in."""
        total, day = timedelta(), self.day_of(from_at)
        while day <= self.day_of(until_at):
            for span in self.spans_of(day):
                total += max(min(span.closes_at, until_at) - max(span.opens_at, from_at), timedelta())
            day += ONE_DAY
        return total

    def day_of(self, instant: datetime) -> date:
        return instant.astimezone(ZoneInfo(self.zone)).date()

    def day_bounds(self, first_on: date, last_on: date) -> tuple[datetime, datetime]:
        """The instants at which the first day begins and the day after the last one begins."""
        return instant_of(first_on, "00:00", self.zone), instant_of(last_on, MIDNIGHT, self.zone, ending=True)

    def _span(self, day_on: date, weekly: WeeklySpan) -> Span:
        opens_at = instant_of(day_on, weekly.opens, self.zone)
        closes_at = instant_of(day_on, weekly.closes, self.zone, ending=True)
        return Span(opens_at, closes_at, weekly.counters)


def instant_of(day_on: date, wall: str, zone: str, *, ending: bool = False) -> datetime:
    """The instant in UTC at which a clock on the wall shows "HH:MM".

    A time that the clock skips in spring means the moment of the jump. A time that comes twice in autumn means
    the first one, or with `ending` the second: an office that is open until 02:30 stays open through both.
    """
    if wall == MIDNIGHT:
        day_on, wall = day_on + ONE_DAY, "00:00"
    hour, minute = (int(part) for part in wall.split(":"))
    local = datetime.combine(day_on, time(hour, minute, fold=int(ending)), ZoneInfo(zone))
    instant = local.astimezone(UTC)
    shown = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return instant if shown == local.replace(tzinfo=None) else _the_jump(local)


def _the_jump(skipped: datetime) -> datetime:
    """The first instant at which the clock shows a time later than one that it skips."""
    before, wanted = skipped.replace(fold=1).astimezone(UTC), skipped.replace(tzinfo=None)
    minutes = (before + timedelta(minutes=n) for n in range(24 * 60))
    return next(m for m in minutes if m.astimezone(skipped.tzinfo).replace(tzinfo=None) > wanted)


def public_holiday(country: str, subdivision: str | None, day_on: date) -> str | None:
    """The holiday's name in the country's own language, or None. Source: the installed `holidays` package."""
    return _holidays_of(country, subdivision, day_on.year).get(day_on)


def knows_holidays(country: str, subdivision: str | None) -> bool:
    """Whether holidays of this country (ISO 3166, with subdivision) can be told at all."""
    try:
        holidays.country_holidays(country, subdiv=subdivision)
    except NotImplementedError:
        return False
    return True


@lru_cache(maxsize=512)
def _holidays_of(country: str, subdivision: str | None, year: int) -> dict[date, str]:
    return dict(holidays.country_holidays(country, subdiv=subdivision, years=year))
