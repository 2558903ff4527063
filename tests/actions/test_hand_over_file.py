"""A family moves from a Danish to a Swedish file: what is known of them goes along, and the old file stays."""

import pytest
from sqlalchemy import select

from accounts.models import AccessGrant
from actions.applications.hand_over_file import hand_over_file
from actions.errors import NotYours
from actions.people.people import add_person
from applications.models import Answer, Application, Paper, Person, Requirement
from audit.models import AuditEntry
from checklists import library
from extensions import db
from tests.support import world as w
from tests.support.world import AMIRA

CHILD = {"full_name": "Noor Haddad", "sex": "female", "birth_date": "2018-03-01", "birth_place": "Madrid, Spain",
         "citizenship": ["ES"], "last_country": "ES", "last_address": "Calle Mayor 1, Madrid",
         "earlier_number": "no_never", "lived_in_denmark": False, "has_eu_document": "have_it",
         "other_parent": "moves_too", "parents_married": True}


@pytest.fixture
def danish(made):
    """Amira and Noor with their answers, and the passport described. Returns the file's id."""
    file_id = w.amira_starts(made, children_move=True)
    w.amira_answers(made, file_id, w.ABOUT_AMIRA)
    add_person(file_id, "child", actor=AMIRA, now=made.now)
    w.amira_answers(made, file_id, {f"child.{question}": value for question, value in CHILD.items()})
    w.amira_describes(made, file_id, "passport", w.PAPERS["passport"])
    w.amira_describes(made, file_id, "proof_of_address", w.PAPERS["proof_of_address"])
    return file_id


@pytest.fixture
def swedish(made, danish):
    return hand_over_file(danish, checklist="se-personnummer", actor=AMIRA, now=made.now)


def answers_of(file_id, role=None):
    return dict(db.session.execute(
        select(Answer.question_id, Answer.value).outerjoin(Person, Person.id == Answer.person_id)
        .where(Answer.application_id == file_id, Answer.superseded_at.is_(None), Person.role == role)).all())


def test_the_family_and_what_is_true_of_them_anywhere_go_along(made, swedish):
    new = swedish["id"]
    assert set(made.people(new)) == {"applicant", "child"}
    assert set(answers_of(new, "child")) == {"full_name", "sex", "birth_date", "birth_place", "citizenship"}
    assert {"civil_status", "ground"} <= set(answers_of(new, "applicant"))
    names = select(Person.name).where(Person.application_id == new).order_by(Person.position)
    assert db.session.scalars(names).all() == ["Amira Haddad", "Noor Haddad"]


def test_what_is_about_denmark_stays_there(swedish):
    assert answers_of(swedish["id"]) == {}
    assert not {"last_country", "earlier_number"} & set(answers_of(swedish["id"], "applicant"))


def test_what_was_said_about_the_passport_goes_along_without_its_pages(made, swedish):
    paper = db.session.scalars(select(Paper).where(Paper.application_id == swedish["id"])).one()
    assert (paper.document_id, paper.choice, paper.person_id) == (
        "passport", "passport", made.people(swedish["id"])["applicant"])
    assert set(paper.facts) == {"expires_on"}
    statuses = db.session.scalars(select(Requirement.status).where(Requirement.application_id == swedish["id"]))
    assert set(statuses) <= {"missing", "not_needed"}


def test_she_finds_the_new_file_by_the_same_address(danish, swedish):
    contacts = db.session.scalars(
        select(AccessGrant.contact_sealed).where(AccessGrant.application_id.in_([danish, swedish["id"]]))).all()
    assert len(contacts) == 2
    assert len(set(contacts)) == 1


def test_the_old_file_stays_as_it_is_and_notes_where_it_went(made, danish):
    before = (made.file(danish).version, made.file(danish).state, answers_of(danish, "applicant"))
    new = hand_over_file(danish, checklist="se-personnummer", actor=AMIRA, now=made.now)["id"]
    assert (made.file(danish).version, made.file(danish).state, answers_of(danish, "applicant")) == before
    noted = db.session.scalars(select(AuditEntry.subject).where(AuditEntry.action == "hand_over_file")).all()
    assert noted == [f"file:{new}"]


def test_pressing_twice_begins_one_file(made, danish):
    keys = {"key": "k" * 20, "actor": AMIRA, "now": made.now}
    first = hand_over_file(danish, checklist="se-personnummer", **keys)
    assert hand_over_file(danish, checklist="se-personnummer", **keys) == first
    assert len(db.session.scalars(select(Application.id)).all()) == 2


def test_a_file_nobody_has_a_way_into_is_not_handed_over(made, danish):
    db.session.query(AccessGrant).update({"ended_at": made.now})
    db.session.commit()
    with pytest.raises(NotYours):
        hand_over_file(danish, checklist="se-personnummer", actor=AMIRA, now=made.now)
    assert len(db.session.scalars(select(Application.id)).all()) == 1


def test_an_unknown_checklist_begins_nothing(made, danish):
    with pytest.raises(library.UnknownChecklist):
        hand_over_file(danish, checklist="no-such-list", actor=AMIRA, now=made.now)
    assert len(db.session.scalars(select(Application.id)).all()) == 1
