"""From the front door to a file on its way, by the pages alone, without a script."""

from __future__ import annotations

from tests.web.applicant.walking import Walker, fill_in_everything, started


def test_triage_stores_nothing_and_the_start_makes_one_file(house):
    amira = Walker(house)
    amira.triage()
    assert "What you will need" in amira.page
    assert amira.files() == []

    amira.start("amira@example.org")

    assert len(amira.files()) == 1
    assert "What is left to do" in amira.open("/file")


def test_a_short_stay_is_shown_the_right_door_and_nothing_is_kept(house):
    amira = Walker(house)

    amira.triage(stay_months="2")

    assert "no CPR number" in amira.page
    assert amira.files() == []


def test_a_whole_file_is_answered_uploaded_and_sent(house):
    amira = started(house)

    fill_in_everything(amira)
    amira.send("/file/send", {"declared": "y"})

    assert "We have your file" in amira.page
    assert "We look at your papers" in amira.open("/file")
    assert amira.files()[0].state == "open"
