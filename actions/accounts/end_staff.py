from __future__ import annotations

from accounts import sessions
from actions.accounts.staff_rows import is_last_admin, locked
from actions.errors import NotAllowed
from actions.unit import Unit, verb


@verb
def end_staff(work: Unit, staff_id: int) -> None:
    """End an account from the next request on. It stays in the history. Raises NotYours, NotAllowed: last_admin."""
    person = locked(work, staff_id)
    refusals = is_last_admin(work, staff_id)
    if refusals:
        raise NotAllowed("end_staff", refusals)
    person.ended_at = work.now
    sessions.revoke(work.session, work.now, staff_id=person.id)
    work.audit(f"staff:{person.id}", "end_staff", f"staff:{person.id}")
