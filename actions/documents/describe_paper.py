from __future__ import annotations

from typing import Any

from actions.dossier import Dossier
from actions.effects import papers
from actions.errors import NotAllowed, NotYours
from actions.unit import Unit, verb
from applications.facts import Refusal
from applications.models import Requirement

LOCKED = frozenset({"sent", "accepted", "recheck"})


@verb
def describe_paper(work: Unit, application_id: int, person_id: int | None, document_id: str, *,
                   choice: str | None = None, facts: dict[str, Any] | None = None) -> None:
    """Say which kind of paper it is (choice) and what stands on it (facts), as the sender sees it.

    Locked once the paper was accepted. The rules are asked again: the country of a certificate may demand an apostille.
    """
    describe(work, work.lock(application_id), person_id, document_id, choice=choice, facts=facts or {})


def describe(work: Unit, dossier: Dossier, person_id: int | None, document_id: str, *,
             choice: str | None, facts: dict[str, Any]) -> None:
    """The same within a unit. What says nothing new changes nothing and is noted nowhere."""
    rows = [r for r in dossier.rows(Requirement)
            if r.person_id == person_id and (r.terms.get("document"), r.terms.get("attachment")) == (document_id, None)]
    if not rows:
        raise NotYours
    if any(r.status in LOCKED for r in rows):
        raise NotAllowed("describe_paper", [Refusal("requirement_locked")])
    if papers.keep_facts(dossier, person_id, document_id, choice, facts, "stated"):
        event = "save_answers" if dossier.file.state == "draft" else "change_answers"
        work.fire(dossier, event, answers={}, confirmed=True, pen=None)
