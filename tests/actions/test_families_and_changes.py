"""What happens to a file when life goes on: families, promises, changes, lapses, no-shows."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from actions.applications.revive import revive
from actions.applications.save_answers import change_answers
from actions.applications.sign import sign
from actions.applications.submit import submit
from actions.applications.withdraw import withdraw
from actions.appointments.book_appointment import book_appointment
from actions.appointments.mark_no_show import mark_no_show
from actions.clock.clock_events import lapse
from actions.consultations.answer import answer_item, send_answers
from actions.consultations.ask_applicant import ask_applicant, extend_reply
from actions.decisions.refuse import confirm_decision, propose_refusal, return_decision
from actions.documents.promise import promise_document
from actions.errors import NotAllowed
from actions.meetings.meeting import end_meeting, record_outcome, start_meeting, tick
from actions.meetings.visits import arrive, arrive_without_file, link_visit
from actions.people.people import add_person, defer_person, recall_person
from applications.facts import CLOCK
from applications.models import Deadline, Person
from appointments.models import Appointment, SlotBlock
from consultations.models import Consultation, ConsultationItem
from extensions import db
from tests.support import world as w
from tests.support.world import AMIRA

THURSDAY_TEN = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
CHILD = {"full_name": "Noor Haddad", "sex": "female", "birth_date": "2018-03-01", "birth_place": "Madrid, Spain",
         "citizenship": ["ES"], "last_country": "ES", "last_address": "Calle Mayor 1, Madrid",
         "earlier_number": "no_never", "lived_in_denmark": False, "has_eu_document": "have_it",
         "other_parent": "moves_too", "parents_married": True}
PAPER_OF_SPAIN = {"issuing_country": "ES", "language": ["en"], "multilingual_form": False, "issued_on": "2020-01-01"}


def a_complete_file(made, **more):
    file_id = w.amira_sends(made, **more)
    w.clara_accepts_all(made, file_id)
    return file_id


def a_mother_with_child(made):
    """Amira and Noor, everything but the papers. Returns the file's id and Noor's."""
    file_id = w.amira_starts(made, children_move=True)
    w.amira_answers(made, file_id, w.ABOUT_AMIRA)
    noor = add_person(file_id, "child", actor=AMIRA, now=made.now)
    w.amira_answers(made, file_id, {f"child.{question}": value for question, value in CHILD.items()})
    return file_id, noor


def papers_of(made, file_id, person_id):
    rows = w.rows_of(file_id)
    theirs = [r for r in rows if r.person_id == person_id and r.kind == "document"]
    return {r.item_id: r for r in theirs if r.status != "not_needed"}


def test_a_child_brings_its_own_papers(made):
    file_id, noor = a_mother_with_child(made)

    assert set(papers_of(made, file_id, noor)) == {"passport", "birth_certificate", "eu_residence_document"}


def send_family(made, file_id, noor):
    for document, said in w.PAPERS.items():
        w.amira_describes(made, file_id, document, said)
    for document, choice, facts in (("passport", "passport", w.PAPERS["passport"][2]),
                                    ("birth_certificate", None, PAPER_OF_SPAIN),
                                    ("eu_residence_document", None, {"issued_on": "2026-11-01"})):
        w.describe_paper(file_id, noor, document, choice=choice, facts=facts, actor=AMIRA, now=made.now)
    for row in w.rows_of(file_id):
        if row.kind == "document" and row.status == "missing":
            w.upload_for(made, file_id, row.id)
    sign(file_id, made.people(file_id)["applicant"], actor=AMIRA, now=made.now)
    submit(file_id, actor=AMIRA, now=made.now)


def test_a_deferred_child_does_not_hold_its_mother_up(made):
    file_id, noor = a_mother_with_child(made)
    send_family(made, file_id, noor)
    for row in w.rows_of(file_id):
        if row.status == "sent" and row.person_id != noor:
            w.judge_row(made, file_id, row, "accepted")
    assert made.file(file_id).stage == "submitted" or made.file(file_id).stage == "in_review"

    defer_person(file_id, noor, actor=AMIRA, now=made.now)

    assert made.file(file_id).stage == "complete"
    recall_person(file_id, noor, actor=AMIRA, now=made.now)
    assert made.file(file_id).stage == "in_review"


def a_promise(made):
    """A complete file whose residence document is promised for the meeting, booked."""
    file_id = w.amira_starts(made)
    w.amira_answers(made, file_id, {**w.ABOUT_AMIRA, "applicant.has_eu_document": "applied"})
    for document in ("passport", "proof_of_address"):
        w.amira_describes(made, file_id, document, w.PAPERS[document])
        w.amira_uploads(made, file_id, document)
    row = made.requirements(file_id)["eu_residence_document"]
    promise_document(file_id, row.id, actor=AMIRA, now=made.now)
    sign(file_id, made.people(file_id)["applicant"], actor=AMIRA, now=made.now)
    submit(file_id, actor=AMIRA, now=made.now)
    w.clara_accepts_all(made, file_id)
    book_appointment(file_id, THURSDAY_TEN, actor=AMIRA, now=made.now)
    return file_id


def in_meeting(made, file_id, *, see):
    """Dora sees these items in the meeting on Thursday."""
    made.now = THURSDAY_TEN
    dora, house, amira = made.by("dora"), made.offices["house"], made.people(file_id)["applicant"]
    arrive(file_id, office_id=house, actor=dora, now=made.now)
    start_meeting(file_id, office_id=house, actor=dora, now=made.now)
    seen = [r.id for r in w.rows_of(file_id) if see is None or r.item_id in see]
    tick(file_id, person_id=amira, identity=True, requirement_ids=seen, actor=dora, now=made.now)
    return dora, amira


def test_a_promised_paper_does_not_stop_the_booking_but_stops_the_number(made):
    file_id = a_promise(made)
    dora, amira = in_meeting(made, file_id, see={"passport", "proof_of_address"})

    with pytest.raises(NotAllowed) as refused:
        record_outcome(file_id, amira, outcome="issued", number="010190-1234", actor=dora, now=made.now)

    assert "promised_seen" in refused.value.codes
    assert made.file(file_id).state == "open"


def test_a_promise_that_was_not_kept_is_asked_for_and_booking_closes(made):
    file_id = a_promise(made)
    dora, amira = in_meeting(made, file_id, see={"passport", "proof_of_address"})
    record_outcome(file_id, amira, outcome="paper_missing", actor=dora, now=made.now)

    end_meeting(file_id, actor=dora, now=made.now)

    file = made.file(file_id)
    assert (file.state, file.stage) == ("open", "waiting_for_applicant")
    assert made.requirements(file_id)["eu_residence_document"].status == "missing"


def test_a_promised_paper_that_is_brought_lets_the_number_be_given(made):
    file_id = a_promise(made)
    dora, amira = in_meeting(made, file_id, see=None)

    record_outcome(file_id, amira, outcome="issued", number="010190-1234", actor=dora, now=made.now)
    end_meeting(file_id, actor=dora, now=made.now)

    assert made.file(file_id).state == "issued"


def test_an_answer_changed_after_sending_that_adds_a_demand_freezes_the_booking(made):
    file_id = a_complete_file(made)
    book_appointment(file_id, THURSDAY_TEN, actor=AMIRA, now=made.now)
    amira = made.people(file_id)["applicant"]

    change_answers(file_id, {(amira, "civil_status"): "divorced", (amira, "civil_status_on"): "2020-01-01",
                             (amira, "civil_status_country"): "ES"}, confirmed=True, actor=AMIRA, now=made.now)

    file = made.file(file_id)
    live = db.session.scalar(select(Appointment).where(Appointment.application_id == file_id))
    assert (file.stage, live.status) == ("waiting_for_applicant", "booked")
    assert live.frozen_at is not None
    assert made.requirements(file_id)["divorce_certificate"].status == "missing"


def test_an_unconfirmed_change_changes_nothing(made):
    file_id = a_complete_file(made)
    amira = made.people(file_id)["applicant"]

    with pytest.raises(NotAllowed):
        change_answers(file_id, {(amira, "civil_status"): "divorced"}, confirmed=False, actor=AMIRA, now=made.now)

    assert "divorce_certificate" not in made.requirements(file_id)


def asked_for_the_passport(made):
    file_id = w.amira_sends(made, without=("passport",))
    w.clara_accepts_all(made, file_id)
    w.clara_judges(made, file_id, "passport", "refused", reason_codes=["unreadable"])
    ask_applicant(file_id, actor=made.by("clara"), now=made.now)
    deliver(file_id, made)
    return file_id


def a_lapsed_file(made):
    file_id = asked_for_the_passport(made)
    made.live(days=40)
    lapse(file_id, deadline="consultation_reply", actor=CLOCK, now=made.now)
    return file_id


def deliver(file_id, made):
    from actions.clock.request_delivered import request_delivered

    request_delivered(file_id, actor=CLOCK, now=made.now)


def test_a_late_answer_revives_a_lapsed_file(made):
    file_id = a_lapsed_file(made)
    assert (made.file(file_id).state, made.file(file_id).queue) == ("lapsed", "completed")

    w.amira_uploads(made, file_id, "passport")
    revive(file_id, actor=AMIRA, now=made.now)

    file = made.file(file_id)
    assert (file.state, file.stage) == ("open", "in_review")
    assert made.requirements(file_id)["passport"].status == "sent"


def asked_item(file_id):
    db.session.rollback()
    return db.session.scalar(select(ConsultationItem.id).where(ConsultationItem.application_id == file_id,
                                                               ConsultationItem.status == "asked"))


def test_words_that_lay_ready_when_the_file_lapsed_are_sent_by_reviving_it(made):
    file_id = asked_for_the_passport(made)
    answer_item(file_id, asked_item(file_id), kind="text", text="The embassy has it.", actor=AMIRA, now=made.now)
    made.live(days=40)
    lapse(file_id, deadline="consultation_reply", actor=CLOCK, now=made.now)

    revive(file_id, actor=AMIRA, now=made.now)

    row = made.requirements(file_id)["passport"]
    assert (made.file(file_id).state, row.status, row.told) == ("open", "cannot_get", "The embassy has it.")
    assert "cannot_get" in made.file(file_id).office_todo
    assert asked_item(file_id) is None  # she is not asked again for what she has just answered


def test_a_file_that_owes_something_and_has_no_answer_ready_is_not_revived(made):
    file_id = asked_for_the_passport(made)
    answer_item(file_id, asked_item(file_id), kind="text", text="Never mind.", actor=AMIRA, now=made.now)
    answer_item(file_id, asked_item(file_id), kind=None, actor=AMIRA, now=made.now)
    made.live(days=40)
    lapse(file_id, deadline="consultation_reply", actor=CLOCK, now=made.now)

    with pytest.raises(NotAllowed) as no:
        revive(file_id, actor=AMIRA, now=made.now)

    assert no.value.codes == {"nothing_answered"}
    assert made.file(file_id).state == "lapsed"


def test_a_paper_that_came_later_counts_more_than_the_words_that_lay_ready(made):
    file_id = asked_for_the_passport(made)
    answer_item(file_id, asked_item(file_id), kind="cannot_get", text="Lost.", actor=AMIRA, now=made.now)
    made.live(days=40)
    lapse(file_id, deadline="consultation_reply", actor=CLOCK, now=made.now)
    w.amira_uploads(made, file_id, "passport")

    revive(file_id, actor=AMIRA, now=made.now)

    assert made.requirements(file_id)["passport"].status == "sent"


def test_a_file_does_not_lapse_while_the_office_has_work(made):
    file_id = w.amira_sends(made, without=("passport",))
    w.clara_judges(made, file_id, "passport", "refused", reason_codes=["unreadable"])
    ask_applicant(file_id, actor=made.by("clara"), now=made.now)
    deliver(file_id, made)
    made.live(days=40)

    with pytest.raises(NotAllowed):
        lapse(file_id, deadline="consultation_reply", actor=CLOCK, now=made.now)

    assert made.file(file_id).state == "open"


def test_more_time_is_given_once(made):
    file_id = w.amira_sends(made, without=("passport",))
    w.clara_accepts_all(made, file_id)
    w.clara_judges(made, file_id, "passport", "refused", reason_codes=["unreadable"])
    ask_applicant(file_id, actor=made.by("clara"), now=made.now)
    before = db.session.scalar(select(Consultation.due_on).where(Consultation.application_id == file_id))

    later = extend_reply(file_id, actor=AMIRA, now=made.now)

    assert later >= before + timedelta(days=14)
    with pytest.raises(NotAllowed) as refused:
        extend_reply(file_id, actor=AMIRA, now=made.now)
    assert "more_time_used" in refused.value.codes


def test_a_no_show_gives_the_time_back_and_may_book_again(made):
    file_id = a_complete_file(made)
    book_appointment(file_id, THURSDAY_TEN, actor=AMIRA, now=made.now)
    made.now = THURSDAY_TEN + timedelta(hours=7)

    mark_no_show(file_id, actor=CLOCK, now=made.now)

    assert made.file(file_id).stage == "complete"
    book_appointment(file_id, THURSDAY_TEN + timedelta(days=7), actor=AMIRA, now=made.now)
    assert made.file(file_id).stage == "booked"


def test_withdrawing_gives_the_seat_back(made):
    file_id = a_complete_file(made)
    book_appointment(file_id, THURSDAY_TEN, actor=AMIRA, now=made.now)

    withdraw(file_id, confirmed=True, actor=AMIRA, now=made.now)

    assert made.file(file_id).state == "withdrawn"
    assert sum(db.session.scalars(select(SlotBlock.taken))) == 0
    assert not list(db.session.scalars(select(Deadline).where(Deadline.done_at.is_(None))))


def test_a_refusal_needs_a_second_person(made):
    file_id = w.amira_sends(made)
    amira = made.people(file_id)["applicant"]
    decision = propose_refusal(file_id, amira, reason_codes=["no_lawful_stay"], why="No right to stay.",
                               actor=made.by("clara"), now=made.now)
    with pytest.raises(NotAllowed) as refused:
        confirm_decision(file_id, decision, actor=made.by("clara"), now=made.now)
    assert "same_person" in refused.value.codes

    confirm_decision(file_id, decision, actor=made.by("carl"), now=made.now)

    assert made.file(file_id).state == "refused"
    assert db.session.get(Person, amira).outcome == "refused"


def test_a_returned_proposal_lies_with_the_office(made):
    file_id = w.amira_sends(made)
    decision = propose_refusal(file_id, made.people(file_id)["applicant"], reason_codes=["no_lawful_stay"],
                               why="No right to stay.", actor=made.by("clara"), now=made.now)

    return_decision(file_id, decision, reason="She has a permit.", actor=made.by("carl"), now=made.now)

    assert "decision_returned" in made.file(file_id).office_todo
    assert made.file(file_id).state == "open"


def test_a_walk_in_turns_out_to_have_a_file(made):
    file_id = w.amira_sends(made)
    house, dora = made.offices["house"], made.by("dora")
    visit = arrive_without_file(office_id=house, cause="asks about a letter", actor=dora, now=made.now)

    link_visit(file_id, visit_id=visit, actor=dora, now=made.now)
    start_meeting(file_id, office_id=house, actor=dora, now=made.now)

    assert made.file(file_id).stage == "in_meeting"


def test_a_second_press_of_book_answers_the_same_and_takes_nothing_more(made):
    file_id = a_complete_file(made)
    first = book_appointment(file_id, THURSDAY_TEN, actor=AMIRA, now=made.now, key="one form")
    seats = sum(db.session.scalars(select(SlotBlock.taken)))

    second = book_appointment(file_id, THURSDAY_TEN, actor=AMIRA, now=made.now, key="one form")

    assert second == first
    assert sum(db.session.scalars(select(SlotBlock.taken))) == seats


def test_the_buffer_is_sent_once_and_accepted_papers_stay_locked(made):
    file_id = w.amira_sends(made, without=("passport",))
    w.clara_accepts_all(made, file_id)
    w.clara_judges(made, file_id, "passport", "refused", reason_codes=["unreadable"])
    ask_applicant(file_id, actor=made.by("clara"), now=made.now)
    with pytest.raises(NotAllowed):
        w.amira_uploads(made, file_id, "proof_of_address", seed=99)
    with pytest.raises(NotAllowed) as refused:
        send_answers(file_id, actor=AMIRA, now=made.now)
    assert "nothing_answered" in refused.value.codes

    w.amira_uploads(made, file_id, "passport")
    send_answers(file_id, actor=AMIRA, now=made.now)

    assert made.requirements(file_id)["passport"].status == "sent"
    assert made.requirements(file_id)["proof_of_address"].status == "accepted"
