"""When a promise falls due: office calendars, days of grace, business time. Pure: calendars and instants come in.

Compare in UTC: adding days to a local time loses an hour in March. Every span of opening is turned into two UTC
instants first, so both days of a clock change come out right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from applications.definition import Timer

WESTERNMOST = timedelta(hours=12)  # a day ends last at UTC-12: nobody is late by our clock alone
REMINDS_AT = time(9, 0)
LOOK_AHEAD_DAYS = 400  # an office without a single open day in a year keeps no calendar


class NeverOpen(Exception):
    """The calendar has no open day within LOOK_AHEAD_DAYS, so business time never passes."""


@dataclass(frozen=True)
class OfficeCalendar:
    """An office's opening. hours: weekday (0 = Monday) -> spans of wall time in its zone. closed: days it is shut."""

    zone: str
    hours: Mapping[int, Sequence[tuple[time, time]]]
    closed: Callable[[date], bool] = lambda _day: False

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def day_of(self, instant: datetime) -> date:
        return instant.astimezone(self._zone).date()

    def at(self, day: date, wall: time, *, fold: int = 0) -> datetime:
        """Wall time as a UTC instant. A time the clock skips becomes the one an hour later."""
        return datetime.combine(day, wall.replace(fold=fold), tzinfo=self._zone).astimezone(UTC)

    def is_open_on(self, day: date) -> bool:
        return bool(self.hours.get(day.weekday())) and not self.closed(day)

    def spans_on(self, day: date) -> list[tuple[datetime, datetime]]:
        """Opening as UTC instants. fold=1 for the end: an hour that comes twice is worked twice."""
        if not self.is_open_on(day):
            return []
        spans = [(self.at(day, opens), self.at(day, closes, fold=1)) for opens, closes in self.hours[day.weekday()]]
        return [(start, end) for start, end in sorted(spans) if start < end]

    def closes_at(self, day: date) -> datetime | None:
        """None on a day it is shut."""
        return max((end for _, end in self.spans_on(day)), default=None)

    def end_of_day(self, day: date) -> datetime:
        """The first instant of the next day."""
        return self.at(day + timedelta(days=1), time(0, 0))


def roll_forward(calendar: OfficeCalendar, day: date) -> date:
    """The day itself or the next one the office is open. A calendar without open days moves nothing."""
    candidates = (day + timedelta(days=n) for n in range(LOOK_AHEAD_DAYS))
    return next((d for d in candidates if calendar.is_open_on(d)), day)


def counts_until(day: date) -> datetime:
    """The last instant that is still this day anywhere on earth."""
    return datetime.combine(day + timedelta(days=1), time(0, 0), tzinfo=UTC) + WESTERNMOST


# --- business time ------------------------------------------------------------------------------------------------


def business_time(calendar: OfficeCalendar, start: datetime, stop: datetime) -> timedelta:
    """How long the office was open between two instants; zero if they are the wrong way round."""
    pieces = (_overlap(span, start, stop) for day in _days(calendar, start, stop) for span in calendar.spans_on(day))
    return sum(pieces, timedelta())


def working_days(calendar: OfficeCalendar, start: datetime, stop: datetime) -> float:
    """Working days between two instants, each day's opening hours counting as one, however short it is."""
    total = 0.0
    for day in _days(calendar, start, stop):
        spans = calendar.spans_on(day)
        whole = sum((end - begin for begin, end in spans), timedelta())
        if whole:
            total += sum((_overlap(span, start, stop) for span in spans), timedelta()) / whole
    return total


def after_working_days(calendar: OfficeCalendar, start: datetime, days: float) -> datetime:
    """When that many working days will have passed. Raises NeverOpen."""
    if days <= 0:
        return start
    left = days
    for day in _from(calendar.day_of(start)):
        spans = calendar.spans_on(day)
        whole = sum((end - begin for begin, end in spans), timedelta())
        for begin, end in spans:
            here = _overlap((begin, end), start, end) / whole
            if here >= left - 1e-9:
                return max(begin, start) + whole * left
            left -= here
    raise NeverOpen(calendar.zone)


def before_business_time(calendar: OfficeCalendar, instant: datetime, amount: timedelta) -> datetime:
    """The instant from which `amount` of opening is left until `instant`. Raises NeverOpen."""
    left = amount
    for day in _from(calendar.day_of(instant), step=-1):
        for span in reversed(calendar.spans_on(day)):
            here = _overlap(span, span[0], instant)
            if here >= left:
                return min(span[1], instant) - left
            left -= here
    raise NeverOpen(calendar.zone)


def _overlap(span: tuple[datetime, datetime], start: datetime, stop: datetime) -> timedelta:
    return max(min(span[1], stop) - max(span[0], start), timedelta())


def _days(calendar: OfficeCalendar, start: datetime, stop: datetime) -> Iterator[date]:
    day, last = calendar.day_of(start), calendar.day_of(stop)
    while day <= last:
        yield day
        day += timedelta(days=1)


def _from(day: date, step: int = 1) -> Iterator[date]:
    return (day + timedelta(days=step * n) for n in range(LOOK_AHEAD_DAYS))


# --- deadlines ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Due:
    """due_on: the last day, as told (None where no day is told). counts_until_at: an answer up to then is in time.
    fires_at: when the clock acts. reminds_at: instants of reminders, oldest first."""

    fires_at: datetime
    due_on: date | None = None
    counts_until_at: datetime | None = None
    reminds_at: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What a deadline hangs on. by_letter: no e-mail reaches her, so the post's days come on top."""

    started_at: datetime
    appointment_starts_at: datetime | None = None
    subject_on: date | None = None  # e.g. the requirement's good_until_on
    by_letter: bool = False


def due(timer: Timer, calendar: OfficeCalendar, anchor: Anchor) -> Due:
    """When a deadline of workflows.yaml fires, if it starts now.

    Raises ValueError for an entry no rule fits; KeyError never.
    """
    says = timer.settings
    if "days" in says:
        days = says["days"] + (says.get("letter_days", 0) if anchor.by_letter else 0)
        return due_on_day(timer, calendar, calendar.day_of(anchor.started_at) + timedelta(days=days), anchor.started_at)
    if "on" in says and anchor.subject_on is not None:
        return Due(calendar.end_of_day(anchor.subject_on), anchor.subject_on)
    if says.get("before") == "appointment" and anchor.appointment_starts_at is not None:
        return _before_appointment(says, calendar, anchor.appointment_starts_at)
    if "after_closing" in says:
        return Due(_after_closing(says, calendar, anchor))
    raise ValueError(f"deadline {timer.name}: nothing says when it falls due")


def due_on_day(timer: Timer, calendar: OfficeCalendar, day: date, since: datetime) -> Due:
    """A deadline in days with its last day given, e.g. moved by a caseworker or by a pause.

    since: when it started; reminders before then are left out.
    """
    says = timer.settings
    last = roll_forward(calendar, day) if says.get("roll_forward") else day
    until = counts_until(last) if says.get("counts_until") else calendar.end_of_day(last)
    grace = says.get("second_chance_days", 0)
    before = [last - timedelta(days=n) for n in says.get("remind_before_days", ())]
    after = [calendar.day_of(since) + timedelta(days=n) for n in says.get("remind_after_days", ())]
    chance = [calendar.day_of(until)] if grace else []  # the second chance is told when it begins
    reminders = sorted(calendar.at(d, REMINDS_AT) for d in {*before, *after, *chance})
    return Due(until + timedelta(days=grace), last, until, tuple(r for r in reminders if r > since))


def _before_appointment(says: Mapping[str, object], calendar: OfficeCalendar, starts_at: datetime) -> Due:
    if "working_hours" in says:
        return Due(before_business_time(calendar, starts_at, timedelta(hours=says["working_hours"])))
    day = calendar.day_of(starts_at)
    reminders = sorted(calendar.at(day - timedelta(days=n), REMINDS_AT) for n in says.get("days_before", ()))
    return Due(starts_at, day, None, tuple(reminders))


def _after_closing(says: Mapping[str, object], calendar: OfficeCalendar, anchor: Anchor) -> datetime:
    """After closing on the day of the appointment, or today. On a day without opening: after the thing itself."""
    on_appointment = says["after_closing"] == "appointment" and anchor.appointment_starts_at is not None
    moment = anchor.appointment_starts_at if on_appointment else anchor.started_at
    closes = calendar.closes_at(calendar.day_of(moment))
    return max(closes or moment, moment) + timedelta(minutes=says["minutes"])


def resumed(timer: Timer, calendar: OfficeCalendar, old: Due, paused_at: datetime, resumed_at: datetime) -> Due:
    """The same deadline after a pause: every day the pause touched comes on top, never fewer.

    A deadline that hangs on a day or a time of its own (an appointment, a paper's end) is not moved by pauses.
    """
    if "days" not in timer.settings or old.due_on is None:
        return old
    touched = (calendar.day_of(resumed_at) - calendar.day_of(paused_at)).days
    if paused_at < resumed_at:
        touched = max(touched, 1)
    return due_on_day(timer, calendar, old.due_on + timedelta(days=touched), resumed_at)


def reminded_late(
    timer: Timer, calendar: OfficeCalendar, old: Due, reminds_at: Sequence[datetime], now: datetime
) -> Due:
    """The same deadline when a reminder goes out now that was due on an earlier day: what we were late is not hers.

    reminds_at: the instants of its reminders. The newest one that was missed counts; on time, nothing moves.
    """
    missed = max((instant for instant in reminds_at if instant <= now), default=now)
    days_late = (calendar.day_of(now) - calendar.day_of(missed)).days
    if days_late <= 0 or "days" not in timer.settings or old.due_on is None:
        return old
    return never_earlier(old, due_on_day(timer, calendar, old.due_on + timedelta(days=days_late), now))


def never_earlier(old: Due, new: Due) -> Due:
    """A changed calendar or office may give an applicant more time, never less."""
    return new if new.fires_at >= old.fires_at else old


# --- clocks -------------------------------------------------------------------------------------------------------


def clock_due_at(
    timer: Timer, calendar: OfficeCalendar, segments: Iterable[tuple[datetime, datetime | None]], now: datetime
) -> datetime:
    """When a clock of workflows.yaml that runs now will have used up its working days.

    segments: (started_at, stopped_at or None while running). An overdue clock gives an instant in the past.
    Raises NeverOpen.
    """
    left = float(timer.settings["working_days"])
    for start, stop in sorted(segments, key=lambda s: s[0]):
        used = working_days(calendar, start, stop or now)
        if used >= left:
            return after_working_days(calendar, start, left)
        left -= used
    return after_working_days(calendar, now, left)


def act_by_at(ball: str, deadlines: Iterable[datetime], clocks: Iterable[datetime], otherwise: datetime) -> datetime:
    """By when the next thing must happen; worklists sort by it, so there is always one.

    Ours when the ball is ours, hers when it is hers; the other kind if there is none; else `otherwise`.
    """
    hers, ours = sorted(deadlines), sorted(clocks)
    first, second = (hers, ours) if ball == "applicant" else (ours, hers)
    return next(iter([*first[:1], *second[:1]]), otherwise)
