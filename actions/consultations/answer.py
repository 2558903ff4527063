"""Answering a consultation: each item into a buffer, then one press of send."""

from __future__ import annotations

from actions.errors import NotAllowed, NotYours
from actions.unit import Unit, verb
from applications.facts import Refusal
from consultations.models import ConsultationItem


@verb
def answer_item(work: Unit, application_id: int, item_id: int, *, kind: str | None, text: str | None = None) -> None:
    """Keep an answer that is not a file (kind text, cannot_get or promise; None takes it back). Nothing is sent yet."""
    dossier = work.lock(application_id)
    item = next((i for i in dossier.rows(ConsultationItem) if i.id == item_id and i.status == "asked"), None)
    if item is None:
        raise NotYours
    if kind is not None and kind not in item.may_answer:
        raise NotAllowed("answer_item", [Refusal("cannot_be_answered_so")])
    item.answer_kind, item.answer_text = kind, text
    work.audit(f"file:{application_id}", "answer_item", f"item:{item_id}", {"kind": kind})


@verb
def send_answers(work: Unit, application_id: int) -> None:
    """Send everything that lies ready. What is not answered stays asked."""
    work.fire(work.lock(application_id), "send_answers")
