from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from accounts import sessions, throttle
from accounts.models import Staff
from actions.errors import NotYours
from actions.unit import Unit, verb


@verb
def sign_in(
    work: Unit, staff_id: int, *, token_digest: str, holds: timedelta, forget: list[str], new_hash: str | None = None,
) -> int:
    """Begin a session for staff whose password was right. Returns how many wrong tries there were since the last time.

    forget: what was counted against her. new_hash: her password hashed with today's parameters, when the old are weak.
    Raises NotYours if the account was ended meanwhile.
    """
    person = work.session.scalar(
        select(Staff).where(Staff.id == staff_id, Staff.ended_at.is_(None))
        .with_for_update().execution_options(populate_existing=True)
    )
    if person is None:
        raise NotYours
    wrong, person.wrong_tries = person.wrong_tries, 0
    person.password_hash = new_hash or person.password_hash
    throttle.forget(work.session, forget)
    begun = sessions.begin(work.session, token_digest, work.now, holds, staff_id=staff_id)
    work.audit(f"staff:{staff_id}", "sign_in", f"session:{begun.id}")
    return wrong
