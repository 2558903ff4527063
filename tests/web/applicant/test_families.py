"""More than one person on a file, by the pages."""

from __future__ import annotations

from sqlalchemy import select

from applications.models import Person
from tests.web.applicant.walking import sent

CHILD = {
    "q_full_name": "Noor <Haddad>", "q_sex": "female", "q_birth_date": "2018-03-01", "q_birth_place": "Madrid",
    "q_citizenship": "ES", "q_other_parent": "moves_too", "q_parents_married": "yes",
}  # fmt: skip
ASKED_ALONG = ("lived_in_denmark", "no"), ("has_eu_document", "have_it")


def test_a_child_joins_after_sending_and_comes_another_day(house):
    amira = sent(house)
    amira.send("/file/answers/family/0", {"q_children_move": "yes"})
    amira.send("/file/answers/family/0")
    amira.send("/file/people/add", on="/file/people")
    child = house.rows(select(Person).where(Person.role == "child"))[0]

    about = f"/file/answers/about/{child.id}"
    amira.send(about, CHILD)
    amira.send(about, {f"q_{child.id}_{question}": said for question, said in ASKED_ALONG})
    assert "What this changes" in amira.page
    amira.send(about)
    assert "Noor &lt;Haddad&gt;" in amira.open("/file")

    amira.send(f"/file/people/{child.id}/later", on="/file/people")
    assert "comes another day" in amira.page
    assert house.rows(select(Person).where(Person.deferred_at.is_not(None)))[0].id == child.id

    amira.send(f"/file/people/{child.id}/together")
    assert house.rows(select(Person).where(Person.deferred_at.is_not(None))) == []
