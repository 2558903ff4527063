"""The whole way in Arabic, read from the right: from the front door to the meeting that was held."""

import re
from datetime import timedelta

from tests.support.amira_elsewhere import AmiraInArabic
from tests.support.staff_people import NUMBER, Clara, Dora

LATIN_SENTENCE = re.compile(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}")
ARABIC = re.compile("[\u0600-\u06ff]")


def all_arabic(amira) -> bool:
    """Names and addresses stay as they are; no sentence may."""
    assert LATIN_SENTENCE.search(amira.reads) is None, "an English sentence on an Arabic page"
    return amira.reads_her_language and not amira.english_left


def test_who_reads_arabic_gets_from_the_front_door_to_her_number(somebody):
    amira, clara, dora = somebody(AmiraInArabic), somebody(Clara), somebody(Dora)

    amira.sends_everything()
    assert amira.reference in amira.reads
    assert all_arabic(amira)
    amira.goes_to("/file")
    assert all_arabic(amira)

    clara.finds_in_worklist(amira.reference)
    clara.accepts("Proof of your address", "EU residence document")
    clara.refuses("Passport", "unreadable")
    clara.asks()
    amira.house.work()
    amira.goes_to("/file/questions")
    assert all_arabic(amira), "what a caseworker picked by its reason is told in the applicant's language"
    amira.adds_page(7)
    amira.presses("Send my answers")
    clara.opens(amira.reference)
    clara.accepts("Passport")
    amira.house.work()

    starts_at = amira.books()
    amira.house.work()
    assert all_arabic(amira)
    amira.house.until(starts_at - timedelta(minutes=10))
    dora.comes_to_work()
    dora.receives(amira.reference)
    dora.sees()
    dora.records("issued", NUMBER)
    dora.ends()

    assert "Has the number" in dora.reads
    amira.goes_to("/file")
    assert all_arabic(amira)
    assert len(amira.mails) >= 7, "code, receipt, question, answer, invitation, time, after the visit"
    assert all(ARABIC.search(subject) for subject in amira.mails), "her mails are in her language too"
