from __future__ import annotations

from accounts import sessions
from actions.unit import Unit, verb


@verb
def end_sessions(work: Unit, *, staff_id: int | None = None, grant_id: int | None = None) -> int:
    """Sign somebody out everywhere: after a change of password, role or contact, or because she asks for it.

    Returns how many sessions ended. Inside another unit call accounts.sessions.revoke instead.
    """
    ended = sessions.revoke(work.session, work.now, staff_id=staff_id, grant_id=grant_id)
    if staff_id is not None:
        work.audit(f"staff:{staff_id}", "end_sessions", f"staff:{staff_id}", {"ended": ended})
    return ended
