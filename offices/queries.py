"""What is asked about offices."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, datetime
from weakref import WeakKeyDictionary

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from offices.calendar import Calendar, WeeklySpan
from offices.models import Municipality, Office, OfficeClosure, OfficeHours, OfficeServes

KEEP_SECONDS = 20.0

_kept: WeakKeyDictionary[object, dict[int, tuple[float, Calendar]]] = WeakKeyDictionary()


def calendar_of(session: Session, office_id: int, *, lock: str | None = None) -> Calendar:
    """Three statements, or two where the office was read before. Raises LookupError if there is no such office.

    lock: "share" while seats are taken, "change" while hours or closures are. Without the first, a day could be
    shut between the look at it and the making of its blocks; sharers do not wait for each other.
    """
    office = _office(session, office_id, lock)
    hours = session.scalars(
        select(OfficeHours).where(OfficeHours.office_id == office_id).order_by(OfficeHours.weekday, OfficeHours.opens)
    )
    closures = session.scalars(select(OfficeClosure.day_on).where(OfficeClosure.office_id == office_id))
    return Calendar(
        office_id=office.id,
        zone=office.zone,
        country=office.country,
        subdivision=office.subdivision,
        grid_minutes=office.grid_minutes,
        opens_ahead_days=office.opens_ahead_days,
        hours=tuple(WeeklySpan(h.weekday, h.opens, h.closes, h.counters) for h in hours),
        closures=frozenset(closures),
        modes=tuple(office.modes),
        closed_at=office.closed_at,
    )


def calendar_for_pages(session: Session, office_id: int) -> Calendar:
    """The same, at most KEEP_SECONDS old. Only to show: whatever is decided on reads `calendar_of` inside its unit."""
    kept = _kept.setdefault(session.get_bind(), {})
    read_at, calendar = kept.get(office_id, (0.0, None))
    if calendar is None or time.monotonic() - read_at > KEEP_SECONDS:
        calendar = calendar_of(session, office_id)
        kept[office_id] = (time.monotonic(), calendar)
    return calendar


def forget_calendars(session: Session) -> None:
    """Who has just changed an office wants to see it at once."""
    _kept.pop(session.get_bind(), None)


def offices_serving(session: Session, municipality_id: int | None, day_on: date) -> list[Office]:
    """Offices open for business that work for a municipality on a day; with None, every office."""
    wanted = select(Office).where(Office.closed_at.is_(None)).order_by(Office.name, Office.id)
    if municipality_id is not None:
        wanted = wanted.join(OfficeServes, OfficeServes.office_id == Office.id).where(_serving(municipality_id, day_on))
    return list(session.scalars(wanted))


def serves(session: Session, office_id: int, municipality_id: int | None, day_on: date) -> bool:
    """Whether the office works for the municipality on that day. A file without a municipality is served anywhere."""
    if municipality_id is None:
        return True
    found = select(OfficeServes.office_id).where(OfficeServes.office_id == office_id, _serving(municipality_id, day_on))
    return session.scalar(found.limit(1)) is not None


def closures_of(session: Session, office_id: int, from_on: date) -> list[OfficeClosure]:
    return list(session.scalars(
        select(OfficeClosure).where(OfficeClosure.office_id == office_id, OfficeClosure.day_on >= from_on)
        .order_by(OfficeClosure.day_on)
    ))


def served_by(session: Session, office_id: int) -> list[OfficeServes]:
    """For whom an office works, worked and will work, by municipality and day."""
    return list(session.scalars(
        select(OfficeServes).join(Municipality, Municipality.id == OfficeServes.municipality_id)
        .where(OfficeServes.office_id == office_id).order_by(Municipality.name, OfficeServes.from_on)
    ))


def municipalities(session: Session) -> list[Municipality]:
    return list(session.scalars(select(Municipality).order_by(Municipality.name, Municipality.id)))


def served_codes(session: Session, day_on: date) -> frozenset[str]:
    """Codes of all municipalities that some office works for on a day."""
    wanted = select(Municipality.code).join(OfficeServes, OfficeServes.municipality_id == Municipality.id)
    return frozenset(session.scalars(wanted.where(_on(day_on)).distinct()))


def _office(session: Session, office_id: int, lock: str | None) -> Office:
    if lock is None:
        office = session.get(Office, office_id)
    else:
        wanted = select(Office).where(Office.id == office_id).with_for_update(read=lock == "share")
        office = session.scalar(wanted.execution_options(populate_existing=True))
    if office is None:
        raise LookupError(office_id)
    return office


def _serving(municipality_id: int, day_on: date):
    return (OfficeServes.municipality_id == municipality_id) & _on(day_on)


def _on(day_on: date):
    return (OfficeServes.from_on <= day_on) & or_(OfficeServes.until_on.is_(None), OfficeServes.until_on >= day_on)


@dataclass(frozen=True, slots=True)
class Place:
    """The municipality a newcomer names and the office that works for it; both None where we know of none."""

    municipality_id: int | None = None
    office_id: int | None = None


def place_without_municipality(session: Session, now: datetime) -> Place:
    """Where a file goes whose checklist asks for no municipality: the first office by name."""
    offices = offices_serving(session, None, now.date())
    return Place(None, offices[0].id if offices else None)


def place_of(session: Session, municipality_code: str, now: datetime) -> Place:
    """The first office that serves the municipality on that day, by id, so that two looks agree."""
    municipality_id = session.scalar(select(Municipality.id).where(Municipality.code == municipality_code))
    if municipality_id is None:
        return Place()
    serving = offices_serving(session, municipality_id, now.date())
    return Place(municipality_id, serving[0].id if serving else None)
