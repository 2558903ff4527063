"""Two parents, two children, one marriage certificate: sent once, judged once, seen once, and good for both spouses."""

from datetime import date, timedelta

import pytest

from tests.support import world as w
from tests.support.staff_people import number_for

BORN = {"Amira Haddad": (5, 5, 1990), "Omar Haddad": (9, 9, 1988), "Noor Haddad": (1, 3, 2018),
        "Sami Haddad": (2, 7, 2020)}  # fmt: skip
WEDDING = {"civil_status": "married", "civil_status_on": (12, 6, 2015), "civil_status_country": "ES"}
PARENTS = {"other_parent": "moves_too", "parents_married": "yes"}
BEFORE = {"last_country": "ES", "last_address": "Calle Mayor 1, Madrid", "earlier_number": "no_never",
          "lived_in_denmark": "no", "has_eu_document": "have_it"}  # fmt: skip
FROM_SPAIN = {"issuing_country": "ES", "language": "es", "multilingual_form": "yes"}
CERTIFICATE = "Marriage certificate"


def about(name, sex, **more):
    return {"full_name": name, "sex": sex, "birth_date": BORN[name], "birth_place": "Madrid, Spain",
            "citizenship": "ES", "ground": "work", **more}  # fmt: skip


@pytest.fixture
def family(people):
    """All four are on Amira's file with every answer."""
    amira, clara, dora = people
    amira.starts(children=True)
    amira.answers(civil_status="married", **{key: value for key, value in WEDDING.items() if key != "civil_status"})
    amira.tells_about("husband", about("Omar Haddad", "male", **WEDDING), BEFORE)
    amira.adds_a_child(about("Noor Haddad", "female", **PARENTS), BEFORE)
    amira.adds_a_child(about("Sami Haddad", "male", **PARENTS), BEFORE)
    return amira, clara, dora


def sends_the_rest(house, file_id):
    """Passports, residence documents, birth certificates: other journeys send those by hand."""
    made = house.made
    made.now = house.now()
    for row in w.rows_of(file_id):
        if row.kind == "document" and row.status == "missing":
            w.sends_for(made, file_id, row)


def test_one_marriage_certificate_serves_both_spouses_of_a_family_of_four(family):
    amira, clara, dora = family
    made = amira.house.made
    file_id = w.file_by(made, amira.reference).id

    amira.goes_to("/file")
    assert amira.reads.count(CERTIFICATE) == 1, "asked for once, though two are married"
    amira.sends_paper(CERTIFICATE, FROM_SPAIN)
    sends_the_rest(amira.house, file_id)
    amira.checks_and_sends()
    amira.house.work()

    clara.finds_in_worklist(amira.reference)
    clara.accepts(CERTIFICATE)
    w.clara_accepts_all(made, file_id)
    clara.opens(amira.reference)
    assert "This file is complete" in clara.reads

    starts_at = amira.books()
    assert all(name in amira.reads for name in BORN), "all four come"
    assert amira.reads.count(CERTIFICATE) == 1, "and one of them brings the certificate"

    amira.house.until(starts_at - timedelta(minutes=10))
    dora.comes_to_work()
    dora.receives(amira.reference)
    assert dora.page.locator("label", has_text=CERTIFICATE).count() == 1
    dora.sees()
    for nth, (day, month, year) in enumerate(BORN.values()):
        dora.records("issued", number_for(date(year, month, day)), nth)
    dora.ends()
    assert dora.reads.count("Has the number") == len(BORN)
    assert amira.mails[-1] == "After your visit"
