"""What a changed answer asks further, on other pages and of other people: it belongs to the same change.

A file in hand must not come to lack an answer because of a change: "married" asks at once whether the spouse moves too.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from checklists.situation import Situation
from checklists.worked_out import AskedQuestion, WorkedOut
from web.applicant.asking import Ask, AskAlong
from web.applicant.questions import asks_for
from web.file_read import FileRead, overlay

Answers = dict[tuple[int | None, str], Any]


def asked_along(read: FileRead, page_id: str, person: str | None, given: Answers, found: WorkedOut) -> list[Ask]:
    """Questions beyond this page that nobody was asked before and that these answers ask now, unless it is known.

    Groups are left to their own page: they are lists, and none of them is a matter of yes or no.
    """
    before = {(owner, one.id) for owner, asked in read.found.questions.items() for one in asked}
    further: list[Ask] = []
    for owner, asked in found.questions.items():
        fresh = [one for one in asked if (owner, one.id) not in before and not (one.page == page_id and owner == person)
                 and not _is_known(read.situation, owner, one) and read.definition.question(one.id).type != "group"]
        named = read.people.get(owner) if owner else None
        asks = asks_for(read.definition, overlay(read.situation, given), fresh, named)
        further += [_along(ask, int(owner) if owner else None) for ask in asks]
    return further


def _is_known(situation: Situation, owner: str | None, one: AskedQuestion) -> bool:
    """Answered once, and put aside since: it comes back by itself."""
    if owner is None:
        return one.id in situation.answers
    return any(one.id in person.answers for person in situation.people if person.key == owner)


def _along(ask: Ask, owner: int | None) -> AskAlong:
    return AskAlong(**{each.name: getattr(ask, each.name) for each in fields(Ask)}, owner=owner)
