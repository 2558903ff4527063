from __future__ import annotations

from accounts.models import AccessGrant
from actions import timers
from actions.errors import NotYours
from actions.unit import Unit, verb
from applications.models import Deadline
from notifications import enqueue


@verb
def remind(work: Unit, deadline_id: int) -> bool:
    """Queue the reminder that is due and note the next one. False if it is no longer due."""
    seen = work.session.get(Deadline, deadline_id)
    if seen is None:
        raise NotYours
    dossier = work.lock(seen.application_id)
    row = next((d for d in dossier.rows(Deadline) if d.id == deadline_id), None)
    if row is None or row.paused_at or row.reminds_at is None or row.reminds_at > work.now:
        return False
    for grant in dossier.rows(AccessGrant):
        if grant.contact_sealed:
            enqueue.put(work.session, kind=f"remind_{row.kind}", language=dossier.file.language, now=work.now,
                        dedup_key=f"remind:{row.id}:{row.reminds_at.isoformat()}:{grant.id}",
                        application_id=dossier.file.id, grant_id=grant.id, cause=f"deadline:{row.id}")
    timers.note_reminded(dossier, row)
    return True
