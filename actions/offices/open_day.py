from __future__ import annotations

from datetime import date

from sqlalchemy import delete

from actions.offices.changing import follow, lock_office
from actions.unit import Unit, verb
from offices.models import OfficeClosure


@verb
def open_day(work: Unit, office_id: int, day_on: date) -> str:
    """Take a closure back. Who was told that the office cancels stays cancelled and books again."""
    lock_office(work, office_id, "open_day")
    gone = work.session.execute(
        delete(OfficeClosure).where(OfficeClosure.office_id == office_id, OfficeClosure.day_on == day_on)
    )
    if gone.rowcount:
        follow(work, office_id, day_on, day_on)
        work.audit(f"office:{office_id}", "open_day", f"office:{office_id}", {"day_on": day_on.isoformat()})
    return day_on.isoformat()
