from __future__ import annotations

from accounts import sessions
from actions.unit import Unit, verb


@verb
def sign_out(work: Unit, session_id: int) -> None:
    """End one session. Signed out twice is signed out once."""
    if sessions.revoke(work.session, work.now, id=session_id) and work.actor.kind == "staff":
        work.audit(f"staff:{work.actor.id}", "sign_out", f"session:{session_id}")
