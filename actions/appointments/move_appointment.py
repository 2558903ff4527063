from __future__ import annotations

from datetime import datetime

from actions.appointments.wanted import held_by, wanted_time
from actions.unit import Unit, verb


@verb
def move_appointment(
    work: Unit, application_id: int, starts_at: datetime, office_id: int | None = None, mode: str | None = None
) -> int:
    """The appointment's id, which stays the same. None = the office and the way of meeting it has now.

    The file's own seats count as free, so that a time may move by less than its length.
    """
    dossier = work.lock(application_id)
    live = dossier.live_appointment
    given = wanted_time(
        work, dossier, starts_at, event="move_appointment", own=held_by(work, live),
        office_id=office_id or (live.office_id if live else None), mode=mode or (live.mode if live else "office"),
    )  # fmt: skip
    return work.fire(dossier, "move_appointment", **given).made["appointment_id"]
