"""Which checklists the front page offers: those of places that an office of this house works for."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from applications.models import Application
from checklists import library
from extensions import db
from tests.web.applicant.walking import Fields


def test_topics_of_a_place_nobody_works_for_are_not_shown(house):
    page = house.browser().get("/").text
    assert "I have a job in Denmark" in page
    assert "I have a job in Sweden" not in page


def test_their_addresses_lead_nowhere(house):
    assert house.browser().get("/topic/se-personnummer.work").status_code == 404


@pytest.mark.usefixtures("stockholm")
def test_once_an_office_works_for_a_place_its_checklists_are_shown(house):
    page = house.browser().get("/").text
    assert "I have a job in Denmark" in page
    assert "I have a job in Sweden" in page
    assert "I come to Sweden for less than a year" in page


@pytest.mark.usefixtures("stockholm")
def test_triage_of_another_country_leads_to_the_papers_and_to_a_file(house):
    browser = house.browser()
    page = answered(
        browser,
        "/topic/se-personnummer.work",
        stay_months="24", citizenship="IT", municipality="stockholm", care_of="no", children_move="no",
    )
    assert "Certificate of employment" in page
    assert house.rows(db.select(Application)) == [], "nothing is stored before she says so"


def answered(browser, path: str, **answers: str) -> str:
    """Go through triage; answers by question id. Returns the page after the last one."""
    page = browser.get(path).text
    for _ in range(len(answers)):
        fields = [pair for pair in Fields(page).to(path) if not pair[0].startswith("q_")]
        asking = dict(fields)["asking"]
        question = asking.rpartition(".")[2]
        page = browser.client.post(path, data=MultiDict([*fields, (f"q_{question}", answers[question])])).text
    return page


@pytest.mark.usefixtures("stockholm")
def test_another_checklist_of_the_country_begins_with_what_was_answered(house):
    browser, path = house.browser(), "/topic/se-personnummer.work"
    page = answered(browser, path, stay_months="6")
    assert "there is the coordination number" in page
    onward = "/topic/se-samordningsnummer.short_stay"
    assert "/topic/se-samordningsnummer.from_abroad" not in page, "who stays six months does not stay abroad"

    page = browser.client.post(onward, data=MultiDict(Fields(page).to(onward))).text

    assert "How many months will you live in Sweden?" not in page
    assert "In which Swedish municipality will you live, work or own something?" in page


@pytest.mark.usefixtures("stockholm")
def test_a_checklist_this_house_does_not_offer_is_no_way_on(house, monkeypatch):
    monkeypatch.setattr(library, "names", lambda: ["dk-cpr", "se-personnummer"])
    page = answered(house.browser(), "/topic/se-personnummer.work", stay_months="6")
    assert "there is the coordination number" in page
    assert "se-samordningsnummer" not in page
