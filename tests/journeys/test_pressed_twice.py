"""An impatient thumb, a slow network, the back button: what was sent once is sent once."""

import pytest

from tests.support.amira import Amira

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["scripted", "plain"])


def presses_twice(amira, words):
    """The second press while the first is still on its way."""
    button = amira.page.get_by_role("button", name=words).first
    amira.comes_to_a_page(button.dblclick)
    amira.page.wait_for_load_state("networkidle")


@WITH_AND_WITHOUT
def test_who_presses_send_twice_has_sent_one_file(somebody, javascript):
    amira = somebody(Amira, javascript=javascript)
    amira.has_filled_in()
    amira.goes_to("/file/send")
    amira.ticks("main [name=declared]")

    presses_twice(amira, "Sign and send")

    amira.goes_to("/file/sent")
    assert amira.reference in amira.reads
    assert amira.mails.count("We have your file") == 1


@WITH_AND_WITHOUT
def test_who_presses_book_twice_has_one_time(somebody, javascript):
    amira = somebody(Amira, javascript=javascript)
    amira.has_sent()
    amira.goes_to("/file/booking")
    wanted = amira.offered[0]

    presses_twice(amira, "Take this time")

    amira.goes_to("/file/booking")
    assert "Your meeting" in amira.reads
    assert sum(subject.startswith("Your time:") for subject in amira.mails) == 1
    amira.goes_to("/file/booking?move=1")
    assert wanted in amira.offered, "one seat of two is hers; she could stay there"


def test_the_back_button_after_sending_brings_nothing_to_send_again(somebody):
    amira = somebody(Amira)
    amira.has_filled_in()
    amira.checks_and_sends()
    mails = list(amira.mails)

    amira.comes_to_a_page(amira.page.go_back)

    assert amira.page.get_by_role("button", name="Sign and send").count() == 0
    assert amira.reference in amira.reads, "she sees where her file is now"
    assert amira.mails == mails
