from __future__ import annotations

from collections.abc import Iterable

from accounts import throttle
from actions.accounts.staff_rows import locked
from actions.unit import Unit, verb


@verb
def unlock_staff(work: Unit, staff_id: int, *, forget: Iterable[str]) -> None:
    """Somebody need not wait any longer after wrong passwords. forget: the keys they were counted under."""
    person = locked(work, staff_id)
    person.wrong_tries = 0
    throttle.forget(work.session, forget)
    work.audit(f"staff:{person.id}", "unlock_staff", f"staff:{person.id}")
