"""What the admin's pages read: offices, accounts, a day that is to be closed. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import abort, g

import clock
from accounts import queries as accounts
from accounts.models import Staff, StaffRole
from appointments import queries as appointments
from extensions import db
from notifications import queries as messages
from offices import queries as offices
from offices.calendar import Calendar, WeeklySpan
from offices.models import Office, OfficeClosure
from visits import queries as visits

DAY_OFF_AHEAD = timedelta(days=730)


@dataclass(frozen=True)
class WholeOffice:
    office: Office
    hours: tuple[WeeklySpan, ...]
    served: tuple[tuple[str, str, str], ...]


def offices_here() -> list[Office]:
    """All for an admin; a lead sees her own."""
    every = offices.offices_serving(db.session(), None, date.min)
    return every if "admin" in g.staff.roles else [each for each in every if each.id in g.staff.offices("lead")]


def office_whole(office_id: int) -> WholeOffice | None:
    session = db.session()
    try:
        calendar = offices.calendar_of(session, office_id)
    except LookupError:
        return None
    served = tuple((str(s.municipality_id), s.from_on.isoformat(), s.until_on.isoformat() if s.until_on else "")
                   for s in offices.served_by(session, office_id))
    return WholeOffice(session.get(Office, office_id), calendar.hours, served)


def municipality_choices() -> list[tuple[str, str]]:
    return [("", ""), *((str(each.id), each.name) for each in offices.municipalities(db.session()))]


def office_choices() -> list[tuple[str, str]]:
    return [("", ""), *((str(each.id), each.name) for each in offices.offices_serving(db.session(), None, date.min))]


def everybody() -> list[tuple[Staff, list[StaffRole]]]:
    return accounts.everybody(db.session())


def person(staff_id: int) -> tuple[Staff, list[StaffRole]]:
    found = next(((who, roles) for who, roles in everybody() if who.id == staff_id), None)
    return found or abort(404)


def dead_messages(before: int | None) -> tuple[list[messages.DeadMessage], int | None]:
    return messages.dead(db.session(), before)


# --- a day that is to be closed -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class DayOff:
    """hit: who still has a time that day. told: how many times the office cancelled already."""

    office: Office
    day_on: date
    today: date
    shut: bool
    closed_because: str | None
    hit: list
    told: int

    @property
    def is_over(self) -> bool:
        return self.day_on < self.today


def calendar_here(office_id: int) -> tuple[Office, Calendar]:
    """Of an office that this person leads; else 404."""
    if office_id not in g.staff.offices("lead"):
        abort(404)
    calendar = offices.calendar_of(db.session(), office_id)
    return db.session().get(Office, office_id), calendar


def days_off(office_id: int) -> tuple[Office, list[OfficeClosure], date]:
    office, calendar = calendar_here(office_id)
    today = calendar.day_of(clock.now())
    return office, offices.closures_of(db.session(), office_id, today), today


def day_off(office_id: int, day: str) -> DayOff:
    office, calendar = calendar_here(office_id)
    today = calendar.day_of(clock.now())
    try:
        day_on = date.fromisoformat(day)
    except ValueError:
        abort(404)
    if not today - timedelta(days=31) <= day_on <= today + DAY_OFF_AHEAD:
        abort(404)
    session, bounds = db.session(), calendar.day_bounds(day_on, day_on)
    return DayOff(office, day_on, today, day_on in calendar.closures, calendar.closed_because(day_on),
                  appointments.whom_a_closure_hits(session, calendar, day_on),
                  visits.told_of_closure(session, office_id, *bounds))
