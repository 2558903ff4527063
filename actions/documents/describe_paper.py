from __future__ import annotations

from typing import Any

from actions.doing import Doing
from actions.effects import papers
from actions.errors import NotAllowed, NotYours
from actions.unit import Unit, verb
from applications import workflow
from applications.facts import Refusal
from applications.models import Requirement


@verb
def describe_paper(work: Unit, application_id: int, person_id: int | None, document_id: str, *,
                   choice: str | None = None, facts: dict[str, Any] | None = None) -> None:
    """Say which kind of paper it is (choice) and what stands on it (facts), as the sender sees it.

    Locked once the paper was accepted. The rules are asked again: the country of a certificate may demand an apostille.
    """
    dossier = work.lock(application_id)
    rows = [r for r in _requirements(dossier) if r.person_id == person_id and r.terms.get("document") == document_id]
    if not rows:
        raise NotYours
    if any(r.status in ("sent", "accepted", "recheck") for r in rows):
        raise NotAllowed("describe_paper", [Refusal("requirement_locked")])
    event = "save_answers" if dossier.file.state == "draft" else "change_answers"
    doing = Doing(work=work, dossier=dossier, event=workflow.load().events[event], given={})
    papers.say_facts(doing, person_id, document_id, choice, facts or {}, "stated")
    work.fire(dossier, event, answers={}, confirmed=True, pen=None)


def _requirements(dossier):
    return dossier.rows(Requirement)
