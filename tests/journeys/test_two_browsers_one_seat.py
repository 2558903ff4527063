"""Two tabs, one time: the second press takes nothing, says so, and leaves the first time as it is."""

from tests.support.amira import Amira


def test_a_time_taken_in_one_browser_is_not_taken_twice(people, somebody):
    amira, _clara, _dora = people
    amira.has_sent()
    tablet = somebody(Amira)
    tablet.comes_back(amira.reference)

    amira.goes_to("/file/booking")
    tablet.goes_to("/file/booking")
    amira.presses("Take this time")
    tablet.presses("Take this time")

    assert "Your meeting" in amira.reads
    assert [mail for mail in amira.mails if mail.startswith("Your time:")] == amira.mails[-1:]
    tablet.goes_to("/file/booking")
    assert tablet.heading == amira.heading
