"""A paper is replaced while a caseworker looks at it: a verdict counts for the pages it was made on and no others."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import select

from actions.consultations.answer import send_answers
from actions.consultations.ask_applicant import ask_applicant
from actions.decisions.judge import judge_document
from actions.documents.send_paper import Offered, send_paper
from actions.errors import NotAllowed
from applications.models import Requirement, Verdict
from extensions import db
from tests.support import world as w
from uploads.intake import Limits


def test_a_verdict_on_pages_that_were_replaced_meanwhile_is_not_taken(made):
    file_id = w.amira_sends(made)
    w.clara_judges(made, file_id, "passport", "refused", reason_codes=["unreadable"])
    ask_applicant(file_id, actor=made.by("clara"), now=made.now)
    old = made.requirements(file_id)["passport"]
    seen = {"seen_hash": old.document_hash, "seen_verdict_id": old.current_verdict_id}

    new_page(made, file_id, old.id, seed=77)

    with pytest.raises(NotAllowed):
        judge_document(file_id, old.id, verdict="accepted", actor=made.by("clara"), now=made.now, **seen)
    now = made.requirements(file_id)["passport"]
    assert (now.status, now.document_hash != seen["seen_hash"]) == ("sent", True)
    assert verdicts(now) == [("refused", seen["seen_hash"])]

    w.clara_judges(made, file_id, "passport", "accepted")
    assert verdicts(now) == [("refused", seen["seen_hash"]), ("accepted", now.document_hash)]


def new_page(made: w.World, file_id: int, requirement_id: int, *, seed: int) -> None:
    page = Offered(io.BytesIO(w.a_photo(seed)), "new.jpg")
    send_paper(file_id, requirement_id, files=[page], limits=Limits(), actor=w.AMIRA, now=made.now)
    send_answers(file_id, actor=w.AMIRA, now=made.now)


def verdicts(row: Requirement) -> list[tuple[str, str]]:
    db.session.rollback()
    found = db.session.scalars(select(Verdict).where(Verdict.requirement_id == row.id).order_by(Verdict.id))
    return [(each.kind, each.document_hash) for each in found]
