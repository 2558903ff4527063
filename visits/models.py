from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, Id, Instant, Json


class Visit(Base):
    """A person in the building, booked or not. token: what the waiting line shows, never a name.

    day_on: the office's own day; on it a token is given once.
    """

    __tablename__ = "visit"
    __table_args__ = (UniqueConstraint("office_id", "day_on", "token"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"))
    token: Mapped[str] = mapped_column(String(10))
    day_on: Mapped[date] = mapped_column(Date)
    cause: Mapped[str | None] = mapped_column(String(200))
    arrived_at: Mapped[datetime] = mapped_column(Instant)
    called_at: Mapped[datetime | None] = mapped_column(Instant)
    counter: Mapped[str | None] = mapped_column(String(20))
    left_at: Mapped[datetime | None] = mapped_column(Instant)
    left_as: Mapped[str | None] = mapped_column(String(40))


_OPEN_OF_FILE = text("left_at IS NULL AND application_id IS NOT NULL")
Index("one_open_visit_per_file", Visit.application_id, unique=True,
      sqlite_where=_OPEN_OF_FILE, postgresql_where=_OPEN_OF_FILE)
_IN_THE_BUILDING = text("left_at IS NULL")
Index("people_in_the_building", Visit.office_id, Visit.arrived_at, Visit.id,
      sqlite_where=_IN_THE_BUILDING, postgresql_where=_IN_THE_BUILDING)


class Meeting(Base):
    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("mode IN ('office','video','phone')", name="mode_is_known"),
        CheckConstraint("ended_as IN ('finished','abandoned')", name="ended_as_is_known"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    mode: Mapped[str] = mapped_column(String(10))
    started_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_as: Mapped[str | None] = mapped_column(String(20))
    because: Mapped[str | None] = mapped_column(String(200))
    overdue_at: Mapped[datetime | None] = mapped_column(Instant)


_OPEN = text("ended_at IS NULL")
Index("one_open_meeting_per_file", Meeting.application_id, unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)
Index("one_open_meeting_per_officer", Meeting.officer_id, unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)


class MeetingPerson(Base):
    """What came of one person in one meeting. ticks: {"identity": true, "original:12": true, ...}."""

    __tablename__ = "meeting_person"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('issued','proposed','not_come','paper_missing','identity_doubt','withdrawn')",
            name="outcome_is_known",
        ),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    outcome: Mapped[str | None] = mapped_column(String(20))
    ticks: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
