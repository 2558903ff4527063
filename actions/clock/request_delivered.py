from __future__ import annotations

from actions import settle, timers
from actions.unit import Unit, verb


@verb
def request_delivered(work: Unit, application_id: int) -> None:
    """The mail server took the request: only from now on do the days of the applicant count.

    No event of the workflow; the deadline that waited for this is woken.
    """
    dossier = work.lock(application_id)
    if dossier.consultation is None or dossier.consultation.delivered_at is not None:
        return
    timers.request_delivered(dossier)
    outcome = settle.write(dossier)
    timers.move(dossier, "consultation_reply", dossier.consultation.due_on)
    settle.keep(dossier, outcome)
