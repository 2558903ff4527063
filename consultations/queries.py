"""What pages read about asking: each function is one statement."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from applications.models import Requirement
from consultations.models import Consultation, ConsultationItem

LIVE = ("unsent", "asked", "answered")


@dataclass(frozen=True, slots=True)
class Owed:
    """All requirements of a file, its items that still count, and the round that is open."""

    requirements: list[Requirement]
    items: list[ConsultationItem]
    consultation: Consultation | None

    def item_of(self, requirement_id: int) -> ConsultationItem | None:
        """The one that is drafted or asked; else the newest answered."""
        mine = [item for item in self.items if item.requirement_id == requirement_id]
        return next((item for item in mine if item.status in ("unsent", "asked")), mine[-1] if mine else None)

    def with_status(self, status: str) -> list[ConsultationItem]:
        return [item for item in self.items if item.status == status]


def owed(session: Session, application_id: int) -> Owed:
    rows = session.execute(
        select(Requirement, ConsultationItem, Consultation)
        .outerjoin(ConsultationItem, and_(ConsultationItem.requirement_id == Requirement.id,
                                          ConsultationItem.status.in_(LIVE)))
        .outerjoin(Consultation, and_(Consultation.application_id == Requirement.application_id,
                                      Consultation.closed_at.is_(None)))
        .where(Requirement.application_id == application_id)
        .order_by(Requirement.id, ConsultationItem.id)
    ).all()
    return Owed(list(dict.fromkeys(row[0] for row in rows)), [row[1] for row in rows if row[1] is not None],
                rows[0][2] if rows else None)
