from __future__ import annotations

from datetime import datetime

from actions.appointments.wanted import wanted_time
from actions.unit import Unit, verb


@verb
def book_appointment(
    work: Unit, application_id: int, starts_at: datetime, office_id: int | None = None, mode: str = "office"
) -> int:
    """The appointment's id. office_id None = the file's own office. Raises NotAllowed with every reason at once."""
    dossier = work.lock(application_id)
    given = wanted_time(work, dossier, starts_at, event="book_appointment", office_id=office_id, mode=mode)
    return work.fire(dossier, "book_appointment", **given).made["appointment_id"]
