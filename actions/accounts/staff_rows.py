"""Rows of accounts, locked, and what must never happen to the last admin."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import Staff, StaffRole
from actions.errors import NotYours
from actions.unit import Unit
from applications.facts import Refusal


def locked(work: Unit, staff_id: int) -> Staff:
    person = work.session.scalar(
        select(Staff).where(Staff.id == staff_id, Staff.ended_at.is_(None))
        .with_for_update().execution_options(populate_existing=True)
    )
    if person is None:
        raise NotYours
    return person


def is_last_admin(work: Unit, staff_id: int) -> list[Refusal]:
    """A house without an admin could only be mended on the machine. All admins' rows are locked while it is asked."""
    admins = work.session.scalars(
        select(Staff.id).where(Staff.ended_at.is_(None), Staff.id.in_(
            select(StaffRole.staff_id).where(StaffRole.role == "admin")
        )).order_by(Staff.id).with_for_update()
    ).all()
    return [Refusal("last_admin")] if list(admins) == [staff_id] else []
