from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, Id, Instant, Json


class Office(Base):
    __tablename__ = "office"
    __table_args__ = (CheckConstraint("grid_minutes BETWEEN 5 AND 60", name="grid_is_sensible"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    zone: Mapped[str] = mapped_column(String(60))
    country: Mapped[str] = mapped_column(String(2))
    subdivision: Mapped[str | None] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(String(300))
    directions: Mapped[str | None] = mapped_column(String(500))
    grid_minutes: Mapped[int] = mapped_column(default=10)
    opens_ahead_days: Mapped[int] = mapped_column(default=60)
    modes: Mapped[list[str]] = mapped_column(Json, default=lambda: ["office"])
    closed_at: Mapped[datetime | None] = mapped_column(Instant)


class Municipality(Base):
    __tablename__ = "municipality"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))


class OfficeServes(Base):
    """From which day to which an office works for a municipality; until_on empty = open."""

    __tablename__ = "office_serves"

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), primary_key=True)
    from_on: Mapped[date] = mapped_column(Date, primary_key=True)
    until_on: Mapped[date | None] = mapped_column(Date)


class OfficeHours(Base):
    """One span of opening on a weekday (0 = Monday). Wall time "HH:MM" in the office's zone."""

    __tablename__ = "office_hours"
    __table_args__ = (
        UniqueConstraint("office_id", "weekday", "opens"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_is_one_of_seven"),
        CheckConstraint("opens < closes", name="opens_before_it_closes"),
        CheckConstraint("counters BETWEEN 1 AND 200", name="counters_are_sensible"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    weekday: Mapped[int]
    opens: Mapped[str] = mapped_column(String(5))
    closes: Mapped[str] = mapped_column(String(5))
    counters: Mapped[int]


class OfficeClosure(Base):
    """A day on which the office is shut besides public holidays."""

    __tablename__ = "office_closure"

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    day_on: Mapped[date] = mapped_column(Date, primary_key=True)
    because: Mapped[str] = mapped_column(String(200))
    closed_by: Mapped[str] = mapped_column(String(40))
    closed_at: Mapped[datetime] = mapped_column(Instant)


Index("offices_of_a_municipality", OfficeServes.municipality_id, OfficeServes.office_id)
