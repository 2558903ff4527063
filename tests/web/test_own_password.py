"""Staff choose a new password: by the old one, with all faults at once, and everywhere else they are out."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from accounts import passwords
from accounts.models import Staff
from audit.models import AuditEntry
from tests.support.world import PASSWORD

PAGE = "/staff/password"
NEW = "eleven quiet boats at noon"
GOOD = {"now": PASSWORD, "new": NEW, "again": NEW}


def kept(house):
    return house.rows(select(Staff.password_hash).where(Staff.email == "clara@house.example"))[0]


@pytest.fixture
def clara(house):
    browser = house.browser()
    browser.sign_in()
    return browser


def test_a_new_password_counts_at_once_and_the_old_one_no_more(house, clara):
    answer = clara.send(PAGE, GOOD)

    assert (answer.status_code, answer.location) == (303, "/staff/")
    assert passwords.fits(kept(house), NEW)
    assert house.browser().sign_in(password=PASSWORD).status_code == 422
    assert house.browser().sign_in(password=NEW).status_code == 303
    assert "change_own_password" in [entry.action for entry in house.rows(select(AuditEntry))]


def test_she_stays_signed_in_here_and_is_out_everywhere_else(house, clara):
    phone = house.browser()
    phone.sign_in()

    clara.send(PAGE, GOOD)

    assert clara.get("/office/").status_code == 200
    assert phone.get("/office/").status_code == 303


def test_whoever_does_not_know_the_old_one_changes_nothing_and_it_is_noted(house, clara):
    before = kept(house)

    answer = clara.send(PAGE, {**GOOD, "now": "not the password at all"})

    assert answer.status_code == 422
    assert "not the password you have now" in answer.text
    assert kept(house) == before
    assert house.rows(select(Staff.wrong_tries).where(Staff.email == "clara@house.example")) == [1]


@pytest.mark.parametrize(("fields", "words"), [
    ({"new": "short", "again": "short"}, "Take at least 12 signs"),
    ({"new": "clara likes long words", "again": "clara likes long words"}, "Leave your name"),
    ({"new": "aaaabbbbaaaabbbb", "again": "aaaabbbbaaaabbbb"}, "more different signs"),
    ({"again": "eleven loud boats at noon"}, "are not the same"),
    ({"new": PASSWORD, "again": PASSWORD}, "This is the password you have now. Take another one"),
    ({"new": ""}, "Give a new password"),
    ({"now": ""}, "Give the password you have now"),
])
def test_what_is_wrong_is_said_in_words_and_nothing_changes(house, clara, fields, words):
    before = kept(house)

    answer = clara.send(PAGE, {**GOOD, **fields})

    assert answer.status_code == 422
    assert words in answer.text
    assert NEW not in answer.text
    assert kept(house) == before


def test_guessing_the_old_one_at_an_open_session_stops(house, clara):
    answers = [clara.send(PAGE, {**GOOD, "now": f"a guess number {n} of many"}) for n in range(12)]

    assert answers[0].status_code == 422
    assert answers[-1].status_code == 429
    assert clara.send(PAGE, GOOD).status_code == 429
    assert not passwords.fits(kept(house), NEW)


def test_nobody_finds_the_page_without_being_signed_in(house):
    assert house.browser().get(PAGE).status_code == 303


@pytest.mark.parametrize(("name", "page"), [("clara", "/office/"), ("dora", "/desk/"), ("ada", "/admin/")])
def test_every_home_leads_there(house, name, page):
    browser = house.browser()
    browser.sign_in(name)

    assert f'href="{PAGE}"' in browser.get(page, follow_redirects=True).text
