"""From the front door to a sent file in Arabic, read from the right."""

import re

from tests.support.amira_in_arabic import AmiraInArabic

LATIN_SENTENCE = re.compile(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}")


def test_who_reads_arabic_gets_from_the_front_door_to_a_sent_file(somebody):
    amira = somebody(AmiraInArabic)

    amira.sends_everything()

    assert amira.reads_from_the_right
    assert amira.reference in amira.reads
    assert LATIN_SENTENCE.search(amira.reads) is None, "an English sentence on an Arabic page"
    assert re.search("[\u0600-\u06ff]", amira.mails[-1]), "her mails are in her language too"
    amira.goes_to("/file")
    assert amira.reads_from_the_right
    assert LATIN_SENTENCE.search(amira.reads) is None, "an English sentence on an Arabic page"
