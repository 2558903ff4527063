"""Everything was right at once: Amira comes one single time and leaves with her number."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from tests.support.amira import Amira
from tests.support.staff_people import NUMBER

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def test_who_sends_everything_right_comes_once_and_leaves_with_the_number(people, somebody):
    amira, clara, dora = people

    amira.sends_everything()
    assert amira.reference in amira.reads
    assert amira.mails[-1] == "We have your file"

    clara.finds_in_worklist(amira.reference)
    clara.accepts("Proof of your address", "Passport", "EU residence document")
    assert "This file is complete" in clara.reads
    assert amira.mails[-1] == "Your file is complete: book a time"

    tablet = somebody(Amira)
    tablet.comes_back(amira.reference)
    assert tablet.reference in tablet.reads
    starts_at = tablet.books()
    assert f"{starts_at.astimezone(COPENHAGEN):%Y%m%dT%H%M%S}" in tablet.fetches("/file/booking/meeting.ics")
    assert amira.mails[-1].startswith("Your time: Tuesday 1 December 2026")

    amira.house.until(starts_at - timedelta(minutes=10))
    dora.comes_to_work()
    dora.receives(amira.reference)
    dora.sees()
    dora.records("issued", NUMBER)
    dora.ends()
    assert "Has the number" in dora.reads
    assert amira.mails[-1] == "After your visit"
    assert not any(NUMBER in mail.text + mail.html for mail in amira.house.mail.mails)
