"""Doors of another checklist that triage leads to, with the answers that are taken along."""

from __future__ import annotations

from typing import Any

from checklists.definition import Definition
from checklists.hand_over import hand_over
from checklists.situation import Situation
from web.applicant.front import Door, all_doors


def doors_to(name: str | None, old: Definition, situation: Situation) -> list[tuple[Door, dict[str, Any]]]:
    """Each topic of that checklist that fits what was answered; none if this house does not offer it."""
    found = []
    for door in all_doors():
        if door.definition.name != name:
            continue
        answers = _carried(old, door.definition, situation)
        if all(answers.get(path, value) == value for path, value in _set_by(door).items()):
            found.append((door, {**_set_by(door), **answers}))
    return found


def _carried(old: Definition, new: Definition, situation: Situation) -> dict[str, Any]:
    """By path, as triage keeps them."""
    taken = hand_over(old, new, situation)
    of_people = {f"{one.role}.{key}": value for one in taken.people for key, value in one.answers.items()}
    return {**taken.answers, **of_people}


def _set_by(door: Door) -> dict[str, Any]:
    return {f"{role}.{question}" if role else question: value for role, question, value in door.topic.sets}
