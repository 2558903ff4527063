"""Reading accounts and sessions. Nothing here writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from accounts.models import Staff, StaffRole, WebSession
from accounts.scope import Place, StaffHere


@dataclass(frozen=True, slots=True)
class StaffSession:
    id: int
    seen_at: datetime
    staff: StaffHere


def alive(now: datetime, idle: timedelta) -> list:
    """Conditions of a session that still counts."""
    return [WebSession.revoked_at.is_(None), WebSession.ends_at > now, WebSession.seen_at > now - idle]


# Put together once: every page of the staff begins with it.
_STAFF_SESSION = (
    select(WebSession.id, WebSession.seen_at, Staff.id.label("staff_id"), Staff.name, Staff.language,
           StaffRole.role, StaffRole.office_id, StaffRole.municipality_id)
    .join(Staff, Staff.id == WebSession.staff_id)
    .outerjoin(StaffRole, StaffRole.staff_id == Staff.id)
    .where(WebSession.token_digest.in_(bindparam("digests", expanding=True)), Staff.ended_at.is_(None),
           WebSession.revoked_at.is_(None), WebSession.ends_at > bindparam("now"),
           WebSession.seen_at > bindparam("seen_after"))
    .order_by(StaffRole.id)
)


def staff_session(session: Session, digests: Sequence[str], now: datetime, idle: timedelta) -> StaffSession | None:
    """The session behind a cookie with the person and all her roles, in one statement; None when it is no good."""
    given = {"digests": list(digests), "now": now, "seen_after": now - idle}
    rows = session.execute(_STAFF_SESSION, given).all()
    if not rows:
        return None
    first = rows[0]
    places = tuple(Place(row.role, row.office_id, row.municipality_id) for row in rows if row.role)
    return StaffSession(first.id, first.seen_at, StaffHere(first.staff_id, first.name, first.language, places))


def staff_by_email(session: Session, email: str) -> Staff | None:
    """An account that was not ended. email is compared as it is kept: lower case."""
    return session.scalar(select(Staff).where(Staff.email == email.strip().lower(), Staff.ended_at.is_(None)))


def everybody(session: Session) -> list[tuple[Staff, list[StaffRole]]]:
    """All accounts, ended ones too, each with its roles; two statements."""
    roles: dict[int, list[StaffRole]] = {}
    for role in session.scalars(select(StaffRole).order_by(StaffRole.role, StaffRole.id)):
        roles.setdefault(role.staff_id, []).append(role)
    people = session.scalars(select(Staff).order_by(Staff.name, Staff.id))
    return [(person, roles.get(person.id, [])) for person in people]
