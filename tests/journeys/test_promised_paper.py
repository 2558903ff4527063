"""A paper that will only be there on the day of the meeting: promised, booked, and then brought or not."""

from datetime import timedelta

import pytest

from tests.support.staff_people import NUMBER


@pytest.fixture
def promised(people):
    """Amira said that she will bring her residence document; her time has come and Dora has her at the counter."""
    amira, clara, dora = people
    amira.starts()
    amira.answers(has_eu_document="applied")
    amira.sends_paper("passport", seed=1)
    amira.sends_paper("proof_of_address", seed=2)
    amira.promises("eu_residence_document")
    amira.checks_and_sends()
    clara.finds_in_worklist(amira.reference)
    clara.accepts("Proof of your address", "Passport")
    starts_at = amira.books()
    amira.house.until(starts_at - timedelta(minutes=10))
    dora.comes_to_work()
    dora.receives(amira.reference)
    assert "promised for today" in dora.reads
    return amira, dora


def test_a_promised_paper_that_is_brought_gives_the_number(promised):
    _amira, dora = promised

    dora.sees()
    dora.records("issued", NUMBER)
    dora.ends()

    assert "Has the number" in dora.reads


def test_a_promised_paper_that_is_not_brought_gives_no_number(promised):
    amira, dora = promised

    dora.sees(all_papers=False)
    dora.records("issued", NUMBER)
    dora.ends()
    assert "Promised and not seen yet" in dora.reads
    dora.records("paper_missing")
    dora.ends()

    assert "Has the number" not in dora.reads
    assert amira.mails[-1] == "We need something more from you"
