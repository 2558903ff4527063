"""Who is on the file: four short verbs over the same row."""

from __future__ import annotations

from actions.unit import Unit, verb


@verb
def add_person(work: Unit, application_id: int, role: str, *, name: str | None = None) -> int:
    """Returns the person's id."""
    doing = work.fire(work.lock(application_id), "add_person", role=role, name=name)
    return doing.made["person"]


@verb
def remove_person(work: Unit, application_id: int, person_id: int) -> None:
    work.fire(work.lock(application_id), "remove_person", person_id=person_id)


@verb
def defer_person(work: Unit, application_id: int, person_id: int) -> None:
    """This person comes another day; the others go on."""
    work.fire(work.lock(application_id), "defer_person", person_id=person_id)


@verb
def recall_person(work: Unit, application_id: int, person_id: int) -> None:
    work.fire(work.lock(application_id), "recall_person", person_id=person_id)
