from __future__ import annotations

from typing import Any

from accounts.models import AccessGrant
from actions.applications.start_application import new_draft, new_grant
from actions.dossier import Dossier
from actions.effects.answers import add_person
from actions.effects.papers import keep_facts
from actions.errors import NotYours
from actions.situation import situation_of
from actions.unit import Unit, verb
from checklists import library
from checklists.definition import Definition
from checklists.hand_over import HandedOver, hand_over
from checklists.situation import STATED, Fact


@verb
def hand_over_file(work: Unit, application_id: int, *, checklist: str) -> dict[str, Any]:
    """Begin a file of another checklist with the people, answers and facts of this one; this one stays as it is.

    What is taken over, the other checklist decides (checklists/hand_over.py); pages that were sent are not copied.
    Returns id, grant_id and reference of the new draft. Raises library.UnknownChecklist.
    """
    old = work.lock(application_id)
    grant = next((g for g in old.rows(AccessGrant) if g.role == "applicant" and g.ended_at is None), None)
    if grant is None:
        raise NotYours
    definition = library.newest(checklist, work.now.date())
    taken = hand_over(old.definition, definition, situation_of(old))
    new = new_draft(work, definition, municipality=_municipality(definition, taken),
                    language=old.file.language, channel=old.file.channel, topic=None)
    ids = _people(new, taken)
    access = new_grant(new, grant.contact_sealed)
    answers = {(None, question): value for question, value in taken.answers.items()}
    for person in taken.people:
        answers |= {(ids[person.key], question): value for question, value in person.answers.items()}
    _say_papers(new, taken, ids)
    work.fire(new, "start_application", answers=answers, triage_passed=True)
    work.audit(f"file:{application_id}", "hand_over_file", f"file:{new.file.id}", {"checklist": checklist})
    return {"id": new.file.id, "grant_id": access.id, "reference": new.file.reference}


def _people(new: Dossier, taken: HandedOver) -> dict[str | None, int | None]:
    """Key of a person in the old file -> id of theirs in the new one."""
    ids: dict[str | None, int | None] = {None: None}
    for person in taken.people:
        row = new.lead if person.role == "applicant" else add_person(new, person.role)
        ids[person.key] = row.id
    return ids


def _say_papers(new: Dossier, taken: HandedOver, ids: dict[str | None, int | None]) -> None:
    for (owner, document), paper in taken.papers.items():
        stated = {key: fact.value for key, fact in paper.facts.items() if _is_stated(fact)}
        if paper.choice or stated:
            keep_facts(new, ids[owner], document, paper.choice, stated, STATED)


def _is_stated(fact: Any) -> bool:
    return isinstance(fact, Fact) and fact.trust == STATED


def _municipality(definition: Definition, taken: HandedOver) -> str | None:
    asked = (key for key, one in definition.questions.items() if one.type == "municipality" and one.per_file)
    return next((taken.answers[key] for key in asked if key in taken.answers), None)
