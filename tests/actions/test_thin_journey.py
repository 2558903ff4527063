"""From the first answers to a number, by the actions alone, on both databases."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from actions.applications.submit import submit
from actions.appointments.book_appointment import book_appointment
from actions.consultations.answer import send_answers
from actions.consultations.ask_applicant import ask_applicant
from actions.errors import NotAllowed
from actions.meetings.meeting import end_meeting, record_outcome, start_meeting, tick
from actions.meetings.visits import arrive
from applications.models import Decision, StateChange
from appointments.models import Appointment, SlotBlock
from audit import chain
from audit.models import AuditEntry
from extensions import db, services
from notifications.models import Outbox
from tests.support import world as w
from tests.support.world import AMIRA

THURSDAY_TEN = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)


def test_a_draft_demands_what_the_rules_say(made):
    file_id = w.amira_starts(made)

    file = made.file(file_id)
    assert (file.state, file.stage, file.queue) == ("draft", "draft", "none")
    assert made.requirements(file_id)["passport"].status == "missing"


def test_sending_too_early_tells_everything_that_is_missing(made):
    file_id = w.amira_starts(made)

    with pytest.raises(NotAllowed) as refused:
        submit(file_id, actor=AMIRA, now=made.now)

    assert len(refused.value.refusals) > 5
    assert made.file(file_id).state == "draft"


def test_a_file_with_everything_is_sent_and_lies_with_the_office(made):
    file_id = w.amira_sends(made)

    file = made.file(file_id)
    assert (file.state, file.stage, file.queue) == ("open", "submitted", "current")
    assert "sent" in file.office_todo
    assert kinds_of_mail(file_id) == ["application_received"]


def test_accepting_the_last_paper_opens_booking_by_itself(made):
    file_id = w.amira_sends(made)

    w.clara_accepts_all(made, file_id)

    file = made.file(file_id)
    assert (file.stage, file.queue, file.office_todo) == ("complete", "ready_to_attend", "")
    assert file.complete_from_on.isoformat() == "2026-12-01"


def test_a_missing_passport_is_asked_for_sent_and_the_meeting_ends_in_a_number(made):
    file_id = w.amira_sends(made, without=("passport",))
    assert "cannot_get" in made.file(file_id).office_todo

    clara_asks_for_the_passport(made, file_id)
    assert made.file(file_id).stage == "waiting_for_applicant"

    made.wait(hours=2)
    w.amira_describes(made, file_id, "passport", w.PAPERS["passport"])
    w.amira_uploads(made, file_id, "passport")
    send_answers(file_id, actor=AMIRA, now=made.now)
    assert made.file(file_id).stage == "in_review"
    w.clara_accepts_all(made, file_id)

    book_appointment(file_id, THURSDAY_TEN, actor=AMIRA, now=made.now)
    assert made.file(file_id).stage == "booked"
    assert seats_taken() > 0

    dora_gives_the_number(made, file_id)
    file = made.file(file_id)
    assert (file.state, file.stage, file.queue) == ("issued", "issued", "completed")
    decision = db.session.scalar(select(Decision).where(Decision.application_id == file_id))
    assert services().sealer.open(decision.number_sealed) == "010190-1234"
    assert "010190" not in decision.number_sealed
    assert every_event_left_one_entry(file_id)


def test_nobody_books_while_a_paper_is_missing(made):
    file_id = w.amira_sends(made, without=("passport",))

    with pytest.raises(NotAllowed) as refused:
        book_appointment(file_id, THURSDAY_TEN, actor=AMIRA, now=made.now)

    assert "complete_on_slot_day" in refused.value.codes
    assert seats_taken() == 0
    assert not list(db.session.scalars(select(Appointment)))


def clara_asks_for_the_passport(made, file_id):
    w.clara_judges(made, file_id, "passport", "refused", reason_codes=["unreadable"])
    ask_applicant(file_id, actor=made.by("clara"), now=made.now)


def dora_gives_the_number(made, file_id):
    made.now = THURSDAY_TEN
    dora, house, amira = made.by("dora"), made.offices["house"], made.people(file_id)["applicant"]
    arrive(file_id, office_id=house, actor=dora, now=made.now)
    start_meeting(file_id, office_id=house, actor=dora, now=made.now)
    seen = [row.id for row in made.requirements(file_id).values()]
    tick(file_id, person_id=amira, identity=True, requirement_ids=seen, actor=dora, now=made.now)
    record_outcome(file_id, amira, outcome="issued", number="010190-1234", actor=dora, now=made.now)
    end_meeting(file_id, actor=dora, now=made.wait(minutes=9))


def kinds_of_mail(file_id):
    return list(db.session.scalars(select(Outbox.kind).where(Outbox.application_id == file_id).order_by(Outbox.id)))


def seats_taken():
    return sum(db.session.scalars(select(SlotBlock.taken)))


def every_event_left_one_entry(file_id):
    changes = list(db.session.scalars(select(StateChange).where(StateChange.application_id == file_id)))
    entries = list(db.session.scalars(
        select(AuditEntry).where(AuditEntry.chain == f"file:{file_id}").order_by(AuditEntry.seq)))
    assert chain.faults(services().settings.audit_key, entries) == []
    events = [e.action for e in entries if e.action in {c.event for c in changes}]
    return sorted(events) == sorted(c.event for c in changes)
