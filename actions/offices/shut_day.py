from __future__ import annotations

from datetime import date

from actions.errors import NotAllowed
from actions.offices.changing import follow, lock_office
from actions.unit import Unit, verb
from applications.facts import Refusal
from offices.models import OfficeClosure

BECAUSE_MOST = 200


@verb
def shut_day(work: Unit, office_id: int, day_on: date, because: str) -> str:
    """Nobody can book that day any more. Whoever has a time keeps it until cancel_closed_day tells them.

    Two steps, because the second one is a transaction for each file and must not hold the day's blocks.
    """
    calendar = lock_office(work, office_id, "shut_day")
    if day_on < calendar.day_of(work.now):
        raise NotAllowed("shut_day", [Refusal("day_is_over")])
    if not because.strip() or len(because) > BECAUSE_MOST:
        raise NotAllowed("shut_day", [Refusal("reason_given")])
    if day_on not in calendar.closures:
        work.session.add(OfficeClosure(
            office_id=office_id, day_on=day_on, because=because.strip(), closed_by=str(work.actor), closed_at=work.now,
        ))  # fmt: skip
        follow(work, office_id, day_on, day_on)
        work.audit(f"office:{office_id}", "shut_day", f"office:{office_id}", {"day_on": day_on.isoformat()})
    return day_on.isoformat()
