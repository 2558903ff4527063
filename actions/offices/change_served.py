from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from actions.errors import NotAllowed
from actions.offices.changing import lock_office
from actions.unit import Unit, verb
from applications.facts import Refusal
from offices import queries
from offices.models import Municipality, OfficeServes


@dataclass(frozen=True, slots=True)
class Served:
    """The office works for a municipality on these days, both included; until_on None = open."""

    municipality_id: int
    from_on: date
    until_on: date | None = None


@verb
def change_served(work: Unit, office_id: int, served: Sequence[Served]) -> int:
    """Replace the municipalities an office works for. Files that lie with it stay with it."""
    lock_office(work, office_id, "change_served")
    faults = _faults(work, served)
    if faults:
        raise NotAllowed("change_served", faults)
    work.session.execute(delete(OfficeServes).where(OfficeServes.office_id == office_id))
    work.session.add_all(
        OfficeServes(office_id=office_id, municipality_id=s.municipality_id, from_on=s.from_on, until_on=s.until_on)
        for s in served
    )
    queries.forget_calendars(work.session)
    work.audit(f"office:{office_id}", "change_served", f"office:{office_id}", {"municipalities": len(served)})
    return office_id


def _faults(work: Unit, served: Sequence[Served]) -> list[Refusal]:
    known = set(work.session.scalars(select(Municipality.id)))
    found = []
    if any(each.municipality_id not in known for each in served):
        found.append(Refusal("municipality_unknown"))
    if any(each.until_on and each.until_on < each.from_on for each in served):
        found.append(Refusal("until_before_from"))
    if len({(each.municipality_id, each.from_on) for each in served}) < len(served):
        found.append(Refusal("municipality_twice"))
    return found
