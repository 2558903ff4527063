"""Two people, two browsers, one seat: one of them gets it, the other is told so, loses nothing and takes another."""

from extensions import db
from offices.models import OfficeHours
from tests.support.amira import Amira, Ben


def one_counter_only(house):
    """As on a day when a colleague is ill."""
    for hours in db.session.query(OfficeHours).filter_by(office_id=house.made.offices["house"]):
        hours.counters = 1
    db.session.commit()


def test_the_last_seat_goes_to_one_of_two_and_the_other_sees_what_is_free(home, somebody):
    one_counter_only(home)
    both = [somebody(Amira), somebody(Ben)]
    for each in both:
        each.has_sent()
        each.goes_to("/file/booking")
    wanted = [each.page.locator("[name=starts_at]").first.get_attribute("value") for each in both]
    assert wanted[0] == wanted[1], "both are offered the same seat"

    both[1].page.evaluate("setTimeout(() => document.querySelector('[name=starts_at]').click(), 0)")
    both[0].presses("Take this time")
    both[1].page.wait_for_load_state()

    [winner] = [each for each in both if "Your meeting" in each.reads]
    [loser] = [each for each in both if each is not winner]
    assert "Somebody took the last seat just now" in loser.reads
    assert wanted[0] not in loser.offered, "what is gone is not offered again"
    assert not any(subject.startswith("Your time:") for subject in loser.mails), "nothing is promised to two"

    got = loser.books()
    assert got.isoformat() != wanted[0]
    assert "Your meeting" in loser.reads
    assert sum(subject.startswith("Your time:") for subject in winner.mails) == 1
    assert sum(subject.startswith("Your time:") for subject in loser.mails) == 1
