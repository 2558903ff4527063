"""One paper on one page: its kind, its facts and its files travel together, and nothing that is right is lost."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

import clock
from applications.models import Paper, StateChange
from extensions import db, services
from tests.support import world as w
from tests.web.applicant.walking import Walker, answer_everything, as_sent, started, upload
from tests.web.conftest import house_on
from uploads.models import Upload

PASSPORT = {"choice": "passport", "q_expires_on": "2031-01-01", "q_shows_birth_place": "yes"}
PHOTO = ("page.jpg", w.a_photo(1))


def at_her_papers(house) -> Walker:
    amira = started(house)
    answer_everything(amira)
    return amira


def page_of(amira: Walker, item: str) -> str:
    return f"/file/papers/{amira.requirement(item).id}"


def kept(house, document: str) -> Paper | None:
    return next(iter(house.rows(select(Paper).where(Paper.document_id == document))), None)


def stated(paper: Paper, fact: str):
    return paper.facts[fact]["stated"]["v"]


def test_kind_facts_and_files_are_kept_by_one_press_and_the_next_missing_thing_is_shown(house):
    amira = at_her_papers(house)
    passport = page_of(amira, "passport")

    amira.send(passport, PASSPORT, files=[PHOTO, ("back.jpg", w.a_photo(2))], on=passport)

    paper = kept(house, "passport")
    assert (paper.choice, stated(paper, "expires_on")) == ("passport", "2031-01-01")
    assert [each.original_name for each in house.rows(select(Upload).order_by(Upload.id))] == ["page.jpg", "back.jpg"]
    assert "Proof of your address" in re.search("<h1>.*</h1>", amira.page).group()


def test_one_press_is_one_transaction(house):
    amira = at_her_papers(house)
    versions = amira.files()[0].version

    upload(amira, "passport", {"q_expires_on": "2031-01-01", "q_shows_birth_place": "yes"}, choice="passport")

    made = house.rows(select(StateChange).where(StateChange.version > versions).order_by(StateChange.version))
    assert [each.event for each in made] == ["save_answers", "attach_document"]
    assert len({each.at for each in made}) == 1


def test_the_last_paper_leads_to_check_and_send(house):
    amira = at_her_papers(house)
    upload(amira, "passport", {"q_expires_on": "2031-01-01", "q_shows_birth_place": "yes"}, choice="passport")
    upload(amira, "eu_residence_document", {"q_issued_on": "2026-11-01"}, seed=3)
    assert "Proof of your address" in re.search("<h1>.*</h1>", amira.page).group()

    upload(amira, "proof_of_address", {"q_from": "2026-12-01"}, choice="rental_contract", seed=2)

    assert "Check and send" in amira.page
    assert "Sign and send my file" in amira.page


def test_files_and_what_is_right_are_kept_when_something_else_is_wrong(house):
    amira = at_her_papers(house)
    passport = page_of(amira, "passport")
    wrong = {"q_expires_on-day": "41", "q_expires_on-month": "1", "q_expires_on-year": "2031"}

    amira.send(passport, {"choice": "passport", "q_shows_birth_place": "yes", **wrong}, files=[PHOTO], on=passport)

    assert amira.status == 422
    assert "What was right is saved" in amira.page
    assert "not a day in the calendar" in amira.page
    assert 'value="41"' in amira.page
    assert "page.jpg" in amira.page
    assert (kept(house, "passport").choice, stated(kept(house, "passport"), "shows_birth_place")) == ("passport", True)
    assert len(house.rows(select(Upload))) == 1

    amira.send(passport, as_sent("q_expires_on", "2031-01-01"))

    assert stated(kept(house, "passport"), "expires_on") == "2031-01-01"
    assert len(house.rows(select(Upload))) == 1
    assert "Proof of your address" in re.search("<h1>.*</h1>", amira.page).group()


def test_a_file_that_is_refused_keeps_neither_the_facts_nor_the_other_files_back(house):
    amira = at_her_papers(house)
    passport = page_of(amira, "passport")

    amira.send(passport, PASSPORT, files=[("notes.txt", b"hello"), PHOTO], on=passport)

    assert amira.status == 422
    assert "notes.txt" in amira.page
    assert [each.original_name for each in house.rows(select(Upload))] == ["page.jpg"]
    assert stated(kept(house, "passport"), "expires_on") == "2031-01-01"


def test_facts_without_a_file_are_kept_and_the_file_is_asked_for(house):
    amira = at_her_papers(house)
    passport = page_of(amira, "passport")

    amira.send(passport, PASSPORT, on=passport)

    assert amira.status == 422
    assert "Choose a file first." in amira.page
    assert stated(kept(house, "passport"), "expires_on") == "2031-01-01"


def test_a_kind_that_was_not_chosen_is_asked_for_and_the_file_is_kept(house):
    amira = at_her_papers(house)
    passport = page_of(amira, "passport")

    amira.send(passport, {"q_shows_birth_place": "no"}, files=[PHOTO], on=passport)

    assert amira.status == 422
    assert "Choose which one you send." in amira.page
    assert len(house.rows(select(Upload))) == 1


def test_the_parts_of_a_kind_have_inputs_of_their_own_on_the_same_page(house):
    amira = at_her_papers(house)
    address = page_of(amira, "proof_of_address")
    page = amira.open(address)
    assert re.search(r'class="k-of" data-of="3">\s*<div[^>]*><label[^>]*>Add: Receipt of payment', page)
    said = {"choice": "booking", "q_from": "2026-12-01"}

    send_parts(amira, address, said, {"files:proof_of_address.booking": ("a.jpg", w.a_photo(5))})
    assert amira.status == 422
    assert "Choose a file for: Receipt of payment" in amira.page

    now = page_of(amira, "proof_of_address.booking")
    send_parts(amira, now, {}, {"files:proof_of_address.receipt": ("b.jpg", w.a_photo(6))})
    assert amira.status == 200
    assert amira.requirement("proof_of_address.booking").gathered
    assert amira.requirement("proof_of_address.receipt").gathered
    assert "EU residence" in re.search("<h1>.*</h1>", amira.page).group()


def send_parts(amira: Walker, path: str, said: dict, files: dict[str, tuple[str, bytes]]) -> None:
    amira.open(path)
    amira.send_files(path, said, files)


def test_both_sides_of_a_card_are_asked_for_once(house):
    amira = at_her_papers(house)
    passport = page_of(amira, "passport")

    amira.send(passport, {**PASSPORT, "choice": "national_id"}, files=[PHOTO], on=passport)
    assert "We need 2 pictures here" in amira.page

    amira.send(passport)
    assert "Proof of your address" in re.search("<h1>.*</h1>", amira.page).group()


def test_another_page_can_be_added_before_going_on(house):
    amira = at_her_papers(house)
    passport = page_of(amira, "passport")

    amira.send(passport, {**PASSPORT, "stay": "1"}, files=[PHOTO], on=passport)

    assert "page.jpg" in amira.page
    assert "Passport or identity card" in re.search("<h1>.*</h1>", amira.page).group()


def test_a_script_sends_what_is_typed_so_far_along_with_each_file(house):
    amira = at_her_papers(house)
    passport = page_of(amira, "passport")
    half = {"choice": "passport", "q_expires_on-day": "1", "q_expires_on-month": "", "q_shows_birth_place": "yes"}

    amira.send(passport, half, files=[PHOTO], on=passport, headers={"X-Upload": "1"})

    assert amira.status == 200
    assert "page.jpg" in amira.page
    assert stated(kept(house, "passport"), "shows_birth_place") is True
    assert "expires_on" not in kept(house, "passport").facts


def test_the_same_form_sent_twice_keeps_one_page(house):
    amira = at_her_papers(house)
    passport = page_of(amira, "passport")
    page = amira.open(passport)

    for _press in range(2):
        amira.page = page
        amira.send(passport, PASSPORT, files=[PHOTO])

    assert len(house.rows(select(Upload))) == 1


def test_the_same_file_chosen_again_is_kept_once_and_she_is_told(house):
    amira = at_her_papers(house)
    upload(amira, "passport", {}, choice="passport")

    upload(amira, "passport", {}, choice="passport")

    assert "We had this file already" in amira.page
    assert len(house.rows(select(Upload))) == 1
    assert len(stored(house)) == 1


def test_one_paper_and_one_file_hold_so_much_and_no_more_and_say_so(small_house):
    amira = at_her_papers(small_house)
    passport, proof = page_of(amira, "passport"), page_of(amira, "proof_of_address")

    amira.send(passport, PASSPORT, files=[(f"{n}.jpg", w.a_photo(n)) for n in range(1, 4)], on=passport)
    assert amira.status == 422
    assert "3.jpg" in amira.page
    assert "This document has 2 files already" in amira.page

    amira.send(proof, {"choice": "rental_contract"}, files=[("4.jpg", w.a_photo(4)), ("5.jpg", w.a_photo(5))], on=proof)
    assert amira.status == 422
    assert "5.jpg" in amira.page
    assert [each.original_name for each in small_house.rows(select(Upload))] == ["1.jpg", "2.jpg", "4.jpg"]
    assert len(stored(small_house)) == 3


@pytest.fixture
def small_house(databases, tmp_path_factory):
    with databases.copy("sqlite") as url:
        made = house_on(url, tmp_path_factory.mktemp("small"), DOCUMENT_MAX_FILES="2", APPLICATION_MAX_FILES="3")
        clock.use(lambda: made.made.now)
        yield made
        clock.use(None)
        with made.app.app_context():
            db.engine.dispose()


def stored(house) -> list:
    return house.run(lambda: [path for path in services().store.root.rglob("*") if path.is_file()])


def test_the_same_form_with_something_else_in_it_is_not_taken_for_a_second_press(house):
    amira = at_her_papers(house)
    passport = page_of(amira, "passport")
    page = amira.open(passport)
    amira.send(passport, PASSPORT, files=[PHOTO])

    amira.page = page
    amira.send(passport, {**PASSPORT, **as_sent("q_expires_on", "2033-03-03")}, files=[("back.jpg", w.a_photo(2))])

    assert stated(kept(house, "passport"), "expires_on") == "2033-03-03"
    assert len(house.rows(select(Upload))) == 2
