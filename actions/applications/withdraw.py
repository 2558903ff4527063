from __future__ import annotations

from actions.unit import Unit, verb


@verb
def withdraw(work: Unit, application_id: int, *, confirmed: bool, because: str = "applicant") -> None:
    """End the file at the applicant's wish; a booked time goes back at once. From a draft: delete my draft."""
    dossier = work.lock(application_id)
    work.fire(dossier, "withdraw", confirmed=confirmed, because=because)
