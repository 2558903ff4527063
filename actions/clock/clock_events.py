"""What the clock does to one file. The worker finds them; every guard is asked again in here, under the file's lock."""

from __future__ import annotations

from actions.unit import Unit, verb


@verb
def lapse(work: Unit, application_id: int, *, deadline: str, subject_id: int = 0) -> None:
    work.fire(work.lock(application_id), "lapse", deadline=deadline, subject_id=subject_id)


@verb
def document_ran_out(work: Unit, application_id: int, *, requirement_id: int) -> None:
    work.fire(work.lock(application_id), "document_ran_out", requirement_id=requirement_id)


@verb
def release_frozen(work: Unit, application_id: int) -> None:
    work.fire(work.lock(application_id), "release_frozen")


@verb
def meeting_forgotten(work: Unit, application_id: int) -> None:
    work.fire(work.lock(application_id), "meeting_forgotten")


@verb
def note_unreachable(work: Unit, application_id: int) -> None:
    work.fire(work.lock(application_id), "note_unreachable")


@verb
def erase(work: Unit, application_id: int) -> list[str]:
    """Returns the keys of the stored objects, which the caller removes once this has committed."""
    doing = work.fire(work.lock(application_id), "erase")
    return doing.given["objects"]


@verb
def left_open(work: Unit, application_id: int) -> None:
    """The office closed and somebody is still noted as in the building."""
    work.fire(work.lock(application_id), "leave", left_as="office_closed")
