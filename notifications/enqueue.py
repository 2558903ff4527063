"""Putting a message into the outbox, in the transaction of its cause. The worker renders and sends it later."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from accounts.models import AccessGrant
from notifications.models import Outbox

if TYPE_CHECKING:
    from actions.doing import Doing

# What must still be so when the message is sent; else it is void.
_CAUSE_IS_APPOINTMENT = {"appointment_booked", "appointment_moved"}
_CAUSE_IS_CONSULTATION = {"consultation_opened", "deadline_extended"}


def put(session: Any, *, kind: str, language: str, now: Any, dedup_key: str, application_id: int | None = None,
        grant_id: int | None = None, payload: dict[str, Any] | None = None, cause: str | None = None,
        secret_sealed: str | None = None, channel: str = "mail") -> Outbox:
    """dedup_key: the same key is never queued twice. payload: ids and codes only."""
    row = Outbox(
        application_id=application_id, grant_id=grant_id, dedup_key=dedup_key[:120], kind=kind, channel=channel,
        language=language, payload=payload or {}, cause=cause, secret_sealed=secret_sealed, not_before_at=now,
        status="queued", tries=0, message_id=f"{secrets.token_hex(16)}", queued_at=now)
    session.add(row)
    return row


def from_event(doing: Doing, kind: str) -> None:
    """The message an event sends, to everybody who holds the file. One per event and file version."""
    dossier = doing.dossier
    grants = [g for g in _grants(dossier) if g.contact_sealed]
    for grant in grants:
        put(doing.work.session, kind=kind, language=dossier.file.language, now=doing.now,
            dedup_key=f"{kind}:{dossier.file.id}:{dossier.file.version}:{grant.id}",
            application_id=dossier.file.id, grant_id=grant.id, payload=dict(doing.made), cause=_cause(doing, kind))
    if doing.given.get("old_contact") and grants and kind in doing.event.notify:
        put(doing.work.session, kind=kind, language=dossier.file.language, now=doing.now,
            dedup_key=f"{kind}:{dossier.file.id}:{dossier.file.version}:old",
            application_id=dossier.file.id, payload=dict(doing.made), secret_sealed=doing.given["old_contact"])


def _grants(dossier: Any) -> list[Any]:
    return dossier.rows(AccessGrant)


def _cause(doing: Doing, kind: str) -> str | None:
    dossier = doing.dossier
    if kind in _CAUSE_IS_APPOINTMENT and dossier.live_appointment:
        live = dossier.live_appointment
        return f"appointment:{live.id}:{live.sequence}"
    if kind in _CAUSE_IS_CONSULTATION and dossier.consultation:
        return f"consultation:{dossier.consultation.id}"
    if kind == "file_complete":
        return "stage:complete"
    return None
