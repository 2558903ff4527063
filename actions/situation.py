"""The answers and papers of a file as a Situation: what the checklist's rules look at."""

from __future__ import annotations

from typing import Any

import clock
from actions.dossier import Dossier
from applications.models import Answer, Paper, Person, Requirement
from checklists.situation import EMPTY, NOT_SURE, Fact, PersonSituation, Situation
from checklists.situation import Paper as PaperSaid


def situation_of(dossier: Dossier) -> Situation:
    """Person keys are the ids of the rows, as text."""
    file = dossier.file
    live = dossier.live_appointment
    by_owner: dict[int | None, dict[str, Any]] = {}
    for answer in dossier.rows(Answer):
        if answer.superseded_at is None:
            by_owner.setdefault(answer.person_id, {})[answer.question_id] = plain(dossier, answer.value)
    people = tuple(
        PersonSituation(key=str(p.id), role=p.role, answers=by_owner.get(p.id, {}))
        for p in dossier.rows(Person) if p.left_at is None
    )
    return Situation(
        today=dossier.today,
        sent_on=file.sent_on,
        meeting_on=clock.day_in(live.zone, live.starts_at) if live else None,
        answers=by_owner.get(None, {}),
        people=people,
        papers={(_key(p.person_id), p.document_id): _paper(dossier, p) for p in dossier.rows(Paper)},
        left_out=frozenset(str(id) for id in (file.rules or {}).get("left_out", ())) if file.sent_on else frozenset(),
    )


def _key(person_id: int | None) -> str | None:
    return None if person_id is None else str(person_id)


def _paper(dossier: Dossier, row: Paper) -> PaperSaid:
    facts = {
        fact: tuple(Fact(plain(dossier, value), trust) for trust, value in by_trust.items())
        for fact, by_trust in (row.facts or {}).items()
    }
    return PaperSaid(choice=row.choice, facts=facts, present=_is_present(dossier, row))


def _is_present(dossier: Dossier, row: Paper) -> bool:
    return any(
        r.person_id == row.person_id and r.terms.get("document") == row.document_id
        and (r.gathered or r.status in ("sent", "accepted", "recheck"))
        for r in dossier.rows(Requirement)
    )


def plain(dossier: Dossier, stored: Any) -> Any:
    """A stored value as the rules take it. See applications/models.py: Answer."""
    if not isinstance(stored, dict):
        return stored
    if stored.get("not_sure"):
        return NOT_SURE
    if stored.get("empty"):
        return EMPTY
    if "s" in stored:
        return dossier.services.sealer.open(stored["s"])
    return stored.get("v")


def stored(dossier: Dossier, value: Any, *, sealed: bool) -> dict[str, Any]:
    """A value as it is kept: dates as ISO text (the rules read both), the sensitive ones sealed."""
    if value == NOT_SURE:
        return {"not_sure": True}
    if value == EMPTY:
        return {"empty": True}
    if hasattr(value, "isoformat"):
        value = value.isoformat()
    return {"s": dossier.services.sealer.seal(value)} if sealed else {"v": value}


def same(dossier: Dossier, one: dict[str, Any] | None, value: Any) -> bool:
    """Whether a stored value says the same as this one (sealed text differs each time)."""
    if one is None:
        return False
    if hasattr(value, "isoformat"):
        value = value.isoformat()
    return plain(dossier, one) == value
