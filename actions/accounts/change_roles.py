from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete

from accounts import sessions
from accounts.models import StaffRole
from accounts.scope import Place
from actions.accounts.add_staff import as_codes, faults_of, give_places
from actions.accounts.staff_rows import is_last_admin, locked
from actions.errors import NotAllowed
from actions.unit import Unit, verb


@verb
def change_roles(work: Unit, staff_id: int, places: Iterable[Place]) -> None:
    """Give somebody these roles and no others, and sign her out: what is on her screen may not be hers any more.

    Raises NotYours (no such account), NotAllowed: as add_staff, and last_admin.
    """
    person, places = locked(work, staff_id), list(dict.fromkeys(places))
    refusals = faults_of(places)
    if not any(place.role == "admin" for place in places):
        refusals += is_last_admin(work, staff_id)
    if refusals:
        raise NotAllowed("change_roles", refusals)
    work.session.execute(delete(StaffRole).where(StaffRole.staff_id == person.id))
    give_places(work.session, person.id, places)
    sessions.revoke(work.session, work.now, staff_id=person.id)
    who = f"staff:{person.id}"
    work.audit(who, "change_roles", who, {"places": [as_codes(each) for each in places]})
