"""Her child comes another day: its papers hold nobody up, and Amira gets her own number first."""

from datetime import timedelta

from actions.applications.sign import sign
from actions.applications.submit import submit
from actions.people.people import add_person
from tests.support import world as w
from tests.support.staff_people import NUMBER

CHILD = {"full_name": "Noor Haddad", "sex": "female", "birth_date": "2018-03-01", "birth_place": "Madrid, Spain",
         "citizenship": ["ES"], "last_country": "ES", "last_address": "Calle Mayor 1, Madrid",
         "earlier_number": "no_never", "lived_in_denmark": False, "has_eu_document": "have_it",
         "other_parent": "moves_too", "parents_married": True}  # fmt: skip
FROM_SPAIN = {"issuing_country": "ES", "language": ["en"], "multilingual_form": False, "issued_on": "2020-01-01"}
HERS = (("passport", "passport", w.PAPERS["passport"][2]), ("birth_certificate", None, FROM_SPAIN),
        ("eu_residence_document", None, {"issued_on": "2026-11-01"}))  # fmt: skip


def a_sent_family(made) -> str:
    """Amira and Noor sent everything; only Noor's papers are not accepted yet. Returns the reference."""
    file_id = w.amira_starts(made, children_move=True)
    w.amira_answers(made, file_id, w.ABOUT_AMIRA)
    noor = add_person(file_id, "child", actor=w.AMIRA, now=made.now)
    w.amira_answers(made, file_id, {f"child.{question}": value for question, value in CHILD.items()})
    for document, said in w.PAPERS.items():
        w.amira_describes(made, file_id, document, said)
    for document, choice, facts in HERS:
        w.describe_paper(file_id, noor, document, choice=choice, facts=facts, actor=w.AMIRA, now=made.now)
    for row in w.rows_of(file_id):
        if row.kind == "document" and row.status == "missing":
            w.upload_for(made, file_id, row.id)
    sign(file_id, made.people(file_id)["applicant"], actor=w.AMIRA, now=made.now)
    submit(file_id, actor=w.AMIRA, now=made.now)
    for row in w.rows_of(file_id):
        if row.status == "sent" and row.person_id != noor:
            w.judge_row(made, file_id, row, "accepted")
    return made.file(file_id).reference


def test_a_child_that_comes_another_day_does_not_hold_its_mother_up(people):
    amira, _clara, dora = people
    amira.comes_back(a_sent_family(amira.house.made))
    amira.goes_to("/file/booking")
    assert amira.page.locator("[name=starts_at]").count() == 0, "her child's papers are not accepted yet"

    amira.goes_to("/file/people")
    amira.presses("Comes another day")
    starts_at = amira.books()
    assert "Noor" not in amira.reads

    amira.house.until(starts_at - timedelta(minutes=10))
    dora.comes_to_work()
    dora.receives(amira.reference)
    dora.sees()
    dora.records("issued", NUMBER)
    dora.ends()
    assert dora.reads.count("Has the number") == 1
    assert "Noor Haddad" in dora.reads, "the file stays open for her"
