"""What the clock does by itself: it reminds, and it acts only where nobody but the applicant has the ball."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select, update

from actions.applications.revive import revive
from actions.clock import clock_events
from actions.consultations.answer import send_answers
from actions.consultations.ask_applicant import ask_applicant
from actions.decisions.judge import claim, require_extra
from actions.meetings.meeting import start_meeting
from actions.meetings.visits import arrive
from applications.facts import CLOCK
from applications.models import Deadline, Requirement
from appointments.models import Appointment, SlotBlock
from consultations.models import Consultation, ConsultationItem
from extensions import db, services
from jobs import deadlines, deliver_outbox
from offices import queries as offices
from offices.models import OfficeHours
from tests.jobs.told import (
    THURSDAY_TEN,
    asked_for_the_passport,
    booked,
    complete,
    deadline,
    events_of,
    mails_of,
)
from tests.support import world as w
from tests.support.world import AMIRA


def until(made, instant):
    made.now = max(made.now, instant)
    return made.now


# --- reminders ---------------------------------------------------------------------------------------------------


def test_a_reminder_goes_out_on_its_day_and_only_once(made_on_each, smtp):
    made = made_on_each
    file_id = asked_for_the_passport(made)
    deliver_outbox.deliver_due()
    first = deadline(file_id, "consultation_reply").reminds_at

    until(made, first - timedelta(minutes=1))
    assert deadlines.remind_due() == 0
    until(made, first)
    assert deadlines.remind_due() == 1
    assert deadlines.remind_due() == 0
    deliver_outbox.deliver_due()

    assert len(mails_of("remind_consultation_reply")) == 1
    assert smtp.mails[-1].subject == "We are still waiting for your answer"
    assert "Please answer by" in smtp.mails[-1].text


def test_a_worker_that_slept_over_two_reminders_sends_one(made):
    file_id = asked_for_the_passport(made)
    deliver_outbox.deliver_due()
    row = deadline(file_id, "consultation_reply")
    until(made, datetime.combine(row.due_on, datetime.min.time(), UTC))

    deadlines.remind_due()
    deadlines.remind_due()

    assert len(mails_of("remind_consultation_reply")) == 1


def test_a_reminder_is_void_once_the_answer_came(made, smtp):
    file_id = asked_for_the_passport(made)
    deliver_outbox.deliver_due()
    until(made, deadline(file_id, "consultation_reply").reminds_at)
    deadlines.remind_due()
    amira_answers_late(made, file_id, send_answers)
    smtp.forget()

    deliver_outbox.deliver_due()

    assert mails_of("remind_consultation_reply")[0].status == "void"
    assert "We are still waiting for your answer" not in [mail.subject for mail in smtp.mails]


def test_a_visit_is_remembered_a_week_and_a_day_before(made):
    file_id = booked(made, datetime(2026, 12, 10, 9, 0, tzinfo=UTC))
    sent = []
    for _ in range(17):
        if deadlines.remind_due():
            sent.append(made.now.date())
        made.wait(days=1)

    assert sent == [date(2026, 12, 3), date(2026, 12, 9)]
    assert made.file(file_id).stage == "booked"


# --- lapse and revival -------------------------------------------------------------------------------------------


def test_a_file_lapses_when_only_the_applicant_had_the_ball_and_a_late_answer_revives_it(made_on_each):
    made = made_on_each
    file_id = asked_for_the_passport(made)
    deliver_outbox.deliver_due()
    fires = deadline(file_id, "consultation_reply").fires_at

    made.live(seconds=(fires - made.now).total_seconds() - 1)
    deadlines.fire_due()
    assert made.file(file_id).state == "open"
    until(made, fires)
    deadlines.fire_due()
    assert (made.file(file_id).state, made.file(file_id).closed_reason) == ("lapsed", "consultation_reply")
    assert len(mails_of("application_lapsed")) == 1

    made.wait(days=5)
    w.amira_uploads(made, file_id, "passport")
    revive(file_id, actor=AMIRA, now=made.now)
    file = made.file(file_id)
    assert (file.state, file.stage, file.erase_on) == ("open", "in_review", None)
    assert "sent" in file.office_todo


def test_a_file_does_not_lapse_while_the_office_has_something_to_do(made):
    file_id = asked_for_the_passport(made)
    deliver_outbox.deliver_due()
    amira_answers_late(made, file_id, send_answers)

    made.live(days=60)
    deadlines.fire_due()

    assert made.file(file_id).state == "open"
    assert "lapse" not in events_of(file_id)


def test_a_draft_nobody_works_on_lapses_after_its_days(made):
    file_id = w.amira_starts(made)

    made.live(days=59)
    deadlines.fire_due()
    assert made.file(file_id).state == "draft"
    made.live(days=3)
    deadlines.fire_due()

    assert made.file(file_id).state == "lapsed"


def test_one_broken_deadline_keeps_no_other_from_firing(made, monkeypatch):
    first, second = w.amira_starts(made), w.amira_starts(made)
    lapse = deadlines._FIRES["lapse"]

    def breaks_for_the_first(row):
        if row.application_id == first:
            raise RuntimeError("broken")
        lapse(row)

    monkeypatch.setitem(deadlines._FIRES, "lapse", breaks_for_the_first)
    made.live(days=62)

    assert deadlines.fire_due() == 1
    assert (made.file(first).state, made.file(second).state) == ("draft", "lapsed")


def test_deadlines_that_may_not_fire_do_not_stand_before_the_others(made, monkeypatch):
    first, second = w.amira_starts(made), w.amira_starts(made)
    lapse = deadlines._FIRES["lapse"]
    monkeypatch.setitem(deadlines._FIRES, "lapse", lambda row: None if row.application_id == first else lapse(row))
    made.live(days=62)

    deadlines.fire_due(most=1)

    assert (made.file(first).state, made.file(second).state) == ("draft", "lapsed")


# --- after an outage ---------------------------------------------------------------------------------------------


def test_after_a_long_outage_nobody_lapses_without_the_time_the_reminder_promised(made_on_each, smtp):
    made = made_on_each
    file_id = asked_for_the_passport(made)
    deliver_outbox.deliver_due()
    made.wait(days=90)

    deadlines.act_by_the_clock()
    deliver_outbox.deliver_due()

    row = deadline(file_id, "consultation_reply")
    assert made.file(file_id).state == "open"
    assert mails_of("application_lapsed") == []
    assert smtp.mails[-1].subject == "We are still waiting for your answer"
    consultation = db.session.query(Consultation).one()
    assert row.due_on == consultation.due_on >= made.now.date() - timedelta(days=1)
    assert (row.fires_at - made.now).days >= 13  # the second chance, whole

    made.live(seconds=(row.fires_at - made.now).total_seconds() - 60)
    deadlines.act_by_the_clock()
    assert made.file(file_id).state == "open"
    made.wait(minutes=2)
    deadlines.act_by_the_clock()
    assert made.file(file_id).state == "lapsed"


def test_a_reminder_on_its_day_moves_nothing(made):
    file_id = asked_for_the_passport(made)
    deliver_outbox.deliver_due()
    due_on = deadline(file_id, "consultation_reply").due_on

    made.live(days=20)

    assert len(mails_of("remind_consultation_reply")) == 3
    assert deadline(file_id, "consultation_reply").due_on == due_on


def test_the_clock_cannot_lapse_a_file_whose_reminder_did_not_go_out(made):
    file_id = w.amira_starts(made)
    made.wait(days=62)

    deadlines.fire_due()

    assert made.file(file_id).state == "draft"


def test_what_waited_for_another_event_follows_in_the_same_round(made):
    file_id = w.amira_starts(made)
    made.live(days=60)
    arrive(file_id, office_id=made.offices["house"], actor=made.by("dora"), now=made.now)
    made.wait(days=1)

    deadlines.act_by_the_clock()

    assert events_of(file_id)[-2:] == ["leave", "lapse"]


# --- appointments ------------------------------------------------------------------------------------------------


def test_who_did_not_come_is_a_no_show_after_closing_and_not_before(made_on_each):
    made = made_on_each
    file_id = booked(made)

    until(made, datetime(2026, 12, 3, 14, 29, tzinfo=UTC))  # the house closes at 15:00 in Copenhagen, 14:00 UTC
    deadlines.fire_due()
    assert made.file(file_id).stage == "booked"
    until(made, datetime(2026, 12, 3, 14, 30, tzinfo=UTC))
    deadlines.fire_due()

    assert appointment().status == "no_show"
    assert (made.file(file_id).stage, sum(db.session.scalars(select(SlotBlock.taken)))) == ("complete", 0)
    assert len(mails_of("missed_you")) == 1


def test_a_time_that_was_frozen_is_given_back_before_the_day(made):
    file_id = booked(made)
    frozen_by_a_refusal(made, file_id)
    assert appointment().frozen_at is not None
    ask_applicant(file_id, actor=made.by("clara"), now=made.now)
    until(made, deadline(file_id, "frozen_appointment").fires_at)
    deadlines.fire_due()

    assert (appointment().status, appointment().because) == ("released", "incomplete")
    assert sum(db.session.scalars(select(SlotBlock.taken))) == 0
    assert len(mails_of("time_given_back")) == 1
    assert made.file(file_id).stage == "waiting_for_applicant"


def test_shorter_opening_hours_do_not_take_a_frozen_time_away_sooner(made):
    file_id = booked(made)
    frozen_by_a_refusal(made, file_id)
    told = deadline(file_id, "frozen_appointment").fires_at
    change_hours(made, opens="13:00")
    claim(file_id, holder_id=made.by("clara").id, seen_holder_id=None, actor=made.by("clara"), now=made.now)
    assert deadline(file_id, "frozen_appointment").fires_at == told

    change_hours(made, opens="07:00")
    claim(file_id, holder_id=None, seen_holder_id=made.by("clara").id, actor=made.by("clara"), now=made.now)
    assert deadline(file_id, "frozen_appointment").fires_at > told


def test_a_day_that_was_promised_for_a_draft_stands_when_she_saves_under_a_stricter_rule(made):
    file_id = w.amira_starts(made)
    promised = made.now + timedelta(days=200)
    set_deadline(file_id, "draft_idle", fires_at=promised, due_on=promised.date())
    made.wait(days=1)

    w.amira_answers(made, file_id, {"moving_date": "2026-12-01"})

    row = deadline(file_id, "draft_idle")
    assert (row.fires_at, row.due_on, row.starts_on) == (promised, promised.date(), made.now.date())


def test_a_frozen_time_is_kept_while_the_office_has_the_ball(made):
    file_id = booked(made)
    frozen_by_a_refusal(made, file_id)

    until(made, deadline(file_id, "frozen_appointment").fires_at)
    deadlines.fire_due()

    assert appointment().status == "booked"
    assert mails_of("time_given_back") == []


def test_a_meeting_nobody_ended_lands_on_the_offices_list(made):
    file_id = booked(made)
    until(made, THURSDAY_TEN)
    arrive(file_id, office_id=made.offices["house"], actor=made.by("dora"), now=made.now)
    start_meeting(file_id, office_id=made.offices["house"], actor=made.by("dora"), now=made.now)

    until(made, deadline(file_id, "meeting_left_open").fires_at)
    deadlines.fire_due()
    deadlines.fire_due()

    assert "meeting_overdue" in made.file(file_id).office_todo
    assert events_of(file_id).count("meeting_forgotten") == 1


def test_who_is_still_noted_in_the_building_after_closing_has_left(made):
    file_id = complete(made)
    until(made, THURSDAY_TEN)
    arrive(file_id, office_id=made.offices["house"], actor=made.by("dora"), now=made.now)

    until(made, datetime(2026, 12, 3, 14, 45, tzinfo=UTC))
    deadlines.fire_due()

    assert events_of(file_id)[-1] == "leave"
    assert made.file(file_id).state == "open"


# --- a paper runs out --------------------------------------------------------------------------------------------


def test_a_paper_that_ran_out_is_asked_for_by_the_rule_and_she_is_told(made, smtp):
    file_id = complete(made)
    deliver_outbox.deliver_due()
    smtp.forget()
    passport = db.session.scalar(select(Requirement).where(Requirement.application_id == file_id,
                                                           Requirement.item_id == "passport"))
    passport_id, ends = passport.id, passport.good_until_on
    assert ends is not None
    until(made, datetime.combine(ends + timedelta(days=1), datetime.min.time(), UTC))

    clock_events.document_ran_out(file_id, requirement_id=passport_id, actor=CLOCK, now=made.now)
    deliver_outbox.deliver_due()

    assert made.requirements(file_id)["passport"].status == "missing"
    item = db.session.scalar(select(ConsultationItem).where(ConsultationItem.requirement_id == passport_id))
    assert item.status == "asked"
    assert "We need something more from you" in [mail.subject for mail in smtp.mails]
    assert db.session.query(Consultation).one().delivered_at == made.now
    assert deadline(file_id, "consultation_reply").paused_at is None


def change_hours(made, **hours):
    db.session.rollback()
    db.session.execute(update(OfficeHours).where(OfficeHours.office_id == made.offices["house"]).values(**hours))
    db.session.commit()
    offices.forget_calendars(db.session())


def set_deadline(file_id, kind, **values):
    db.session.rollback()
    db.session.execute(update(Deadline).where(Deadline.application_id == file_id, Deadline.kind == kind)
                       .values(**values))
    db.session.commit()
    services().memory.forget(file_id)  # changed behind the house's back


def appointment():
    db.session.rollback()
    return db.session.scalar(select(Appointment))


def frozen_by_a_refusal(made, file_id):
    require_extra(file_id, title="Birth certificate", reason="The name differs.", actor=made.by("clara"), now=made.now)


def amira_answers_late(made, file_id, verb):
    w.amira_describes(made, file_id, "passport", w.PAPERS["passport"])
    w.amira_uploads(made, file_id, "passport")
    verb(file_id, actor=AMIRA, now=made.now)
