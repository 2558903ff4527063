from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete

from actions.errors import NotAllowed
from actions.offices.changing import follow, lock_office
from actions.unit import Unit, verb
from applications.facts import Refusal
from offices.calendar import WeeklySpan
from offices.hours import faults_in_hours, faults_in_settings
from offices.models import Office, OfficeHours

EDITABLE = frozenset({
    "name", "address", "directions", "zone", "country", "subdivision", "grid_minutes", "opens_ahead_days", "modes",
})  # fmt: skip


@verb
def edit_office(
    work: Unit, office_id: int, settings: dict[str, Any] | None = None, hours: Sequence[WeeklySpan] | None = None
) -> int:
    """Change what is given and nothing else; hours, if given, replace the whole week.

    Appointments that no longer fit the hours are kept: their blocks are shut, nobody is sent away by this.
    Raises NotAllowed with every fault (offices/hours.py).
    """
    settings = settings or {}
    lock_office(work, office_id, "edit_office")
    office = work.session.get_one(Office, office_id)
    faults = _faults(office, settings, hours)
    if faults:
        raise NotAllowed("edit_office", faults)
    for name, value in settings.items():
        setattr(office, name, value)
    if hours is not None:
        _replace_hours(work, office_id, hours)
    follow(work, office_id)
    changed = sorted(settings) + (["hours"] if hours is not None else [])
    work.audit(f"office:{office_id}", "edit_office", f"office:{office_id}", {"changed": changed})
    return office_id


def _faults(office: Office, settings: dict[str, Any], hours: Sequence[WeeklySpan] | None) -> list[Refusal]:
    unknown = [Refusal("not_editable", {"name": name}) for name in sorted(set(settings) - EDITABLE)]
    country = settings.get("country", office.country)
    subdivision = settings.get("subdivision", office.subdivision)
    return (
        unknown
        + faults_in_settings({**settings, "country": country, "subdivision": subdivision})
        + faults_in_hours(hours or ())
    )


def _replace_hours(work: Unit, office_id: int, hours: Sequence[WeeklySpan]) -> None:
    work.session.execute(delete(OfficeHours).where(OfficeHours.office_id == office_id))
    work.session.add_all(
        OfficeHours(office_id=office_id, weekday=h.weekday, opens=h.opens, closes=h.closes, counters=h.counters)
        for h in hours
    )
