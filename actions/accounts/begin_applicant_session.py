from __future__ import annotations

from datetime import timedelta

from accounts import sessions
from accounts.models import AccessGrant
from actions.errors import NotYours
from actions.unit import Unit, verb


@verb
def begin_applicant_session(work: Unit, grant_id: int, *, token_digest: str, holds: timedelta,
                            helping_id: int | None = None) -> None:
    """Let the browser in that has just started this file. Raises NotYours when the grant has ended.

    helping_id: who of the staff goes on there in the applicant's place.
    """
    grant = work.session.get(AccessGrant, grant_id)
    if grant is None or grant.ended_at is not None:
        raise NotYours
    sessions.begin(work.session, token_digest, work.now, holds, grant_id=grant_id, helping_id=helping_id)
