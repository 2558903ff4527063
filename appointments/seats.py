"""The only writer of slot_block.taken: seats are taken and given back here, and blocks are made here.

Whoever calls this holds the lock of the file already. Rows of blocks are then touched in ascending id, each once:
two people who swap overlapping times can therefore never wait for each other in a circle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import case, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from appointments.availability import Block, blocks_of_days, changes, merged
from appointments.models import AppointmentBlock, SlotBlock
from offices.calendar import Calendar

LINE = "counters"  # the officers of an office, whatever the way of meeting: one pool of seats
MODE = "any"


class SlotTaken(Exception):
    """Somebody was faster. Nothing of this may stay: the transaction must be rolled back."""


def change_seats(session: Session, *, give_back: Iterable[int] = (), take: Iterable[int] = ()) -> None:
    """One seat per block id. Raises SlotTaken if a block to be taken is full or shut.

    The condition stands in the UPDATE itself: a look beforehand would let two people see the same last seat.
    """
    net = Counter(take)
    net.subtract(Counter(give_back))
    for block_id in sorted(net):
        if net[block_id]:
            _change(session, block_id, net[block_id])


def _change(session: Session, block_id: int, seats: int) -> None:
    wanted = update(SlotBlock).where(SlotBlock.id == block_id, SlotBlock.taken + seats >= 0)
    if seats > 0:
        wanted = wanted.where(SlotBlock.taken + seats <= SlotBlock.capacity, SlotBlock.shut_at.is_(None))
    changed = session.execute(
        wanted.values(taken=SlotBlock.taken + seats).execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:
        raise SlotTaken(block_id)


def held_by(session: Session, appointment_id: int) -> list[int]:
    """The ids of the blocks in which an appointment holds a seat, ascending."""
    held = select(AppointmentBlock.slot_block_id).where(AppointmentBlock.appointment_id == appointment_id)
    return list(session.scalars(held.order_by(AppointmentBlock.slot_block_id)))


def rows_between(
    session: Session, calendar: Calendar, first_on: date, last_on: date, *, untouched: bool = True
) -> list[Block]:
    """The rows of whole days, by time. untouched=False leaves out those that only say what the calendar says."""
    begins_at, ends_at = calendar.day_bounds(first_on, last_on)
    wanted = select(SlotBlock.starts_at, SlotBlock.minutes, SlotBlock.capacity, SlotBlock.taken, SlotBlock.shut_at,
                    SlotBlock.id).where(SlotBlock.office_id == calendar.office_id, SlotBlock.line == LINE,
                                        SlotBlock.starts_at >= begins_at, SlotBlock.starts_at < ends_at)  # fmt: skip
    if not untouched:
        wanted = wanted.where((SlotBlock.taken > 0) | SlotBlock.shut_at.is_not(None))
    found = session.execute(wanted.order_by(SlotBlock.starts_at))
    return [Block(starts, minutes, capacity, taken, shut is not None, key)
            for starts, minutes, capacity, taken, shut, key in found]  # fmt: skip


def ensure_blocks(session: Session, calendar: Calendar, first_on: date, last_on: date) -> list[Block]:
    """Make the rows these days lack, and give every block of them. May be repeated, and by two at once.

    Only adds. calendar: read with lock="share" (or "change") in this transaction.
    """
    rows = rows_between(session, calendar, first_on, last_on)
    wanted = blocks_of_days(calendar, first_on, last_on)
    missing = changes(wanted, rows).missing
    if not missing:
        return merged(wanted, rows)
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    made = [{"office_id": calendar.office_id, "line": LINE, "mode": MODE, "starts_at": block.starts_at,
             "minutes": block.minutes, "capacity": block.capacity, "taken": 0} for block in missing]  # fmt: skip
    session.execute(dialect.insert(SlotBlock).on_conflict_do_nothing(), made)
    return merged(wanted, rows_between(session, calendar, first_on, last_on))


def resync_blocks(session: Session, calendar: Calendar, first_on: date, last_on: date, now: datetime) -> None:
    """Let the rows of these days follow a changed calendar. calendar: read with lock="change" in this transaction.

    A seat that is taken while we look is safe: capacity never falls below what is taken at the moment of writing.
    """
    rows = rows_between(session, calendar, first_on, last_on)
    found = changes(blocks_of_days(calendar, first_on, last_on), rows)
    new = {block.id: block for block in found.resized}
    shut = {block.id for block in found.shut}
    for block_id in sorted(new.keys() | shut):
        wanted = update(SlotBlock).where(SlotBlock.id == block_id)
        values = {"shut_at": now} if block_id in shut else _size(new[block_id])
        session.execute(wanted.values(**values).execution_options(synchronize_session=False))


def _size(block: Block) -> dict:
    at_least = case((SlotBlock.taken > block.capacity, SlotBlock.taken), else_=block.capacity)
    return {"capacity": at_least, "minutes": block.minutes, "shut_at": None}
