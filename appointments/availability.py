"""Which times can be taken. Pure: blocks in, times out.

An office's opening is cut into blocks of its grid. A block has as many seats as counters are open; an
appointment takes one seat in each of the consecutive blocks its minutes need. Rows of blocks exist only once they
are needed, so a page that only looks writes nothing: what has no row yet is worked out from the calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from offices.calendar import Calendar

NOON = 12
SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Block:
    """id None: it has no row yet."""

    starts_at: datetime
    minutes: int
    capacity: int
    taken: int = 0
    shut: bool = False
    id: int | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def seats_left(self) -> int:
        return 0 if self.shut else max(self.capacity - self.taken, 0)


@dataclass(frozen=True, slots=True)
class FreeDay:
    """The free times of one day, as instants; the hours before and after noon on the office's wall."""

    day_on: date
    morning: tuple[datetime, ...]
    afternoon: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What must happen to the rows so that they follow the calendar. Nothing taken is ever dropped."""

    missing: tuple[Block, ...] = ()
    resized: tuple[Block, ...] = ()  # with the new minutes and capacity, and open
    shut: tuple[Block, ...] = ()


# --- blocks ----------------------------------------------------------------------------------------------------


def blocks_of_day(calendar: Calendar, day_on: date) -> list[Block]:
    """The day's blocks as the calendar wants them. What is shorter than the grid at a span's end is not offered."""
    grid, found = timedelta(minutes=calendar.grid_minutes), []
    for span in calendar.spans_of(day_on):
        starts_at = span.opens_at
        while starts_at + grid <= span.closes_at:
            found.append(Block(starts_at, calendar.grid_minutes, span.counters))
            starts_at += grid
    return found


def blocks_of_days(calendar: Calendar, first_on: date, last_on: date) -> list[Block]:
    days = (first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1))
    return [block for day in days for block in blocks_of_day(calendar, day)]


def changes(wanted: Sequence[Block], rows: Sequence[Block]) -> Changes:
    """Compare what the calendar wants with the rows of the same days.

    A taken block that no longer fits is shut and keeps its seats; new blocks that would overlap it are left out,
    because the people at its counters are still there.
    """
    by_start = {block.starts_at: block for block in wanted}
    in_the_way = [row for row in rows if row.taken and not _fits(row, by_start.get(row.starts_at))]
    fine = {start: b for start, b in by_start.items() if not any(_overlap(b, row) for row in in_the_way)}
    known = {row.starts_at for row in rows}
    return Changes(
        missing=tuple(block for start, block in fine.items() if start not in known),
        resized=tuple(_resized(row, fine[row.starts_at]) for row in rows
                      if row.starts_at in fine and _differs(row, fine[row.starts_at])),
        shut=tuple(row for row in rows if row.starts_at not in fine and not row.shut),
    )


def merged(wanted: Sequence[Block], rows: Sequence[Block]) -> list[Block]:
    """Blocks as a page shows them: rows where there are rows, the calendar where there are none yet.

    Only a change of the office opens what is shut; a row that the calendar no longer wants counts as shut already.
    """
    found = changes(wanted, rows)
    shut = {row.starts_at: replace(row, shut=True) for row in found.shut}
    known = {block.starts_at: block for block in (*rows, *found.missing)}
    return sorted((known | shut).values(), key=lambda block: block.starts_at)


def _fits(row: Block, wanted: Block | None) -> bool:
    return wanted is not None and wanted.minutes == row.minutes


def _overlap(one: Block, other: Block) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _differs(row: Block, wanted: Block) -> bool:
    return row.shut or row.minutes != wanted.minutes or row.capacity != max(wanted.capacity, row.taken)


def _resized(row: Block, wanted: Block) -> Block:
    return replace(row, minutes=wanted.minutes, capacity=max(wanted.capacity, row.taken), shut=False)


# --- times -----------------------------------------------------------------------------------------------------


def stretch(blocks: Sequence[Block], starts_at: datetime, minutes: int) -> tuple[Block, ...]:
    """The open blocks that follow each other from starts_at until minutes are reached, or as far as they go.

    Seats are not looked at. Empty if no open block begins there.
    """
    start = next((n for n, block in enumerate(blocks) if block.starts_at == starts_at), len(blocks))
    return _follow(blocks, start, minutes)


def minutes_of(blocks: Iterable[Block]) -> int:
    return sum(block.minutes for block in blocks)


def free_starts(blocks: Sequence[Block], minutes: int, *, after: datetime) -> list[datetime]:
    """Every start after an instant from which the minutes fit with a free seat in each block. blocks: by time."""
    found: list[datetime] = []
    following_at, free_minutes = None, 0
    for block in reversed(blocks):
        if not block.seats_left:
            free_minutes = 0
            continue
        free_minutes = block.minutes + (free_minutes if block.ends_at == following_at else 0)
        following_at = block.starts_at
        if free_minutes >= minutes and block.starts_at > after:
            found.append(block.starts_at)
    return found[::-1]


def by_day(starts: Iterable[datetime], zone: str) -> list[FreeDay]:
    """starts: in order of time."""
    there = ZoneInfo(zone)
    on_the_wall = [(start.astimezone(there), start) for start in starts]
    days = groupby(on_the_wall, key=lambda time: time[0].date())
    return [_free_day(day_on, list(times)) for day_on, times in days]


def suggestions(days: Iterable[FreeDay]) -> list[datetime]:
    """Three times that really differ: the earliest of the first mornings and afternoons; else simply the earliest."""
    halves = [half for day in days for half in (day.morning, day.afternoon) if half]
    firsts = [half[0] for half in halves[:SUGGESTED]]
    others = [start for half in halves[:SUGGESTED] for start in half[1:]]
    return sorted((firsts + others)[:SUGGESTED])


def _follow(blocks: Sequence[Block], number: int, minutes: int) -> tuple[Block, ...]:
    found: list[Block] = []
    reached = 0
    while reached < minutes and number < len(blocks):
        block = blocks[number]
        if block.shut or (found and block.starts_at != found[-1].ends_at):
            break
        found.append(block)
        reached += block.minutes
        number += 1
    return tuple(found)


def _free_day(day_on: date, times: list[tuple[datetime, datetime]]) -> FreeDay:
    morning = tuple(start for wall, start in times if wall.hour < NOON)
    return FreeDay(day_on, morning, tuple(start for _, start in times[len(morning):]))
