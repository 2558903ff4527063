from __future__ import annotations

from collections.abc import Iterable

from accounts import sessions, throttle
from actions.accounts.staff_rows import locked
from actions.unit import Unit, verb


@verb
def change_password(work: Unit, staff_id: int, password_hash: str, *, forget: Iterable[str] = ()) -> None:
    """A new password, and signed out everywhere: who knew the old one is out. Raises NotYours.

    forget: keys of what was counted against her, so that she need not wait.
    """
    person = locked(work, staff_id)
    person.password_hash, person.wrong_tries = password_hash, 0
    throttle.forget(work.session, forget)
    sessions.revoke(work.session, work.now, staff_id=person.id)
    work.audit(f"staff:{person.id}", "change_password", f"staff:{person.id}")
