from __future__ import annotations

from actions import settle
from actions.free_time import NO_FREE_TIME, WATCHED, is_offered
from actions.unit import Unit, verb
from applications.models import Deadline


@verb
def watch_free_time(work: Unit, application_id: int) -> bool:
    """Stop the days in which she must book while nothing can be booked, and wake them again. Whether that changed.

    No event of the workflow, so nothing comes into the history: nobody did anything to the file.
    """
    dossier = work.lock(application_id)
    row = next((d for d in dossier.rows(Deadline) if d.kind == WATCHED and d.done_at is None), None)
    if row is None:
        return False
    because = None if is_offered(dossier) else NO_FREE_TIME
    if row.paused_because == because:
        return False
    row.paused_because = because
    settle.keep(dossier, settle.write(dossier))
    return True
