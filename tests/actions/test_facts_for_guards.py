"""Guards hold only if they are told what the rows say: own files, two devices, unread words, full offices."""

import pytest
from sqlalchemy import select, update

from actions.applications.save_answers import save_answers
from actions.clock.clock_events import lapse
from actions.clock.watch_free_time import watch_free_time
from actions.consultations.answer import answer_item, send_answers
from actions.consultations.ask_applicant import ask_applicant
from actions.decisions.contact import change_contact
from actions.decisions.judge import judge_document, require_extra, waive
from actions.errors import NotAllowed
from actions.meetings.meeting import start_meeting
from applications.facts import CLOCK
from applications.models import Answer, Deadline, StateChange
from consultations.models import ConsultationItem
from extensions import db
from notifications.models import Outbox
from offices.models import OfficeHours
from tests.support import world as w
from tests.support.world import AMIRA


def refused(act, *args, **named) -> set[str]:
    with pytest.raises(NotAllowed) as no:
        act(*args, **named)
    db.session.rollback()
    return no.value.codes


def deadline(file_id, kind):
    db.session.rollback()
    return db.session.scalar(select(Deadline).where(Deadline.application_id == file_id, Deadline.kind == kind,
                                                    Deadline.done_at.is_(None)))


def events_of(file_id):
    return list(db.session.scalars(select(StateChange.event).where(StateChange.application_id == file_id)))


# --- own file ----------------------------------------------------------------------------------------------------


def file_of(made, email):
    file_id = w.amira_sends(made)
    change_contact(file_id, email=email, identity_seen=True, actor=made.by("dora"), now=made.now)
    return file_id


def test_nobody_judges_a_file_whose_mail_she_gets_herself(made):
    file_id = file_of(made, "Clara@House.example")
    row = made.requirements(file_id)["passport"]
    seen = {"seen_hash": row.document_hash, "seen_verdict_id": row.current_verdict_id}

    assert "own_file" in refused(judge_document, file_id, row.id, verdict="accepted", **seen,
                                 actor=made.by("clara"), now=made.now)
    assert "own_file" in refused(waive, file_id, row.id, reason="I am known.", seen_verdict_id=None,
                                 actor=made.by("clara"), now=made.now)
    assert made.requirements(file_id)["passport"].status == "sent"
    judge_document(file_id, row.id, verdict="accepted", **seen, actor=made.by("carl"), now=made.now)
    assert made.requirements(file_id)["passport"].status == "accepted"


def test_nobody_meets_herself_at_the_desk(made):
    file_id = file_of(made, "dora@house.example")

    assert refused(start_meeting, file_id, office_id=made.offices["house"], actor=made.by("dora"),
                   now=made.now) == {"officer_may_see_file"}
    assert made.file(file_id).stage == "submitted"


# --- two devices -------------------------------------------------------------------------------------------------


def says(made, file_id, name, **device):
    amira = made.people(file_id)["applicant"]
    save_answers(file_id, {(amira, "full_name"): name}, **device, actor=AMIRA, now=made.now)
    return db.session.scalar(select(Answer.id).where(Answer.application_id == file_id, Answer.superseded_at.is_(None),
                                                     Answer.question_id == "full_name"))


def test_a_device_does_not_overwrite_what_another_one_wrote_meanwhile(made):
    file_id = w.amira_starts(made)
    seen_by_both = says(made, file_id, "Amira", pen="phone")
    says(made, file_id, "Amira Haddad", pen="phone", seen_answer=seen_by_both)

    codes = refused(says, made, file_id, "A. Haddad", pen="laptop", seen_answer=seen_by_both)

    assert codes == {"somebody_else_writes"}
    current = db.session.scalar(select(Answer).where(Answer.question_id == "full_name", Answer.superseded_at.is_(None)))
    assert (current.value, current.pen) == ({"v": "Amira Haddad"}, "phone")


def test_a_device_that_read_the_other_ones_answers_may_change_them(made):
    file_id = w.amira_starts(made)
    newest = says(made, file_id, "Amira", pen="phone")

    says(made, file_id, "Amira Haddad", pen="laptop", seen_answer=newest)

    assert made.file(file_id).version == 3


def test_two_devices_may_fill_in_different_questions_and_say_the_same(made):
    file_id = w.amira_starts(made)
    amira = made.people(file_id)["applicant"]
    says(made, file_id, "Amira", pen="phone")

    save_answers(file_id, {(amira, "sex"): "female", (amira, "full_name"): "Amira"}, pen="laptop", seen_answer=0,
                 actor=AMIRA, now=made.now)

    assert db.session.scalar(select(Answer.pen).where(Answer.question_id == "sex")) == "laptop"


# --- unread words ------------------------------------------------------------------------------------------------


def asked_twice(made):
    """Everything accepted but the passport, which is asked for; so is one more paper."""
    file_id = w.amira_sends(made, without=("passport",))
    w.clara_accepts_all(made, file_id)
    w.clara_judges(made, file_id, "passport", "refused", reason_codes=["unreadable"])
    require_extra(file_id, title="Birth certificate", reason="The name differs.", actor=made.by("clara"), now=made.now)
    ask_applicant(file_id, actor=made.by("clara"), now=made.now)
    return file_id


def test_a_file_with_words_of_hers_that_nobody_read_does_not_lapse(made):
    file_id = asked_twice(made)
    first = db.session.scalar(select(ConsultationItem).where(ConsultationItem.status == "asked"))
    answer_item(file_id, first.id, kind="text", text="I wrote to the embassy.", actor=AMIRA, now=made.now)
    send_answers(file_id, actor=AMIRA, now=made.now)
    made.wait(days=300)

    codes = refused(lapse, file_id, deadline="consultation_reply", actor=CLOCK, now=made.now)

    assert "unread_message" in codes
    assert "unread_message" in made.file(file_id).office_todo.split()
    assert made.file(file_id).state == "open"


# --- an office without a free time ---------------------------------------------------------------------------------


TOO_SHORT = "09:05"


def complete(made):
    file_id = w.amira_sends(made)
    w.clara_accepts_all(made, file_id)
    assert made.file(file_id).stage == "complete"
    return file_id


def opens(made, closes):
    db.session.rollback()
    db.session.connection(execution_options={"writes": True})
    db.session.execute(update(OfficeHours).where(OfficeHours.office_id == made.offices["house"])
                       .values(closes=closes))
    db.session.commit()


def test_who_could_not_be_offered_a_time_does_not_lapse_for_not_booking(made):
    file_id = complete(made)
    opens(made, TOO_SHORT)
    made.live(days=61)

    assert "deadline_not_passed" in refused(lapse, file_id, deadline="booking_reply", actor=CLOCK, now=made.now)
    assert made.file(file_id).state == "open"


def test_the_days_to_book_stop_without_free_times_and_go_on_with_them(made):
    file_id = complete(made)
    due_on = deadline(file_id, "booking_reply").due_on
    history = events_of(file_id)
    opens(made, TOO_SHORT)

    assert watch_free_time(file_id, actor=CLOCK, now=made.wait(days=1)) is True
    assert watch_free_time(file_id, actor=CLOCK, now=made.now) is False
    assert deadline(file_id, "booking_reply").paused_at is not None

    opens(made, "15:00")
    assert watch_free_time(file_id, actor=CLOCK, now=made.wait(days=10)) is True
    row = deadline(file_id, "booking_reply")
    assert (row.paused_at, (row.due_on - due_on).days) == (None, 10)
    assert events_of(file_id) == history  # the clock looked, and nobody did anything to the file
    assert db.session.scalars(select(Outbox).where(Outbox.kind == "application_lapsed")).all() == []
