"""What a program reads before there is a file, in the language it asks for."""

from __future__ import annotations


def test_the_checklists_that_the_house_offers(system):
    listed = system.get("/checklists").json["checklists"]

    assert [each["name"] for each in listed] == ["dk-cpr"]
    assert listed[0]["country"] == "DK"


def test_one_checklist_tells_its_questions_and_papers_with_their_words(system):
    found = system.get("/checklists/dk-cpr").json

    questions = {each["id"]: each for each in found["questions"]}
    assert questions["stay_months"]["type"] == "number"
    assert questions["stay_months"]["in_triage"] is True
    assert "copenhagen" in [each["value"] for each in questions["municipality"]["options"]]
    assert "passport" in [each["id"] for each in found["documents"]]
    assert "applicant.citizenship" in found["triage"]


def test_words_come_in_the_language_that_is_asked_for(system):
    english, arabic = system.get("/checklists/dk-cpr"), system.get("/checklists/dk-cpr", language="ar")

    assert (english.headers["Content-Language"], arabic.headers["Content-Language"]) == ("en", "ar")
    assert english.json["questions"][0]["id"] == arabic.json["questions"][0]["id"]
    assert english.json["title"] != arabic.json["title"]


def test_a_checklist_that_is_not_offered_is_a_problem_with_words(system):
    answer = system.get("/checklists/nowhere", language="ar")

    assert (answer.status_code, answer.json["code"]) == (404, "not_found")
    assert answer.headers["Content-Language"] == "ar"
    assert answer.json["title"] != system.get("/checklists/nowhere").json["title"]


def test_an_address_that_is_not_there_is_a_problem_too(system):
    answer = system.get("/nothing")

    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_a_language_in_the_address_is_no_redirect_here(system):
    assert system.get("/checklists?lang=ar").status_code == 200


def test_the_description_is_openapi_and_asks_nobody_for_a_key(house):
    found = house.app.test_client().get("/api/v1/openapi.json").json

    assert found["openapi"].startswith("3.1")
    assert "/api/v1/checklists/{name}" in found["paths"]
    assert found["components"]["schemas"]["Problem"]["properties"].keys() >= {"type", "title", "status", "refusals"}
