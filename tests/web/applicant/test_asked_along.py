"""A changed answer asks in one go whatever it asks further, on whichever page that stands."""

from __future__ import annotations

from sqlalchemy import select

from applications.models import Answer, StateChange
from tests.web.applicant.walking import lead_id, sent

MARRIED = {"q_civil_status": "married", "q_civil_status_on": "2026-10-01", "q_civil_status_country": "ES"}


def test_a_changed_answer_asks_at_once_what_it_asks_on_other_pages_and_is_one_change(house):
    amira = sent(house)
    about = f"/file/answers/about/{lead_id(amira)}"

    amira.send(about, {"q_civil_status": "married"})
    assert "Since which day?" in amira.page
    assert "Does your husband or wife move to Denmark with you?" in amira.page
    assert _civil_status(house) == ["unmarried"]

    amira.send(about, {**MARRIED, "q_0_spouse_moves": "no"})
    assert "Marriage certificate" in amira.page
    amira.send(about)

    assert "Your answers are changed" in amira.page
    assert _civil_status(house) == ["married"]
    assert house.rows(select(Answer.value).where(Answer.question_id == "spouse_moves")) == [{"v": False}]
    assert len(house.rows(select(StateChange).where(StateChange.event == "change_answers"))) == 1
    assert "spouse_moves" not in amira.open("/file/answers/about/" + str(lead_id(amira)))


def test_a_question_asked_along_and_left_open_is_refused_and_nothing_typed_is_lost(house):
    amira = sent(house)
    about = f"/file/answers/about/{lead_id(amira)}"

    amira.send(about, {"q_civil_status": "married"})
    amira.send(about, MARRIED)

    assert amira.status == 422
    assert "Does your husband or wife move to Denmark with you?" in amira.page
    assert 'value="2026"' in amira.page
    assert _civil_status(house) == ["unmarried"]


def _civil_status(house) -> list[str]:
    rows = house.rows(select(Answer).where(Answer.question_id == "civil_status", Answer.superseded_at.is_(None)))
    return [row.value["v"] for row in rows]
