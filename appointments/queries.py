"""What is asked about appointments and free times. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from applications.facts import SlotFact
from applications.models import Application
from appointments import availability, seats
from appointments.availability import Block, FreeDay
from appointments.models import Appointment
from offices.calendar import Calendar

SHOWN_DAYS = 21


@dataclass(frozen=True, slots=True)
class FreeTimes:
    """What a booking page shows. later_from_on: the first day that was not looked at; None = there are no more."""

    suggested: tuple[datetime, ...]
    days: tuple[FreeDay, ...]
    later_from_on: date | None

    def __bool__(self) -> bool:
        return bool(self.days)


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which a file may have an appointment, both included."""

    first_on: date
    last_on: date

    @property
    def is_empty(self) -> bool:
        return self.first_on > self.last_on


def window_of(
    calendar: Calendar, now: datetime, *, from_on: Iterable[date | None] = (), until_on: Iterable[date | None] = ()
) -> Window:
    """Today until as far ahead as the office opens its book, narrowed by whichever other days are known.

    from_on and until_on: the checklist's first day, the days between which every paper is good; None = no limit.
    """
    today = calendar.day_of(now)
    last = today + timedelta(days=calendar.opens_ahead_days)
    return Window(max([today, *filter(None, from_on)]), min([last, *filter(None, until_on)]))


def free_times(
    session: Session, calendar: Calendar, minutes: int, window: Window, now: datetime,
    *, from_on: date | None = None, own: Iterable[int] = (), days: int = SHOWN_DAYS,
) -> FreeTimes:  # fmt: skip
    """One statement for a stretch of `days` days within the window, beginning at from_on.

    own: ids of blocks the file holds already; they count as free, because moving gives them back.
    Stretches in which nothing is free are skipped, so that nobody pages through full weeks by hand.
    """
    first = max(window.first_on, from_on or window.first_on)
    while first <= window.last_on:
        last = min(window.last_on, first + timedelta(days=days - 1))
        starts = availability.free_starts(_blocks(session, calendar, first, last, own), minutes, after=now)
        later = last + timedelta(days=1) if last < window.last_on else None
        if starts:
            by_day = tuple(availability.by_day(starts, calendar.zone))
            return FreeTimes(tuple(availability.suggestions(by_day)), by_day, later)
        first = last + timedelta(days=1)
    return FreeTimes((), (), None)


def slot_fact(
    blocks: Sequence[Block], calendar: Calendar, starts_at: datetime, minutes: int, mode: str,
    *, serves: bool, bookable_until_on: date, own: Iterable[int] = (),
) -> tuple[SlotFact, tuple[int, ...]]:  # fmt: skip
    """The wanted time as the gate judges it, and the ids of the blocks it would take. blocks: rows of its day."""
    chosen = availability.stretch(_freed(blocks, own), starts_at, minutes)
    day_on = calendar.day_of(starts_at)
    fact = SlotFact(
        starts_at=starts_at,
        day_on=day_on,
        minutes=availability.minutes_of(chosen),
        mode=mode,
        open=bool(chosen) and day_on <= bookable_until_on and mode in calendar.modes,
        serves=serves,
        seats_left=min((block.seats_left for block in chosen), default=0),
    )
    return fact, tuple(block.id for block in chosen if block.id is not None)


def whom_a_closure_hits(session: Session, calendar: Calendar, day_on: date) -> list[Row]:
    """application_id, reference, appointment_id, starts_at of everybody with a live time that day, by time."""
    return list(session.execute(_of_day(calendar, day_on).where(Appointment.status == "booked")))


def appointments_of_day(session: Session, calendar: Calendar, day_on: date) -> list[Row]:
    """The same of a day whatever became of it, without what was cancelled or given back."""
    return list(session.execute(_of_day(calendar, day_on).where(Appointment.status.in_(("booked", "done", "no_show")))))


def _of_day(calendar: Calendar, day_on: date):
    begins_at, ends_at = calendar.day_bounds(day_on, day_on)
    return (
        select(Application.id.label("application_id"), Application.reference, Appointment.id.label("appointment_id"),
               Appointment.starts_at, Appointment.ends_at, Appointment.status, Appointment.people)
        .join(Appointment, Appointment.application_id == Application.id)
        .where(Appointment.office_id == calendar.office_id, Appointment.starts_at >= begins_at,
               Appointment.starts_at < ends_at)
        .order_by(Appointment.starts_at, Appointment.id)
    )  # fmt: skip


def _blocks(session: Session, calendar: Calendar, first: date, last: date, own: Iterable[int]) -> Sequence[Block]:
    rows = seats.rows_between(session, calendar, first, last, untouched=False)
    return _freed(availability.merged(availability.blocks_of_days(calendar, first, last), rows), own)


def _freed(blocks: Sequence[Block], own: Iterable[int]) -> Sequence[Block]:
    mine = set(own)
    return [replace(b, taken=b.taken - 1) if b.id in mine else b for b in blocks] if mine else blocks
