from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, Id, Instant, Json


class Consultation(Base):
    """One round of asking. At most one is open on a file."""

    __tablename__ = "consultation"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    opened_at: Mapped[datetime] = mapped_column(Instant)
    opened_by: Mapped[str] = mapped_column(String(40))
    due_on: Mapped[date | None] = mapped_column(Date)
    counts_until_at: Mapped[datetime | None] = mapped_column(Instant)
    delivered_at: Mapped[datetime | None] = mapped_column(Instant)
    more_time_used_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_because: Mapped[str | None] = mapped_column(String(40))


_OPEN = text("closed_at IS NULL")
Index("one_open_consultation_per_file", Consultation.application_id, unique=True,
      sqlite_where=_OPEN, postgresql_where=_OPEN)
Index("consultations_of_a_file", Consultation.application_id)


class ConsultationItem(Base):
    """One thing asked for. The answer lies in it as a buffer until the applicant presses send."""

    __tablename__ = "consultation_item"
    __table_args__ = (
        CheckConstraint("status IN ('unsent','asked','answered','withdrawn','closed')", name="status_is_known"),
        CheckConstraint("answer_kind IN ('file','text','cannot_get','promise')", name="answer_kind_is_known"),
        CheckConstraint(
            "status IN ('unsent','withdrawn','closed') OR consultation_id IS NOT NULL", name="asked_in_a_consultation"
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"))
    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirement.id"))
    status: Mapped[str] = mapped_column(String(20), default="unsent")
    verdict_id: Mapped[int | None] = mapped_column(ForeignKey("verdict.id"))
    reason_codes: Mapped[list[str]] = mapped_column(Json, default=list)
    may_answer: Mapped[list[str]] = mapped_column(Json, default=list)
    text: Mapped[dict[str, Any] | None] = mapped_column(Json)
    answer_kind: Mapped[str | None] = mapped_column(String(20))
    answer_text: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)


_LIVE = text("status IN ('unsent','asked')")
Index("one_live_item_per_requirement", ConsultationItem.requirement_id, unique=True,
      sqlite_where=_LIVE, postgresql_where=_LIVE)
