from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from accounts import throttle
from accounts.rules import Limit
from actions.errors import NotYours
from actions.unit import Unit, verb
from applications.models import Application
from extensions import services
from notifications import enqueue

MINUTE = timedelta(minutes=1)
PER_FILE = Limit(free=3, first=10 * MINUTE, longest=60 * MINUTE, memory=60 * MINUTE)


@verb
def mail_list(work: Unit, application_id: int, lines: list[str], *, grant_id: int, language: str) -> datetime | None:
    """Mail her the list of what is missing, as the page says it, to the address of her own way in and no other.

    lines: names of papers and questions; sealed until they are sent. Returns until when to wait, None if it goes out.
    """
    wait = throttle.count(work.session, {f"list:{application_id}": PER_FILE}, work.now)
    if wait is not None:
        return wait
    file = work.session.get(Application, application_id)
    if file is None or file.erased_at is not None:
        raise NotYours
    enqueue.put(
        work.session, kind="missing_list", language=language, now=work.now, application_id=application_id,
        grant_id=grant_id, dedup_key=f"missing_list:{application_id}:{secrets.token_hex(8)}",
        secret_sealed=services().sealer.seal({"lines": lines}),
    )
    work.audit(f"file:{application_id}", "mail_list", f"application:{application_id}")
    return None
