"""How she is reached."""

from __future__ import annotations

from actions.unit import Unit, verb
from applications.models import Note


@verb
def tried_to_reach(work: Unit, application_id: int, *, ways: list[str]) -> None:
    """Mail does not reach her; these other ways were tried (phone, letter, ...). A letter goes out, time runs on."""
    work.fire(work.lock(application_id), "tried_to_reach", ways=ways)


@verb
def change_contact(work: Unit, application_id: int, *, email: str, identity_seen: bool) -> None:
    """Staff who saw her identity give the file a new address. Both addresses are told; all sessions end."""
    work.fire(work.lock(application_id), "change_contact", contact={"email": email}, identity_seen=identity_seen)


@verb
def write_note(work: Unit, application_id: int, *, body: str) -> None:
    """An internal note: no event of the workflow, the applicant never sees it."""
    dossier = work.lock(application_id)
    dossier.add(Note(application_id=application_id, staff_id=work.actor.id, body=body, at=work.now), flush=True)
    work.audit(f"file:{application_id}", "write_note", f"application:{application_id}")
