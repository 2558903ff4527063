from __future__ import annotations

from datetime import timedelta

from actions.appointments.wanted import wanted_time
from actions.dossier import Dossier
from actions.errors import NotAllowed
from actions.unit import Unit, verb
from applications.facts import Refusal
from appointments.models import Appointment


@verb
def undo_no_show(work: Unit, application_id: int) -> int:
    """She was only late: the same day, the same time, if nobody else was given her seats meanwhile."""
    dossier = work.lock(application_id)
    missed = _missed(dossier)
    if missed is None:
        raise NotAllowed("undo_no_show", [Refusal("no_no_show_today")])
    minutes = int((missed.ends_at - missed.starts_at) / timedelta(minutes=1))
    given = wanted_time(
        work, dossier, missed.starts_at, event="undo_no_show", office_id=missed.office_id, mode=missed.mode,
        minutes=minutes,
    )  # fmt: skip
    slot = given["slot"]
    left = slot.seats_left if slot.open and slot.minutes >= minutes else 0
    return work.fire(
        dossier, "undo_no_show", seats_left=left, blocks=given["blocks"], appointment_id=missed.id
    ).made["appointment_id"]  # fmt: skip


def _missed(dossier: Dossier) -> Appointment | None:
    newest = max(dossier.rows(Appointment), key=lambda appointment: appointment.id, default=None)
    return newest if newest is not None and newest.status == "no_show" else None
