from __future__ import annotations

from sqlalchemy import update

from actions.errors import NotAllowed, NotYours
from actions.unit import Unit, verb
from applications.facts import Refusal
from notifications.models import Outbox


@verb
def send_again(work: Unit, message_id: int) -> int:
    """Put a message that was given up back into the queue. Raises NotYours when it is not a dead one (any more)."""
    if "admin" not in work.actor.roles:
        raise NotAllowed("send_again", [Refusal("not_for_this_role")])
    done = work.session.execute(
        update(Outbox).where(Outbox.id == message_id, Outbox.status == "dead")
        .values(status="queued", tries=0, not_before_at=work.now, leased_until_at=None)
    )
    if not done.rowcount:
        raise NotYours
    work.audit("outbox", "send_again", f"outbox:{message_id}")
    return message_id
