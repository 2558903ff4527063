from __future__ import annotations

from collections.abc import Iterable

from accounts import sessions, throttle
from actions.accounts.staff_rows import locked
from actions.errors import StaleApplication
from actions.unit import Unit, verb


@verb
def change_own_password(
    work: Unit, staff_id: int, password_hash: str, *, instead_of: str, session_id: int, forget: Iterable[str] = ()
) -> None:
    """Her own choice: she stays signed in here (session_id) and is signed out everywhere else.

    instead_of: the hash that the password she gave was compared with. Raises StaleApplication when it was changed
    meanwhile, NotYours when the account was ended.
    """
    person = locked(work, staff_id)
    if person.password_hash != instead_of:
        raise StaleApplication("password")
    person.password_hash, person.wrong_tries = password_hash, 0
    throttle.forget(work.session, forget)
    sessions.revoke(work.session, work.now, staff_id=person.id, but=session_id)
    work.audit(f"staff:{person.id}", "change_own_password", f"staff:{person.id}")
