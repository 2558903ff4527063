"""What events do with seats and appointments. The counting itself is appointments/seats.py.

given: slot (the time as the gate judged it), blocks (ids of its blocks), office_id; made by
actions/appointments/wanted.py in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select

from actions.doing import Doing
from actions.effects import effect
from actions.errors import NotAllowed
from applications.facts import Refusal
from applications.models import Person
from appointments import availability, seats
from appointments.models import Appointment, AppointmentBlock, SlotBlock
from offices import queries as offices

WALL = "%Y-%m-%dT%H:%M"
WHO = {"applicant": "applicant", "helper": "applicant", "system": "applicant", "staff": "staff"}


@effect
def take_seats(doing: Doing) -> None:
    appointment = Appointment(
        application_id=doing.file.id, status="booked", people=_people(doing), booked_at=doing.now, moves=0, sequence=0,
        **_time(doing),
    )  # fmt: skip
    _exchange(doing, take=doing.given["blocks"])
    doing.dossier.add(appointment, flush=True)
    _hold(doing, appointment, doing.given["blocks"])
    doing.made["appointment_id"] = appointment.id


@effect
def swap_seats(doing: Doing) -> None:
    """The new seats are counted before the old ones are let go: who cannot have the new time keeps the old one."""
    appointment = doing.dossier.live_appointment
    _exchange(doing, give_back=_let_go(doing, appointment), take=doing.given["blocks"])
    _hold(doing, appointment, doing.given["blocks"])
    for name, value in _time(doing).items():
        setattr(appointment, name, value)
    appointment.people = _people(doing)
    appointment.sequence += 1
    appointment.moves += doing.actor.kind != "staff" and appointment.refit_needed_at is None
    appointment.refit_needed_at = None
    doing.made["appointment_id"] = appointment.id


@effect
def give_back_seats(doing: Doing) -> None:
    """Also follows every end of a file, so it does nothing without a live appointment."""
    because = doing.event.name
    if because == "cancel_appointment":
        because = WHO.get(doing.actor.kind, doing.actor.kind)
    end(doing, "cancelled", because)


@effect
def release_seats(doing: Doing) -> None:
    end(doing, "released", "incomplete")


@effect
def appointment_no_show(doing: Doing) -> None:
    end(doing, "no_show", "not_come")


@effect
def take_seats_back(doing: Doing) -> None:
    """given: appointment_id, blocks. The person marked as missing was only late."""
    appointment = next(a for a in doing.dossier.rows(Appointment) if a.id == doing.given["appointment_id"])
    _exchange(doing, take=doing.given["blocks"])
    _hold(doing, appointment, doing.given["blocks"])
    appointment.status, appointment.because = "booked", None
    doing.made["appointment_id"] = appointment.id


@effect
def refit_appointment(doing: Doing) -> None:
    """More people or questions need more minutes: lengthen the appointment where it is, or say that it must move.

    The old time is kept either way. Fewer minutes give seats back.
    """
    appointment = doing.dossier.live_appointment
    if appointment is None or appointment.starts_at <= doing.now:
        return
    appointment.people = _people(doing)
    minutes = _minutes(doing)
    if minutes and minutes != _booked_minutes(appointment):
        _refit(doing, appointment, minutes)


def end(doing: Doing, status: str, because: str, appointment: Appointment | None = None) -> None:
    """Give the seats of the live appointment back and close it. Nothing happens if there is none."""
    appointment = appointment or doing.dossier.live_appointment
    if appointment is None:
        return
    _exchange(doing, give_back=_let_go(doing, appointment))
    appointment.status, appointment.because = status, because
    appointment.refit_needed_at = None
    if status != "released":
        appointment.frozen_at = None
    appointment.sequence += 1
    doing.made.update(appointment_id=appointment.id, because=because)


def _refit(doing: Doing, appointment: Appointment, minutes: int) -> None:
    session, held = doing.work.session, seats.held_by(doing.work.session, appointment.id)
    calendar = offices.calendar_of(session, appointment.office_id, lock="share")
    day_on = calendar.day_of(appointment.starts_at)
    blocks = seats.ensure_blocks(session, calendar, day_on, day_on)
    wanted = availability.stretch(blocks, appointment.starts_at, minutes)
    ids = [block.id for block in wanted]
    if availability.minutes_of(wanted) < minutes or not _have_room(doing, set(ids) - set(held)):
        appointment.refit_needed_at = doing.now
        return
    _exchange(doing, give_back=_let_go(doing, appointment), take=ids)
    _hold(doing, appointment, ids)
    appointment.ends_at = appointment.starts_at + timedelta(minutes=availability.minutes_of(wanted))
    appointment.sequence += 1
    appointment.refit_needed_at = None


def _have_room(doing: Doing, block_ids: set[int]) -> bool:
    """Looked at under their locks, in the order of their ids: here a full block is an answer and no failure."""
    rows = doing.work.session.execute(
        select(SlotBlock.capacity, SlotBlock.taken, SlotBlock.shut_at)
        .where(SlotBlock.id.in_(block_ids)).order_by(SlotBlock.id).with_for_update()
    )  # fmt: skip
    return all(taken < capacity and shut_at is None for capacity, taken, shut_at in rows)


def _exchange(doing: Doing, *, give_back: Iterable[int] = (), take: Iterable[int] = ()) -> None:
    try:
        seats.change_seats(doing.work.session, give_back=give_back, take=take)
    except seats.SlotTaken:
        raise NotAllowed(doing.event.name, [Refusal("seats_left")]) from None


def _hold(doing: Doing, appointment: Appointment, block_ids: Iterable[int]) -> None:
    rows = [{"appointment_id": appointment.id, "slot_block_id": block_id} for block_id in block_ids]
    if rows:
        doing.work.session.execute(insert(AppointmentBlock), rows)


def _let_go(doing: Doing, appointment: Appointment) -> list[int]:
    """The blocks it held. The counters are changed by whoever calls this."""
    held = seats.held_by(doing.work.session, appointment.id)
    doing.work.session.execute(
        delete(AppointmentBlock).where(AppointmentBlock.appointment_id == appointment.id)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    return held


def _time(doing: Doing) -> dict:
    """wall_time is what the person was promised, should the zone's rules change before the day."""
    slot, zone = doing.given["slot"], doing.given["zone"]
    starts_at: datetime = slot.starts_at
    return {
        "office_id": doing.given["office_id"], "mode": slot.mode, "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=slot.minutes), "zone": zone,
        "wall_time": starts_at.astimezone(ZoneInfo(zone)).strftime(WALL),
    }  # fmt: skip


def _people(doing: Doing) -> int:
    """Who is expected at the desk: neither gone, nor done, nor coming another day. At least one signs for the file."""
    aside, roles = (doing.file.rules or {}).get("put_aside", ()), doing.dossier.definition.applying
    expected = [p for p in doing.dossier.rows(Person) if p.outcome == "pending" and p.id not in aside
                and p.left_at is None and p.deferred_at is None and p.role in roles]  # fmt: skip
    return max(len(expected), 1)


def _minutes(doing: Doing) -> int:
    return int((doing.file.rules or {}).get("minutes") or 0)


def _booked_minutes(appointment: Appointment) -> int:
    return int((appointment.ends_at - appointment.starts_at) / timedelta(minutes=1))
