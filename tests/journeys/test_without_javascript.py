"""An old phone, a strict browser, a script that did not arrive: the whole way works without any of ours."""

from datetime import timedelta

from tests.support.amira import Amira
from tests.support.staff_people import NUMBER, Clara, Dora


def test_the_whole_way_works_without_javascript(somebody):
    amira, clara, dora = (somebody(who, javascript=False) for who in (Amira, Clara, Dora))

    amira.sends_everything()
    clara.finds_in_worklist(amira.reference)
    clara.accepts("Proof of your address", "EU residence document")
    clara.refuses("Passport", "unreadable")
    clara.asks()

    amira.goes_to("/file/questions")
    amira.adds_page(7)
    amira.presses("Send my answers")
    clara.opens(amira.reference)
    clara.accepts("Passport")

    starts_at = amira.books()
    amira.house.until(starts_at - timedelta(minutes=10))
    dora.comes_to_work()
    dora.receives(amira.reference)
    dora.sees()
    dora.records("issued", NUMBER)
    dora.ends()
    assert "Has the number" in dora.reads
    assert amira.mails[-1] == "After your visit"
