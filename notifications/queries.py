"""What is asked about messages. No address is ever read here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from notifications.models import Outbox

LISTED = 50


@dataclass(frozen=True, slots=True)
class DeadMessage:
    id: int
    kind: str
    why: str | None
    tries: int
    queued_at: datetime


def dead(session: Session, before: int | None = None) -> tuple[list[DeadMessage], int | None]:
    """Messages that were given up, newest first, and the id after which the next page begins; None at the end."""
    wanted = select(Outbox.id, Outbox.kind, Outbox.last_error, Outbox.tries, Outbox.queued_at).where(
        Outbox.status == "dead").order_by(Outbox.id.desc()).limit(LISTED + 1)
    if before is not None:
        wanted = wanted.where(Outbox.id < before)
    rows = [DeadMessage(*row) for row in session.execute(wanted)]
    return rows[:LISTED], rows[LISTED - 1].id if len(rows) > LISTED else None
