"""The meeting at the desk: begin it, tick what was seen, say what came of each person, end it."""

from __future__ import annotations

from sqlalchemy import select

from actions.errors import NotAllowed
from actions.unit import Unit, verb
from applications.facts import Refusal
from applications.models import Person, Requirement
from visits.models import Meeting, MeetingPerson


@verb
def start_meeting(work: Unit, application_id: int, *, office_id: int, mode: str = "office") -> int:
    """Returns the meeting's id. An officer holds one meeting at a time."""
    held = select(Meeting.id).where(Meeting.officer_id == work.actor.id, Meeting.ended_at.is_(None))
    busy = work.session.scalar(held)
    if busy:
        raise NotAllowed("start_meeting", [Refusal("officer_in_meeting")])
    doing = work.fire(work.lock(application_id), "start_meeting", office_id=office_id, mode=mode)
    return doing.made["meeting"]


@verb
def tick(work: Unit, application_id: int, *, person_id: int, identity: bool | None = None,
         confirms: list[str] | None = None, requirement_ids: list[int] | None = None) -> None:
    """What the officer saw of one person: her identity, the originals, what she brought, what was confirmed.

    requirement_ids: all that were seen, of this person and of the file (with what a landlord or another party gave);
    those left out count as not seen.
    """
    dossier = work.lock(application_id)
    if dossier.meeting is None:
        raise NotAllowed("tick", [Refusal("no_meeting")])
    person, seen = dossier.person(person_id), set(requirement_ids or ())
    if identity is not None:
        person.identity_seen_at = work.now if identity else None
    shared = {None, *(p.id for p in dossier.rows(Person) if p.role not in dossier.definition.applying)}
    for row in dossier.rows(Requirement):
        if row.person_id in {person_id, *shared} and row.kind == "document":
            row.seen_at_desk_at = (row.seen_at_desk_at or work.now) if row.id in seen else None
    met = next(p for p in dossier.rows(MeetingPerson) if p.person_id == person_id)
    met.ticks = {"confirms": sorted(confirms or ())}
    work.audit(f"file:{application_id}", "tick", f"person:{person_id}", {"seen": sorted(seen)})


@verb
def record_outcome(work: Unit, application_id: int, person_id: int, *, outcome: str, number: str | None = None) -> None:
    """outcome: issued (with the number), not_come, paper_missing, identity_doubt or withdrawn."""
    dossier = work.lock(application_id)
    if outcome == "issued" and not (number or "").strip():
        raise NotAllowed("record_outcome", [Refusal("number_missing")])
    work.fire(dossier, "record_outcome", person_id=person_id, outcome=outcome, number=number)


@verb
def end_meeting(work: Unit, application_id: int) -> None:
    work.fire(work.lock(application_id), "end_meeting")


@verb
def abandon_meeting(work: Unit, application_id: int, *, reason: str) -> None:
    work.fire(work.lock(application_id), "abandon_meeting", reason=reason)
