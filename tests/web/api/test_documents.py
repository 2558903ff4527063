"""Handing papers in: what is right is kept, and what is wrong is told with its code."""

from __future__ import annotations

from sqlalchemy import select

from tests.support import world
from tests.web.api.filling import PAPERS, answered, begun, hand_in, requirements, sent
from uploads.models import Upload


def wanted(system):
    file = begun(system)
    answered(system, file)
    return file, requirements(system, file)["passport"]


def test_a_paper_is_handed_in_with_its_kind_its_facts_and_its_files(house, system):
    file, passport = wanted(system)
    answer = hand_in(system, file, passport["id"], files=[("pass.jpg", world.a_photo())], **PAPERS["passport"])

    assert answer.status_code == 201
    assert answer.json["taken"] == 1
    assert answer.json["requirement"]["gathered"] is True
    assert answer.json["requirement"]["missing_facts"] == []
    assert [each["name"] for each in answer.json["requirement"]["files"]] == ["pass.jpg"]
    assert len(house.rows(select(Upload))) == 1


def test_a_file_that_is_refused_is_told_by_code_and_the_others_are_kept(house, system):
    file, passport = wanted(system)
    answer = hand_in(system, file, passport["id"], files=[("pass.jpg", world.a_photo()), ("notes.txt", b"hello")])

    assert (answer.status_code, answer.json["taken"]) == (201, 1)
    assert [each["file"] for each in answer.json["refused"]] == ["notes.txt"]
    assert answer.json["refused"][0]["words"]
    assert len(house.rows(select(Upload))) == 1


def test_where_nothing_could_be_taken_it_is_a_problem_and_nothing_is_kept(house, system):
    file, passport = wanted(system)
    answer = hand_in(system, file, passport["id"], files=[("notes.txt", b"hello")])

    assert (answer.status_code, answer.json["code"]) == (422, "upload_refused")
    assert answer.json["refusals"][0]["file"] == "notes.txt"
    assert house.rows(select(Upload)) == []


def test_the_same_file_is_kept_once(house, system):
    file, passport = wanted(system)
    for _ in range(2):
        answer = hand_in(system, file, passport["id"], files=[("pass.jpg", world.a_photo())], idempotency="one")

    assert answer.status_code == 201
    assert len(house.rows(select(Upload))) == 1


def test_facts_that_cannot_be_taken_keep_the_file_back_and_are_named(house, system):
    file, passport = wanted(system)
    answer = hand_in(system, file, passport["id"], choice="passport", files=[("pass.jpg", world.a_photo())],
                     facts={"expires_on": "never", "colour": "red"})

    assert answer.status_code == 422
    assert {each["where"]: each["code"] for each in answer.json["refusals"]} == {
        "facts/expires_on": "not_a_date", "facts/colour": "not_asked"}
    assert house.rows(select(Upload)) == []


def test_a_kind_that_is_not_offered_is_refused(system):
    file, passport = wanted(system)

    answer = hand_in(system, file, passport["id"], choice="library_card")

    assert answer.json["refusals"][0]["where"] == "choice"


def test_what_a_check_finds_is_told_with_its_code_and_its_words(system):
    file, passport = wanted(system)
    answer = hand_in(system, file, passport["id"], choice="passport", files=[("pass.jpg", world.a_photo())],
                     facts={"expires_on": "2020-01-01", "shows_birth_place": True})

    assert answer.status_code == 201
    assert answer.json["requirement"]["findings"][0]["code"]
    assert answer.json["requirement"]["findings"][0]["words"]


def test_a_file_that_was_not_sent_is_taken_back_and_one_that_was_stays(house, system):
    file, passport = wanted(system)
    hand_in(system, file, passport["id"], files=[("pass.jpg", world.a_photo())])
    page = requirements(system, file)["passport"]["files"][0]

    assert system.call("DELETE", f"{file}/documents/{page['id']}").status_code == 204
    assert requirements(system, file)["passport"]["files"] == []
    assert system.call("DELETE", f"{file}/documents/{page['id']}").status_code == 404

    whole = sent(system)
    kept = requirements(system, whole)["passport"]["files"][0]
    assert system.call("DELETE", f"{whole}/documents/{kept['id']}").json["refusals"][0]["code"] == "already_sent"


def test_a_paper_that_she_cannot_get_is_said_with_the_reason(system):
    file, passport = wanted(system)

    path = f"{file}/requirements/{passport['id']}/cannot-get"

    assert system.call("POST", path, json={"told": " "}).status_code == 422
    assert system.call("POST", path, json={"told": "It is being renewed."}).status_code == 204
    assert requirements(system, file)["passport"]["status"] == "cannot_get"


def test_a_paper_that_must_be_there_before_the_meeting_is_not_promised(system):
    file, passport = wanted(system)

    answer = system.call("POST", f"{file}/requirements/{passport['id']}/promise")

    assert (answer.status_code, answer.json["refusals"][0]["code"]) == (409, "may_not_follow")


def test_fields_that_are_no_json_worth_reading_are_no_fault_of_ours(system):
    file, passport = wanted(system)
    for field in ("[" * 100_000, "1" * 9_000, "nonsense", '"\\ud800"'):
        answer = system.call("POST", f"{file}/requirements/{passport['id']}/documents", data={"facts": field},
                             content_type="multipart/form-data")
        assert answer.status_code in (400, 422), field[:10]
