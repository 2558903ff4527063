from __future__ import annotations

from actions.unit import Unit, verb


@verb
def mark_no_show(work: Unit, application_id: int) -> int:
    """The id of the appointment nobody came to."""
    return work.fire(work.lock(application_id), "mark_no_show").made["appointment_id"]
