from __future__ import annotations

from sqlalchemy import update

from accounts.models import Staff
from actions.unit import Unit, verb


@verb
def note_wrong_password(work: Unit, email: str) -> None:
    """Count a wrong password, so that the account's owner is told next time. Unknown e-mail: the same work."""
    work.session.execute(
        update(Staff).where(Staff.email == email, Staff.ended_at.is_(None)).values(wrong_tries=Staff.wrong_tries + 1)
        .execution_options(synchronize_session=False)
    )
