"""Facts that few guards look at and that cost a question of their own: asked for the events with those guards only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, select

from accounts.models import AccessGrant, Staff
from actions import situation
from actions.doing import Doing
from actions.free_time import WATCHED, is_offered
from actions.gather import facts_of
from applications.facts import Facts
from applications.models import Answer

_STAFF_WITH = select(Staff.id).where(Staff.email.in_(bindparam("emails", expanding=True)))


def facts_for(doing: Doing) -> Facts:
    """The file as this event's guards look at it."""
    facts = facts_of(doing.dossier)
    asked = {" ".join((step.name, *step.words)) for step in doing.event.guards}
    found = {name: find(doing) for name, (guards, find) in _MORE.items() if not asked.isdisjoint(guards)}
    more = {name: value for name, value in found.items() if value}
    return replace(facts, **more) if more else facts


def _own_file_of(doing: Doing) -> frozenset[int]:
    """Staff who get this file's mail themselves, as applicant, helper or guardian."""
    if doing.actor.kind != "staff":
        return frozenset()
    sealer = doing.dossier.services.sealer
    contacts = [sealer.open(g.contact_sealed) for g in doing.dossier.rows(AccessGrant) if g.contact_sealed]
    emails = [contact["email"].strip().lower() for contact in contacts if contact.get("email")]
    return frozenset(doing.work.session.scalars(_STAFF_WITH, {"emails": emails})) if emails else frozenset()


def _pen(doing: Doing) -> str | None:
    """The other device that wrote one of these answers after this one had read them; None where nothing is lost."""
    given = doing.given
    wanted, own, seen = given.get("answers", {}), given.get("pen"), given.get("seen_answer") or 0
    newer = [row for row in doing.dossier.rows(Answer)
             if row.id > seen and row.pen not in (None, own) and (row.person_id, row.question_id) in wanted]
    lost = [row for row in newer
            if not situation.same(doing.dossier, row.value, wanted[(row.person_id, row.question_id)])]
    return max(lost, key=lambda row: row.id).pen if lost else None


def _no_free_time(doing: Doing) -> bool:
    return doing.given.get("deadline") == WATCHED and not is_offered(doing.dossier)


# fact -> (guards that look at it, where it comes from)
_MORE: dict[str, tuple[tuple[str, ...], Callable[[Doing], Any]]] = {
    "own_file_of": (("not_own_file", "gate meeting"), _own_file_of),
    "pen": (("holds_pen",), _pen),
    "no_free_time": (("deadline_really_passed",), _no_free_time),
}
