"""Pages are in the reader's language; the choice is remembered, and the address stays clean."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

import i18n


@pytest.fixture
def arabic(house):
    """Arabic is offered, whether its catalogue was compiled for this run or not."""
    house.app.extensions["klarsag_languages"] = ("en", "ar")
    return house


def test_the_browsers_language_decides_for_a_stranger(arabic):
    page = arabic.browser().get("/way-in", headers={"Accept-Language": "ar-SY,ar;q=0.9,en;q=0.5"}).text
    assert '<html lang="ar" dir="rtl">' in page


def test_a_language_we_do_not_speak_gets_the_house_s_own(arabic):
    assert '<html lang="en" dir="ltr">' in arabic.browser().get("/way-in", headers={"Accept-Language": "xx"}).text


def test_her_choice_outweighs_her_browser_and_stays(arabic):
    reader = arabic.browser()
    answer = reader.get("/language/ar?next=/way-in")
    assert answer.headers["Location"] == "/way-in"
    assert 'dir="rtl"' in reader.get("/way-in", headers={"Accept-Language": "en"}).text


def test_the_language_in_an_address_is_remembered_and_leaves_the_address(arabic):
    reader = arabic.browser()
    answer = reader.get("/way-in?next=/file&lang=ar")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/way-in?next=%2Ffile"
    assert 'lang="ar"' in reader.get("/way-in").text


def test_an_unknown_language_in_an_address_changes_nothing(arabic):
    reader = arabic.browser()
    assert reader.get("/way-in?lang=%3Cscript%3E").headers["Location"] == "/way-in"
    assert 'lang="en"' in reader.get("/way-in").text
    assert reader.get("/language/xx").status_code == 404


@pytest.mark.parametrize("then", ["//evil.example", "https://evil.example"])
def test_the_switch_leads_to_no_strangers_server(arabic, then):
    assert arabic.browser().get(f"/language/ar?next={then}").headers["Location"] == "/"


def test_every_page_offers_each_language_by_its_own_name_and_comes_back_to_itself(arabic):
    page = arabic.browser().get("/way-in?next=/file").text
    assert 'href="/language/ar?next=/way-in?next%3D/file"' in page
    assert "العربية" in page


def test_errors_are_in_the_readers_language_too(arabic):
    assert 'dir="rtl"' in arabic.browser().get("/nothing-here", headers={"Accept-Language": "ar"}).text


def test_only_languages_with_a_catalogue_are_offered(tmp_path):
    assert i18n.offered(("en", "ar", "uk"), tmp_path) == ("en",)
    (tmp_path / "uk" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "uk" / "LC_MESSAGES" / "messages.mo").touch()
    assert i18n.offered(("en", "ar", "uk"), tmp_path) == ("en", "uk")


def test_days_are_said_in_full_with_their_weekday():
    day = date(2026, 12, 4)
    assert i18n.day_words(day, "en") == "Friday 4 December 2026"
    assert "ديسمبر" in i18n.day_words(day, "ar")


def test_times_are_those_of_the_office_on_both_sides_of_the_change_of_clocks():
    assert i18n.time_words(datetime(2026, 3, 29, 0, 30, tzinfo=UTC), "Europe/Copenhagen", "en") == "01:30"
    assert i18n.time_words(datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "Europe/Copenhagen", "en") == "03:30"


def test_direction_and_name_come_with_the_language():
    assert (i18n.direction("ar"), i18n.direction("en"), i18n.direction("fa")) == ("rtl", "ltr", "rtl")
    assert i18n.own_name("da") == "Dansk"
