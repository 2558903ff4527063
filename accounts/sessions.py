"""Beginning and ending sessions, inside a unit. Cookies are the web's affair (web/sessions.py)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from accounts.models import WebSession


def begin(
    session: Session, digest: str, now: datetime, holds: timedelta, *,
    staff_id: int | None = None, grant_id: int | None = None, helping_id: int | None = None,
) -> WebSession:
    """A new session under a new token; digest is the token's fingerprint. One of staff_id and grant_id is given.

    helping_id: with a grant, who of the staff acts there for the applicant.
    """
    begun = WebSession(token_digest=digest, staff_id=staff_id, grant_id=grant_id, helping_id=helping_id,
                       began_at=now, seen_at=now, ends_at=now + holds)
    session.add(begun)
    session.flush()
    return begun


def revoke(
    session: Session, now: datetime, *, id: int | None = None, staff_id: int | None = None, grant_id: int | None = None,
    but: int | None = None,
) -> int:
    """End one session, or all of a staff member or of a grant, from the next request on. Returns how many ended.

    Of a staff member those too in which she fills in somebody's file. but: a session that goes on.
    """
    given = {WebSession.id: id, WebSession.grant_id: grant_id}
    conditions = [column == value for column, value in given.items() if value is not None]
    if staff_id is not None:
        conditions.append(or_(WebSession.staff_id == staff_id, WebSession.helping_id == staff_id))
    if not conditions:
        raise ValueError("name whose sessions end")
    if but is not None:
        conditions.append(WebSession.id != but)
    done = session.execute(
        update(WebSession).where(WebSession.revoked_at.is_(None), *conditions).values(revoked_at=now)
        .execution_options(synchronize_session=False)
    )
    return done.rowcount


def touch(session: Session, id: int, now: datetime, every: timedelta) -> None:
    """Note that a session is in use. Two requests at once write once."""
    session.execute(
        update(WebSession).where(WebSession.id == id, WebSession.seen_at <= now - every).values(seen_at=now)
        .execution_options(synchronize_session=False)
    )
