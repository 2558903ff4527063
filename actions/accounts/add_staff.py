from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import ROLES, Staff, StaffRole
from accounts.scope import Place
from actions.errors import NotAllowed
from actions.unit import Unit, verb
from applications.facts import Refusal


@verb
def add_staff(
    work: Unit, *, email: str, name: str, password_hash: str, places: Iterable[Place], language: str = "en",
) -> int:
    """A new account. Returns its id. Raises NotAllowed: email_taken, role_unknown, role_needs_office, no_role."""
    email = email.strip().lower()
    places = list(dict.fromkeys(places))
    refusals = faults_of(places)
    if work.session.scalar(select(Staff.id).where(Staff.email == email)):
        refusals.append(Refusal("email_taken"))
    if refusals:
        raise NotAllowed("add_staff", refusals)
    person = Staff(email=email, name=name.strip(), password_hash=password_hash, language=language, created_at=work.now)
    work.session.add(person)
    work.session.flush()
    give_places(work.session, person.id, places)
    work.audit(f"staff:{person.id}", "add_staff", f"staff:{person.id}", {"places": [as_codes(each) for each in places]})
    return person.id


def faults_of(places: list[Place]) -> list[Refusal]:
    """What is wrong with the roles somebody shall have. Admin belongs to the house; every other role to an office."""
    refusals = [] if places else [Refusal("no_role")]
    if any(place.role not in ROLES for place in places):
        refusals.append(Refusal("role_unknown"))
    if any(place.role != "admin" and place.office_id is None for place in places):
        refusals.append(Refusal("role_needs_office"))
    return refusals


def give_places(session: Session, staff_id: int, places: Iterable[Place]) -> None:
    session.add_all([
        StaffRole(staff_id=staff_id, role=each.role, office_id=each.office_id, municipality_id=each.municipality_id)
        for each in places
    ])


def as_codes(place: Place) -> str:
    return f"{place.role}:{place.office_id or '-'}:{place.municipality_id or '-'}"
