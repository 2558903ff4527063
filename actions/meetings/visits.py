"""Who comes through the door, with or without a file."""

from __future__ import annotations

from sqlalchemy import select

from actions.effects.desk import new_visit
from actions.errors import NotYours
from actions.unit import Unit, verb
from visits.models import Visit


@verb
def arrive(work: Unit, application_id: int, *, office_id: int) -> int:
    """Returns the visit's id."""
    return work.fire(work.lock(application_id), "arrive", office_id=office_id).made["visit"]


@verb
def arrive_without_file(work: Unit, *, office_id: int, cause: str) -> int:
    visit = new_visit(work, office_id, None, cause)
    work.session.add(visit)
    work.session.flush()
    work.audit(f"office:{office_id}", "arrive", f"visit:{visit.id}")
    return visit.id


@verb
def link_visit(work: Unit, application_id: int, *, visit_id: int) -> None:
    """The walk-in turns out to have a file."""
    dossier = work.lock(application_id)
    work.fire(dossier, "link_visit", visit_id=visit_id, other_visit_open=_open_visit(work, visit_id) is not None)


@verb
def leave(work: Unit, application_id: int, *, left_as: str) -> None:
    work.fire(work.lock(application_id), "leave", left_as=left_as)


@verb
def leave_without_file(work: Unit, visit_id: int, *, left_as: str) -> None:
    visit = _open_visit(work, visit_id)
    if visit is None:
        raise NotYours
    visit.left_at, visit.left_as = work.now, left_as
    work.audit(f"office:{visit.office_id}", "leave", f"visit:{visit.id}")


def _open_visit(work: Unit, visit_id: int) -> Visit | None:
    return work.session.scalar(
        select(Visit).where(Visit.id == visit_id, Visit.application_id.is_(None), Visit.left_at.is_(None))
        .with_for_update())
