from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, Id, Instant


class SlotBlock(Base):
    """A stretch of a day on the grid. capacity = counters open; closing a day sets shut_at, never capacity."""

    __tablename__ = "slot_block"
    __table_args__ = (
        UniqueConstraint("office_id", "line", "starts_at"),
        CheckConstraint("taken >= 0 AND taken <= capacity", name="never_more_taken_than_there_are"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    line: Mapped[str] = mapped_column(String(40))
    mode: Mapped[str] = mapped_column(String(10))
    starts_at: Mapped[datetime] = mapped_column(Instant)
    minutes: Mapped[int]
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    shut_at: Mapped[datetime | None] = mapped_column(Instant)


class Appointment(Base):
    """A reserved time. wall_time and zone keep what was promised, whatever happens to the zone's rules."""

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint("status IN ('booked','done','no_show','cancelled','released')", name="status_is_known"),
        CheckConstraint("frozen_at IS NULL OR status IN ('booked','released')", name="only_a_live_time_freezes"),
        CheckConstraint("people > 0", name="somebody_comes"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    mode: Mapped[str] = mapped_column(String(10))
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    zone: Mapped[str] = mapped_column(String(60))
    wall_time: Mapped[str] = mapped_column(String(16))
    people: Mapped[int]
    status: Mapped[str] = mapped_column(String(20))
    frozen_at: Mapped[datetime | None] = mapped_column(Instant)
    refit_needed_at: Mapped[datetime | None] = mapped_column(Instant)
    because: Mapped[str | None] = mapped_column(String(60))
    sequence: Mapped[int] = mapped_column(default=0)
    moves: Mapped[int] = mapped_column(default=0)
    booked_at: Mapped[datetime] = mapped_column(Instant)


_LIVE = text("status = 'booked'")
Index("one_live_appointment_per_application", Appointment.application_id, unique=True,
      sqlite_where=_LIVE, postgresql_where=_LIVE)
Index("appointments_of_a_day", Appointment.office_id, Appointment.starts_at, Appointment.id)


class AppointmentBlock(Base):
    """The seats an appointment holds. Rows exist only while the seat is held."""

    __tablename__ = "appointment_block"

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), primary_key=True)
    slot_block_id: Mapped[int] = mapped_column(ForeignKey("slot_block.id"), primary_key=True)


Index("appointments_on_a_block", AppointmentBlock.slot_block_id)
