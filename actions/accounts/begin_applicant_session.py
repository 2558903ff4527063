from __future__ import annotations

from datetime import timedelta

from accounts import sessions
from accounts.models import AccessGrant
from actions.errors import NotYours
from actions.unit import Unit, verb


@verb
def begin_applicant_session(work: Unit, grant_id: int, *, token_digest: str, holds: timedelta) -> None:
    """Let the browser in that has just started this file. Raises NotYours when the grant has ended."""
    grant = work.session.get(AccessGrant, grant_id)
    if grant is None or grant.ended_at is not None:
        raise NotYours
    sessions.begin(work.session, token_digest, work.now, holds, grant_id=grant_id)
