from __future__ import annotations

from actions.unit import Unit, verb


@verb
def cancel_appointment(work: Unit, application_id: int) -> int:
    """The id of the appointment that was given back."""
    return work.fire(work.lock(application_id), "cancel_appointment").made["appointment_id"]
