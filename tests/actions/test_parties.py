"""A party on the file (here the one who gives the home) owes papers, and is no person who gets a number."""

from datetime import UTC, date, datetime

import pytest

from actions.applications.sign import sign
from actions.applications.start_application import start_application
from actions.applications.submit import submit
from actions.appointments.book_appointment import book_appointment
from actions.documents.describe_paper import describe_paper
from actions.errors import NotAllowed
from actions.meetings.meeting import end_meeting, record_outcome, start_meeting, tick
from actions.meetings.visits import arrive
from appointments.models import Appointment
from extensions import db
from offices.models import Municipality, OfficeServes
from tests.support import world as w
from tests.support.world import AMIRA
from visits.models import MeetingPerson

THURSDAY_TEN = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
TRIAGE = {"moved_from": "abroad", "stay_months": 24, "municipality": "aachen", "owns_home": False,
          "children_move": False, "applicant.citizenship": ["FR"]}
ANSWERS = {"address": "Markt 1", "moving_date": "2026-11-15", "other_home": False, "sends_deputy": False,
           "applicant.full_name": "Amira Haddad", "applicant.sex": "female", "applicant.birth_date": "1990-05-05",
           "applicant.birth_place": "Lyon", "applicant.civil_status": "unmarried", "applicant.last_country": "FR",
           "applicant.lived_in_germany": False, "landlord.full_name": "Erika Muster",
           "landlord.landlord_address": "Markt 2", "landlord.landlord_owns": True}


@pytest.fixture
def filed(made):
    return german_file(made)


def german_file(made, **more):
    """A German file, sent; the house works for Aachen. Returns its id."""
    place = Municipality(code="aachen", name="Aachen")
    db.session.add(place)
    db.session.flush()
    db.session.add(OfficeServes(office_id=made.offices["house"], municipality_id=place.id, from_on=date(2020, 1, 1)))
    db.session.commit()
    file_id = start_application(checklist="de-anmeldung", answers=TRIAGE, language="en", email="amira@example.org",
                                municipality="aachen", actor=AMIRA, now=made.now)["id"]
    w.amira_answers(made, file_id, {**ANSWERS, **more})
    people = made.people(file_id)
    if "deputy" in people:
        w.amira_answers(made, file_id, {"deputy.full_name": "Claire"})
    for role, document, choice, facts in (
        ("applicant", "passport", "passport", {"expires_on": "2031-01-01"}),
        ("landlord", "landlord_declaration", None, {"moved_in_on": "2026-11-15"}),
    ):
        describe_paper(file_id, people[role], document, choice=choice, facts=facts, actor=AMIRA, now=made.now)
    for row in w.rows_of(file_id):
        if row.kind == "document" and row.status == "missing":
            w.upload_for(made, file_id, row.id)
    sign(file_id, people["applicant"], actor=AMIRA, now=made.now)
    submit(file_id, actor=AMIRA, now=made.now)
    return file_id


def test_the_party_is_there_at_once_and_owes_a_paper_of_its_own(made, filed):
    landlord = made.people(filed)["landlord"]
    owed = [(row.item_id, row.person_id) for row in w.rows_of(filed) if row.kind == "document"]
    assert ("landlord_declaration.confirmation", landlord) in owed


def test_the_file_is_complete_only_with_the_partys_paper(made, filed):
    landlord = made.people(filed)["landlord"]
    for row in w.rows_of(filed):
        if row.status == "sent" and row.person_id != landlord:
            w.judge_row(made, filed, row, "accepted")
    assert made.file(filed).stage != "complete"
    with pytest.raises(NotAllowed):
        book_appointment(filed, THURSDAY_TEN, actor=AMIRA, now=made.now)

    w.clara_accepts_all(made, filed)

    assert made.file(filed).stage == "complete"


def test_the_party_is_not_expected_at_the_meeting_and_the_file_ends_without_it(made, filed):
    w.clara_accepts_all(made, filed)
    book_appointment(filed, THURSDAY_TEN, actor=AMIRA, now=made.now)
    assert db.session.query(Appointment).one().people == 1
    made.now = THURSDAY_TEN
    dora, amira = made.by("dora"), made.people(filed)["applicant"]
    arrive(filed, office_id=made.offices["house"], actor=dora, now=made.now)
    start_meeting(filed, office_id=made.offices["house"], actor=dora, now=made.now)
    assert [one.person_id for one in db.session.query(MeetingPerson)] == [amira]
    seen = [row.id for row in w.rows_of(filed)]
    tick(filed, person_id=amira, identity=True, requirement_ids=seen, actor=dora, now=made.now)
    assert all(row.seen_at_desk_at for row in w.rows_of(filed) if row.kind == "document")
    record_outcome(filed, amira, outcome="issued", number="4711", actor=dora, now=made.now)
    end_meeting(filed, actor=dora, now=made.wait(minutes=9))

    assert made.file(filed).state == "issued"


@pytest.mark.parametrize(("sends_deputy", "refused"), [(True, []), (False, ["confirm_ticks_for_mode"])])
def test_only_who_must_come_must_be_looked_at(made, sends_deputy, refused):
    filed = german_file(made, sends_deputy=sends_deputy)
    w.clara_accepts_all(made, filed)
    made.now = THURSDAY_TEN
    dora, amira = made.by("dora"), made.people(filed)["applicant"]
    arrive(filed, office_id=made.offices["house"], actor=dora, now=made.now)
    start_meeting(filed, office_id=made.offices["house"], actor=dora, now=made.now)
    seen = [row.id for row in w.rows_of(filed)]
    tick(filed, person_id=amira, identity=False, requirement_ids=seen, actor=dora, now=made.now)

    found = []
    try:
        record_outcome(filed, amira, outcome="issued", number="4711", actor=dora, now=made.now)
    except NotAllowed as no:
        found = [one.code for one in no.refusals]

    assert found == refused
