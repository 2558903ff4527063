"""The two ways out of an upload: "I will bring it" and "I cannot get this"."""

from __future__ import annotations

from actions.unit import Unit, verb


@verb
def promise_document(work: Unit, application_id: int, requirement_id: int) -> None:
    """She brings it to the meeting. It blocks the number, not the meeting."""
    work.fire(work.lock(application_id), "promise_document", requirement_id=requirement_id)


@verb
def say_cannot_get(work: Unit, application_id: int, requirement_id: int, *, told: str) -> None:
    """told: why, in her own words. The office decides what may stand in its place."""
    work.fire(work.lock(application_id), "say_cannot_get", requirement_id=requirement_id, told=told)
