"""What the front desk reads. Each function is one statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from accounts.models import Staff
from accounts.scope import Place, within
from applications.models import Answer, Application, Flag, Note, Person, Requirement
from appointments.models import Appointment
from offices.models import Municipality, Office
from visits.models import Meeting, MeetingPerson, Visit

LISTED_MOST = 500  # a day has seats; nobody has more people in one house


@dataclass(frozen=True, slots=True)
class Booked:
    """One appointment of a day. visit_id: she is in the house now."""

    reference: str
    name: str | None
    language: str
    starts_at: datetime
    ends_at: datetime
    status: str
    people: int
    frozen: bool
    visit_id: int | None
    state: str


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody in the house. reference: None for a walk-in without a file, or a file that is not for these eyes."""

    visit_id: int
    token: str
    cause: str | None
    arrived_at: datetime
    application_id: int | None
    reference: str | None
    name: str | None
    language: str | None
    meeting_since_at: datetime | None
    officer: str | None
    starts_at: datetime | None
    people: int | None


def booked_between(
    session: Session, places: Iterable[Place], office_id: int, begins_at: datetime, ends_at: datetime,
) -> list[Booked]:
    """Booked, held and missed times of an office, by time.

    Of this office's own files those that these places may see; a file of another office that is met here is in sight
    of everybody who sits at this desk.
    """
    rows = session.execute(
        select(Application.reference, Person.name, Application.language, Appointment.starts_at, Appointment.ends_at,
               Appointment.status, Appointment.people, Appointment.frozen_at.is_not(None), Visit.id, Application.state)
        .select_from(Appointment)
        .join(Application, Application.id == Appointment.application_id)
        .outerjoin(Person, _lead_of_file())
        .outerjoin(Visit, and_(Visit.application_id == Application.id, Visit.left_at.is_(None)))
        .where(Appointment.office_id == office_id, Appointment.starts_at >= begins_at, Appointment.starts_at < ends_at,
               Appointment.status.in_(("booked", "done", "no_show")), Application.erased_at.is_(None),
               or_(within(places, Application.office_id, Application.municipality_id),
                   Application.office_id != office_id))
        .order_by(Appointment.starts_at, Appointment.id).limit(LISTED_MOST)
    )
    return [Booked(*row) for row in rows]


def met_at(office_ids: Iterable[int]) -> ColumnElement[bool]:
    """A condition over files: booked at, or just now in the house of, one of these offices, whosever file it is."""
    wanted = sorted(office_ids)
    booked = select(Appointment.id).where(Appointment.application_id == Application.id, Appointment.status == "booked",
                                          Appointment.office_id.in_(wanted))
    here = select(Visit.id).where(Visit.application_id == Application.id, Visit.left_at.is_(None),
                                  Visit.office_id.in_(wanted))
    return or_(booked.exists(), here.exists())


def office_of_meeting(session: Session, application_id: int) -> int | None:
    """Where the file has its booked time."""
    return session.scalar(select(Appointment.office_id).where(Appointment.application_id == application_id,
                                                              Appointment.status == "booked"))


def in_the_house(session: Session, places: Iterable[Place], office_id: int) -> list[Present]:
    """Who arrived and has not left, longest wait first."""
    ours = or_(within(places, Application.office_id, Application.municipality_id), Application.office_id != office_id)
    rows = session.execute(
        select(Visit.id, Visit.token, Visit.cause, Visit.arrived_at, Visit.application_id, Application.reference,
               Person.name, Application.language, Meeting.started_at, Staff.name, Appointment.starts_at,
               Appointment.people)
        .select_from(Visit)
        .outerjoin(Application, and_(Application.id == Visit.application_id, ours))
        .outerjoin(Person, _lead_of_file())
        .outerjoin(Meeting, and_(Meeting.application_id == Application.id, Meeting.ended_at.is_(None)))
        .outerjoin(Staff, Staff.id == Meeting.officer_id)
        .outerjoin(Appointment, and_(Appointment.application_id == Application.id, Appointment.status == "booked"))
        .where(Visit.office_id == office_id, Visit.left_at.is_(None))
        .order_by(Visit.arrived_at, Visit.id).limit(LISTED_MOST)
    )
    return [Present(*row) for row in rows]


def offices_of(session: Session, office_ids: Iterable[int]) -> list[Office]:
    wanted = select(Office).where(Office.id.in_(sorted(office_ids)))
    return list(session.scalars(wanted.order_by(Office.name, Office.id)))


def told_of_closure(session: Session, office_id: int, begins_at: datetime, ends_at: datetime) -> int:
    """How many times of a day the office has cancelled."""
    return session.scalar(select(func.count()).select_from(Appointment).where(
        Appointment.office_id == office_id, Appointment.starts_at >= begins_at, Appointment.starts_at < ends_at,
        Appointment.status == "cancelled", Appointment.because == "office_cancels"))


def open_visit(session: Session, visit_id: int, office_ids: Iterable[int]) -> Visit | None:
    """A visit without a file that is still open, in one of these offices."""
    return session.scalar(select(Visit).where(
        Visit.id == visit_id, Visit.office_id.in_(sorted(office_ids)), Visit.left_at.is_(None),
        Visit.application_id.is_(None)))


def head_of(session: Session, application_id: int) -> tuple[Application, Office | None, str | None, Visit | None]:
    """The file with its office, the municipality's name and the open visit."""
    row = session.execute(
        select(Application, Office, Municipality.name, Visit).select_from(Application)
        .outerjoin(Office, Office.id == Application.office_id)
        .outerjoin(Municipality, Municipality.id == Application.municipality_id)
        .outerjoin(Visit, and_(Visit.application_id == Application.id, Visit.left_at.is_(None)))
        .where(Application.id == application_id)
    ).one()
    return tuple(row)


def people_of(session: Session, application_id: int) -> list[tuple[Person, MeetingPerson | None, Answer | None]]:
    """Everybody on the file, what the newest meeting says of them, and the day of birth they gave."""
    newest = select(func.max(Meeting.id)).where(Meeting.application_id == application_id).scalar_subquery()
    rows = session.execute(
        select(Person, MeetingPerson, Answer).select_from(Person)
        .outerjoin(MeetingPerson, and_(MeetingPerson.person_id == Person.id, MeetingPerson.meeting_id == newest))
        .outerjoin(Answer, and_(Answer.person_id == Person.id, Answer.application_id == Person.application_id,
                                Answer.question_id == "birth_date", Answer.superseded_at.is_(None)))
        .where(Person.application_id == application_id, Person.left_at.is_(None)).order_by(Person.position)
    )
    return [tuple(row) for row in rows]


def papers_of(session: Session, application_id: int) -> list[Requirement]:
    """What is demanded now, in the checklist's order."""
    return list(session.scalars(
        select(Requirement).where(Requirement.application_id == application_id, Requirement.kind == "document",
                                  Requirement.status != "not_needed").order_by(Requirement.id)))


def meeting_of(session: Session, application_id: int) -> tuple[Meeting, str] | None:
    """The newest meeting and the officer's name."""
    row = session.execute(
        select(Meeting, Staff.name).join(Staff, Staff.id == Meeting.officer_id)
        .where(Meeting.application_id == application_id).order_by(Meeting.id.desc()).limit(1)
    ).first()
    return (row[0], row[1]) if row else None


def appointment_of(session: Session, application_id: int) -> Appointment | None:
    """The newest one, whatever became of it."""
    return session.scalar(select(Appointment).where(Appointment.application_id == application_id)
                          .order_by(Appointment.id.desc()).limit(1))


def remarks_of(session: Session, application_id: int) -> list[tuple[str, str, datetime]]:
    """Open flags and the last internal note in one walk: (kind or "note", text, at)."""
    flags = select(Flag.kind.label("kind"), Flag.kind.label("text"), Flag.opened_at.label("at")).where(
        Flag.application_id == application_id, Flag.closed_at.is_(None))
    last = select(func.max(Note.id)).where(Note.application_id == application_id).scalar_subquery()
    note = select(literal("note").label("kind"), Note.body.label("text"), Note.at.label("at")).where(Note.id == last)
    return [tuple(row) for row in session.execute(flags.union_all(note))]


def _lead_of_file():
    return and_(Person.application_id == Application.id, Person.role == "applicant", Person.left_at.is_(None))

