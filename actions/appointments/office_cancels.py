from __future__ import annotations

from actions.unit import Unit, verb


@verb
def office_cancels(work: Unit, application_id: int) -> int:
    """The office cannot keep the time. Whoever is in the building already keeps it (not_arrived)."""
    return work.fire(work.lock(application_id), "office_cancels").made["appointment_id"]
