"""A file on its page: what is shown, how it is judged, and what happens when two people look at the same paper."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from applications.models import Application, Decision, Note, Requirement, StateChange, Verdict
from extensions import db
from tests.support import world
from tests.web.caseworker.conftest import Counted, hidden, in_house, judge, requirement, signed_in


def changes(house, file_id):
    return house.rows(select(func.count(StateChange.id)).where(StateChange.application_id == file_id))[0]


def verdicts(house, file_id):
    return house.rows(select(Verdict.kind).where(Verdict.application_id == file_id).order_by(Verdict.id))


def paper(sent, row_id):
    return f"/office/files/{sent[1]}?paper={row_id}"


def test_looking_changes_nothing(house, sent):
    clara = signed_in(house)
    row_id = requirement(house, sent[0], "passport")[0]
    before = changes(house, sent[0])

    for path in (f"/office/files/{sent[1]}", paper(sent, row_id), f"/office/files/{sent[1]}/ask",
                 f"/office/files/{sent[1]}/history", f"/office/files/{sent[1]}/hand-over",
                 f"/office/files/{sent[1]}/extra",
                 f"/office/files/{sent[1]}/contact", f"/office/files/{sent[1]}/decide"):
        assert clara.get(path).status_code == 200
    for verb in ("claim", "let-go", f"papers/{row_id}/verdict", f"papers/{row_id}/waive", "notes"):
        assert clara.get(f"/office/files/{sent[1]}/{verb}").status_code == 405

    assert changes(house, sent[0]) == before
    assert not verdicts(house, sent[0])


def test_a_file_costs_at_most_ten_statements_for_one_paper_or_many_notes(house, sent):
    clara = signed_in(house)

    with Counted(house) as before:
        clara.get(f"/office/files/{sent[1]}")
    for n in range(12):
        clara.send(f"/office/files/{sent[1]}/notes", {"body": f"Note {n}"}, form=f"/office/files/{sent[1]}")
    with Counted(house) as after:
        page = clara.get(f"/office/files/{sent[1]}").text

    assert "Note 11" in page
    assert len(before.statements) == len(after.statements) <= 10


def test_accepting_keeps_the_facts_as_seen_and_leads_to_the_next_paper(house, sent):
    clara = signed_in(house)
    row_id = requirement(house, sent[0], "passport")[0]

    answer = judge(clara, paper(sent, row_id), row_id, "accepted", **{
        "fact_expires_on-day": "2", "fact_expires_on-month": "1", "fact_expires_on-year": "2031",
        "fact_shows_birth_place": "yes"})

    assert answer.status_code == 303
    assert requirement(house, sent[0], "passport")[3] == "accepted"
    assert "2 Jan 2031" in clara.get(paper(sent, row_id)).text
    assert verdicts(house, sent[0]) == ["accepted"]


def test_a_refusal_without_a_reason_is_not_taken_and_keeps_the_words(house, sent):
    clara = signed_in(house)
    row_id = requirement(house, sent[0], "passport")[0]

    answer = judge(clara, paper(sent, row_id), row_id, "refused", note="The corner is missing")

    assert answer.status_code == 422
    assert "Tick at least one reason" in answer.text
    assert "The corner is missing" in answer.text
    assert not verdicts(house, sent[0])


def test_a_refusal_drafts_the_request_with_the_caseworkers_words(house, sent):
    clara = signed_in(house)
    row_id = requirement(house, sent[0], "passport")[0]

    judge(clara, paper(sent, row_id), row_id, "refused", reasons=["cut_off"], note="The lower corner, please")

    page = clara.get(f"/office/files/{sent[1]}/ask").text
    assert "The lower corner, please" in page
    assert "A part of the page is outside the picture" in page


def test_two_people_judge_the_same_sight_the_second_learns_who_was_first_and_loses_no_word(house, sent):
    clara, carl = signed_in(house), signed_in(house, "carl")
    row_id = requirement(house, sent[0], "passport")[0]
    page = carl.get(paper(sent, row_id)).text
    seen = {name: hidden(page, name) for name in ("csrf_token", "seen_hash", "seen_verdict_id")}
    judge(clara, paper(sent, row_id), row_id, "accepted")

    answer = carl.client.post(f"/office/files/{sent[1]}/papers/{row_id}/verdict", data={
        **seen, "verdict": "refused", "reasons": ["cut_off"], "note": "Carl's long thought"})

    assert answer.status_code == 409
    assert "Clara" in answer.text
    assert "Carl&#39;s long thought" in answer.text
    assert verdicts(house, sent[0]) == ["accepted"]


def test_a_double_press_judges_once(house, sent):
    clara = signed_in(house)
    row_id = requirement(house, sent[0], "passport")[0]
    page = clara.get(paper(sent, row_id)).text
    form = {name: hidden(page, name) for name in ("csrf_token", "seen_hash", "seen_verdict_id", "idempotency_key")}
    key = re.search(r'verdict" method="post".*?name="idempotency_key" value="(\w+)"', page, re.DOTALL).group(1)

    for _ in range(2):
        answer = clara.client.post(f"/office/files/{sent[1]}/papers/{row_id}/verdict",
                                   data={**form, "idempotency_key": key, "verdict": "accepted"})
        assert answer.status_code == 303

    assert verdicts(house, sent[0]) == ["accepted"]


@pytest.mark.parametrize("name", ["dora", "otto", "ada"])
def test_nobody_but_the_files_own_caseworkers_judges(house, sent, name):
    other = signed_in(house, name)
    row_id, seen_hash, *_ = requirement(house, sent[0], "passport")

    answer = other.send(f"/office/files/{sent[1]}/papers/{row_id}/verdict",
                        {"verdict": "accepted", "seen_hash": seen_hash}, form="/way-in")

    assert answer.status_code == 404
    assert not verdicts(house, sent[0])


def test_a_paper_of_another_file_is_not_judged_by_this_files_address(house, sent):
    other_id, _ = in_house(house, world.amira_sends)
    row_id = requirement(house, other_id, "passport")[0]

    answer = judge(signed_in(house), f"/office/files/{sent[1]}", row_id, "accepted")

    assert answer.status_code == 404
    assert not verdicts(house, other_id)


def test_waiving_needs_a_reason(house, sent):
    clara = signed_in(house)
    row_id = requirement(house, sent[0], "passport")[0]

    empty = clara.send(f"/office/files/{sent[1]}/papers/{row_id}/waive", {"why": " ", "seen_verdict_id": ""},
                       form=paper(sent, row_id))
    assert (empty.status_code, verdicts(house, sent[0])) == (422, [])
    clara.send(f"/office/files/{sent[1]}/papers/{row_id}/waive", {"why": "Seen at the desk", "seen_verdict_id": ""},
               form=paper(sent, row_id))
    assert verdicts(house, sent[0]) == ["waived"]


# --- who works on it ----------------------------------------------------------------------------------------------


def holder(house, file_id):
    return house.rows(select(Application.holder_id).where(Application.id == file_id))[0]


def test_a_file_is_claimed_handed_over_and_let_go(house, sent):
    clara, carl = signed_in(house), signed_in(house, "carl")
    here, staff = f"/office/files/{sent[1]}", house.made.staff

    clara.send(f"{here}/claim", {"seen_holder": ""}, form=here)
    assert holder(house, sent[0]) == staff["clara"].id
    clara.send(f"{here}/hand-over", {"colleague": str(staff["carl"].id), "seen_holder": str(staff["clara"].id)})
    assert holder(house, sent[0]) == staff["carl"].id
    carl.send(f"{here}/let-go", {"seen_holder": str(staff["carl"].id)}, form=here)
    assert holder(house, sent[0]) is None


def test_nobody_takes_a_file_from_under_a_colleagues_hands(house, sent):
    clara, carl = signed_in(house), signed_in(house, "carl")
    here = f"/office/files/{sent[1]}"
    clara.send(f"{here}/claim", {"seen_holder": ""}, form=here)

    answer = carl.send(f"{here}/claim", {"seen_holder": ""}, form=here)

    assert answer.status_code == 409
    assert holder(house, sent[0]) == house.made.staff["clara"].id


def test_a_file_is_handed_only_to_somebody_who_works_there(house, sent):
    here = f"/office/files/{sent[1]}"

    answer = signed_in(house).send(f"{here}/hand-over",
                                   {"colleague": str(house.made.staff["otto"].id), "seen_holder": ""})

    assert answer.status_code == 422
    assert holder(house, sent[0]) is None


def test_where_to_go_next_is_never_another_server(house, sent):
    here = f"/office/files/{sent[1]}"

    answer = signed_in(house).send(f"{here}/claim", {"seen_holder": "", "next": "//evil.example/"}, form=here)

    assert answer.location == here


# --- refusing -----------------------------------------------------------------------------------------------------


def test_a_refusal_is_two_peoples_work(house, sent):
    clara, carl, here = signed_in(house), signed_in(house, "carl"), f"/office/files/{sent[1]}"
    amira = house.run(house.made.people, sent[0])["applicant"]

    clara.send(f"{here}/people/{amira}/refuse", {"grounds": ["no_lawful_stay"], "why": "No permit at all"})
    decision = house.rows(select(Decision.id).where(Decision.application_id == sent[0]))[0]
    alone = clara.send(f"{here}/decisions/{decision}/confirm", form=here)
    assert alone.status_code == 409
    assert house.rows(select(Decision.status)) == ["proposed"]

    shown = carl.get(f"{here}/decisions/{decision}/return").text
    assert "No permit at all" in shown
    carl.send(f"{here}/decisions/{decision}/return", {"why": "She has one"})
    assert house.rows(select(Decision.status)) == ["returned"]
    assert "She has one" in clara.get(here).text


def test_notes_are_for_staff_only_and_an_empty_one_is_not_kept(house, sent):
    clara, here = signed_in(house), f"/office/files/{sent[1]}"

    clara.send(f"{here}/notes", {"body": "<b>Call back</b>"}, form=here)
    clara.send(f"{here}/notes", {"body": "  "}, form=here)

    assert house.rows(select(Note.body)) == ["<b>Call back</b>"]
    assert "&lt;b&gt;Call back" in clara.get(here).text


def test_something_extra_is_in_the_next_request_and_not_sent_by_itself(house, sent):
    clara, here = signed_in(house), f"/office/files/{sent[1]}"

    clara.send(f"{here}/extra", {"title": "Letter from the landlord", "why": "The contract names another street"})

    assert house.rows(select(Requirement.status).where(Requirement.origin == "staff")) == ["missing"]
    assert "Letter from the landlord" in clara.get(f"{here}/ask").text
    assert house.run(lambda: house.made.file(sent[0]).stage) != "waiting_for_applicant"
    house.run(db.session.remove)
