"""Every page of a file: only its owner sees it, looking changes nothing, errors keep what was typed, few statements."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from sqlalchemy import select

from applications.models import Answer, Application, Paper, Person, Requirement, StateChange
from audit.models import AuditEntry
from extensions import db
from notifications.models import Outbox
from tests.support import world as w
from tests.support.statements import FRAME, asked_of
from tests.web.applicant.walking import (
    Walker,
    answer_everything,
    fill_in_everything,
    lead_id,
    sent,
    started,
    upload,
)

STATEMENTS_MOST = 10
TABLES = (Application, Person, Requirement, Answer, Paper, StateChange, AuditEntry, Outbox)


@contextmanager
def statements(house):
    """The statements sent to the database meanwhile."""
    with house.app.app_context():
        engine = db.engine
    with asked_of(engine, but=FRAME) as found:
        yield found


def pages_of(amira: Walker) -> list[str]:
    lead, passport = lead_id(amira), amira.requirement("passport").id
    return [
        "/file",
        "/file/started",
        "/file/answers/move/0",
        f"/file/answers/about/{lead}",
        f"/file/papers/{passport}",
        f"/file/papers/{passport}/cannot",
        "/file/people",
        "/file/send",
        "/file/sent",
        "/file/booking",
        "/file/booking/day",
        "/file/questions",
        "/file/withdraw",
    ]


def counts(house) -> dict[str, int]:
    return {table.__tablename__: len(house.rows(select(table))) for table in TABLES}


def test_looking_at_every_page_changes_nothing(house):
    amira = started(house)
    before = counts(house)

    for path in pages_of(amira):
        amira.open(path)
        assert amira.status == 200, path

    assert counts(house) == before


def test_who_is_not_signed_in_is_led_to_the_way_in(house):
    amira = started(house)
    stranger = Walker(house)

    for path in pages_of(amira):
        stranger.open(path)
        assert "Open your file" in stranger.page, path
        assert amira.files()[0].reference not in stranger.page


def test_another_applicant_gets_404_for_her_papers_pages_and_people(house):
    amira = started(house)
    answer_everything(amira)
    upload(amira, "passport", {}, choice="passport")
    hers = {"paper": amira.requirement("passport").id, "person": lead_id(amira)}
    ben = started(house, "ben@example.org")

    for path in (
        f"/file/papers/{hers['paper']}",
        f"/file/papers/{hers['paper']}/cannot",
        "/file/uploads/1/pages/1",
        f"/file/answers/about/{hers['person']}",
        f"/file/people/{hers['person']}/remove",
    ):
        ben.open(path)
        assert ben.status == 404, path
    token = csrf_of(ben)
    for path in (
        f"/file/papers/{hers['paper']}",
        f"/file/papers/{hers['paper']}/bring",
        "/file/uploads/1/remove",
        f"/file/answers/about/{hers['person']}",
        f"/file/people/{hers['person']}/later",
    ):
        answer = ben.client.post(path, data={"csrf_token": token, "step": "later"})
        assert answer.status_code == 404, path


def csrf_of(walker: Walker) -> str:
    from tests.web.applicant.walking import Fields

    page = walker.open("/file/withdraw")
    return next(value for _, fields in Fields(page).forms for name, value in fields if name == "csrf_token")


@pytest.mark.parametrize("path", ["/file", "/file/answers/move/0", "/file/send", "/file/people"])
def test_pages_of_a_draft_need_few_statements(house, path):
    amira = started(house)
    fill_in_everything(amira)
    amira.open(path)

    with statements(house) as found:
        amira.open(path)

    assert amira.status == 200
    assert len(found) <= STATEMENTS_MOST, "\n".join(found)


def test_pages_of_a_sent_file_need_few_statements(house):
    amira = sent(house)

    for path in ("/file", f"/file/papers/{amira.requirement('passport').id}"):
        with statements(house) as found:
            amira.open(path)
        assert len(found) <= STATEMENTS_MOST, path + "\n" + "\n".join(found)


def test_an_error_keeps_what_was_typed_and_stores_nothing(house):
    amira = started(house)
    before = counts(house)

    amira.send(
        "/file/answers/move/0",
        {
            "q_address": "Nørregade 1 <b>",
            "q_moving_date-day": "41",
            "q_moving_date-month": "1",
            "q_moving_date-year": "2027",
        },
    )

    assert amira.status == 422
    assert "Nørregade 1 &lt;b&gt;" in amira.page
    assert 'value="41"' in amira.page
    assert "not a day in the calendar" in amira.page
    assert counts(house) == before


def test_a_half_typed_page_can_be_saved_so_far_without_complaint(house):
    amira = started(house)
    amira.open("/file/answers/move/0")
    token = csrf_of(amira)

    answer = amira.client.post("/file/answers/move/0/so-far", data={"csrf_token": token, "q_address": "Nørregade 1"})

    assert answer.text == "Saved"
    assert "Nørregade 1" in amira.open("/file/answers/move/0")
    assert "4 answers are missing" not in amira.open("/file")


def test_questions_that_follow_from_an_answer_are_asked_on_the_same_page(house):
    amira = started(house)
    about = f"/file/answers/about/{lead_id(amira)}"

    amira.send(
        about,
        {
            "q_full_name": "Amira Haddad",
            "q_sex": "female",
            "q_birth_date": "1998-03-27",
            "q_birth_place": "Madrid",
            "q_civil_status": "married",
        },
    )

    assert "a few more questions" in amira.page
    assert "Since which day?" in amira.page
    assert "Marriage certificate" in amira.open("/file")


def test_a_file_that_cannot_be_read_is_refused_in_words_and_the_others_are_kept(house):
    amira = started(house)
    answer_everything(amira)
    paper = f"/file/papers/{amira.requirement('eu_residence_document').id}"

    amira.send(paper, files=[("notes.txt", b"hello"), ("page.jpg", w.a_photo(5))], on=paper)

    assert amira.status == 422
    assert "notes.txt" in amira.page
    assert "page.jpg" in amira.page
    assert "The picture is being made" in amira.page


def test_pages_are_ordered_and_removed(house):
    amira = started(house)
    paper = f"/file/papers/{amira.requirement('eu_residence_document').id}"
    amira.send(paper, files=[("one.jpg", w.a_photo(5)), ("two.jpg", w.a_photo(6))], on=paper)
    assert amira.page.index("one.jpg") < amira.page.index("two.jpg")

    amira.send("/file/uploads/2/move")
    assert amira.page.index("two.jpg") < amira.page.index("one.jpg")

    amira.send("/file/uploads/1/remove")
    assert "one.jpg" not in amira.page
    assert "two.jpg" in amira.page


def test_a_paper_may_be_promised_only_where_the_checklist_allows(house):
    amira = started(house)
    lead = lead_id(amira)
    amira.send(
        f"/file/answers/before/{lead}",
        {
            "q_last_country": "ES",
            "q_last_address": "Calle 1",
            "q_earlier_number": "no_never",
            "q_lived_in_denmark": "no",
            "q_has_eu_document": "applied",
        },
    )

    paper = f"/file/papers/{amira.requirement('eu_residence_document').id}"
    amira.send(f"{paper}/bring", on=paper)
    assert "You will bring it" in amira.open("/file")

    assert "/bring" not in amira.open(f"/file/papers/{amira.requirement('passport').id}")


def test_she_says_that_she_cannot_get_a_paper(house):
    amira = started(house)
    cannot = f"/file/papers/{amira.requirement('passport').id}/cannot"

    amira.send(cannot, {"told": " "})
    assert amira.status == 422
    amira.send(cannot, {"told": "It burned."})

    assert "look for another way" in amira.page
    assert "We think about another way" in amira.open("/file")
    assert amira.requirement("passport").told == "It burned."


def test_a_child_is_added_and_taken_off(house):
    amira = started(house)
    amira.send("/file/answers/family/0", {"q_children_move": "yes"})

    amira.send("/file/people/add", on="/file/people")
    assert "Added." in amira.page
    child = house.rows(select(Person).where(Person.role == "child"))[0]

    amira.open(f"/file/people/{child.id}/remove")
    amira.send(f"/file/people/{child.id}/remove")
    assert "not on the file any more" in amira.page
    assert f"/file/people/{child.id}/remove" not in amira.page


def test_pressing_start_twice_makes_one_file(house):
    amira = Walker(house)
    amira.triage()
    page = amira.page

    amira.send("/start/dk-cpr.study", {"email": "amira@example.org"})
    amira.page = page
    amira.send("/start/dk-cpr.study", {"email": "amira@example.org"})

    assert len(amira.files()) == 1


def test_the_front_door_is_found_by_words_of_other_languages(house):
    amira = Walker(house)

    assert "I come to study" in amira.open("/?q=universi")
    assert "I have a job" not in amira.page
    assert "I have a job" in amira.open("/?q=عمل")
    assert "We found nothing" in amira.open("/?q=zzzz")


def test_an_unknown_topic_is_404(house):
    amira = Walker(house)

    amira.open("/topic/nothing")

    assert amira.status == 404


def test_going_back_in_triage_shows_the_answer_given(house):
    amira = Walker(house)
    amira.open("/topic/dk-cpr.study")
    amira.send("/topic/dk-cpr.study", {"q_stay_months": "24"})

    fields = {"back": "stay_months", "t_stay_months": "24"}
    token = csrf_from(amira.page)
    answer = amira.client.post("/topic/dk-cpr.study", data={"csrf_token": token, **fields})

    assert 'value="24"' in answer.text
    assert "How many months" in answer.text


def csrf_from(page: str) -> str:
    from tests.web.applicant.walking import Fields

    return next(value for _, fields in Fields(page).forms for name, value in fields if name == "csrf_token")
