from __future__ import annotations

from accounts import sessions
from accounts.rules import SEEN_EVERY
from actions.unit import Unit, verb


@verb
def touch_session(work: Unit, session_id: int) -> None:
    """Note that a session is in use, at most every SEEN_EVERY. No audit entry: nobody decided anything."""
    sessions.touch(work.session, session_id, work.now, SEEN_EVERY)
