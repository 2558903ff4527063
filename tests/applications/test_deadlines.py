from datetime import UTC, date, datetime, time, timedelta

import pytest

from applications import deadlines
from applications.deadlines import Anchor, NeverOpen, OfficeCalendar
from applications.workflow import load

NINE_TO_FOUR = ((time(9), time(16)),)
WEEK = {
    **dict.fromkeys((0, 1, 2), NINE_TO_FOUR),
    3: ((time(9), time(12)), (time(13), time(18))),
    4: ((time(9), time(13)),),
}
HOLIDAYS = {date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1)}
OFFICE = OfficeCalendar("Europe/Copenhagen", WEEK, lambda day: day in HOLIDAYS)
SHUT = OfficeCalendar("Europe/Copenhagen", {})
TIMERS = load().deadlines
CLOCKS = load().clocks


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_day_that_falls_on_a_holiday_rolls_forward_to_the_next_open_day():
    assert deadlines.roll_forward(OFFICE, date(2026, 12, 24)) == date(2026, 12, 28)
    assert deadlines.roll_forward(OFFICE, date(2026, 12, 23)) == date(2026, 12, 23)


def test_a_calendar_without_open_days_moves_no_date():
    assert deadlines.roll_forward(SHUT, date(2026, 12, 24)) == date(2026, 12, 24)


def test_an_answer_counts_while_it_is_still_the_day_somewhere():
    assert deadlines.counts_until(date(2026, 6, 1)) == at("2026-06-02T12:00")


def test_business_time_counts_only_opening_hours():
    assert deadlines.business_time(OFFICE, at("2026-06-01T06:00"), at("2026-06-02T08:00")) == timedelta(hours=8)
    assert deadlines.business_time(OFFICE, at("2026-06-06T06:00"), at("2026-06-07T20:00")) == timedelta()


def test_business_time_of_instants_the_wrong_way_round_is_zero():
    assert deadlines.business_time(OFFICE, at("2026-06-02T08:00"), at("2026-06-01T08:00")) == timedelta()


def test_a_lunch_break_is_not_business_time():
    assert deadlines.business_time(OFFICE, at("2026-06-04T09:30"), at("2026-06-04T11:30")) == timedelta(hours=1)


def test_a_short_friday_is_one_working_day_like_any_other():
    assert deadlines.working_days(OFFICE, at("2026-06-05T00:00"), at("2026-06-05T20:00")) == pytest.approx(1)
    assert deadlines.working_days(OFFICE, at("2026-06-04T00:00"), at("2026-06-08T22:00")) == pytest.approx(3)


def test_three_working_days_skip_the_weekend_and_the_holidays():
    assert deadlines.after_working_days(OFFICE, at("2026-12-23T08:00"), 3) == at("2026-12-29T15:00")


def test_working_days_forward_and_back_agree():
    start = at("2026-06-03T10:17")
    end = deadlines.after_working_days(OFFICE, start, 2.5)
    assert deadlines.working_days(OFFICE, start, end) == pytest.approx(2.5)


def test_an_office_that_never_opens_is_named_instead_of_looping():
    with pytest.raises(NeverOpen):
        deadlines.after_working_days(SHUT, at("2026-06-03T10:17"), 1)


def test_eight_working_hours_before_an_appointment_reach_back_into_the_day_before():
    assert deadlines.before_business_time(OFFICE, at("2026-06-03T09:00"), timedelta(hours=8)) == at("2026-06-02T08:00")


NIGHT = OfficeCalendar("Europe/Copenhagen", {6: ((time(1), time(4)),)})


def test_a_night_in_spring_has_an_hour_less_and_one_in_autumn_an_hour_more():
    spring = deadlines.business_time(NIGHT, at("2026-03-28T12:00"), at("2026-03-29T12:00"))
    autumn = deadlines.business_time(NIGHT, at("2026-10-24T12:00"), at("2026-10-25T12:00"))
    assert (spring, autumn) == (timedelta(hours=2), timedelta(hours=4))


def test_the_end_of_a_day_of_23_hours_is_the_next_midnight():
    assert OFFICE.end_of_day(date(2026, 3, 29)) == at("2026-03-29T22:00")
    assert OFFICE.end_of_day(date(2026, 10, 25)) == at("2026-10-25T23:00")


def test_a_reply_is_due_after_14_days_rolled_forward_and_the_file_lapses_only_after_the_second_chance():
    due = deadlines.due(TIMERS["consultation_reply"], OFFICE, Anchor(started_at=at("2026-12-10T09:00")))
    assert due.due_on == date(2026, 12, 28)
    assert due.counts_until_at == at("2026-12-29T12:00")
    assert due.fires_at == at("2027-01-12T12:00")
    assert due.reminds_at == (at("2026-12-21T08:00"), at("2026-12-26T08:00"), at("2026-12-29T08:00"))


def test_a_reply_asked_by_letter_has_the_days_of_the_post_on_top():
    due = deadlines.due(TIMERS["consultation_reply"], OFFICE, Anchor(started_at=at("2026-06-01T09:00"), by_letter=True))
    assert due.due_on == date(2026, 6, 22)


def test_a_pause_gives_back_every_day_it_touched():
    timer = TIMERS["draft_idle"]
    old = deadlines.due(timer, OFFICE, Anchor(started_at=at("2026-06-01T09:00")))
    new = deadlines.resumed(timer, OFFICE, old, at("2026-06-10T21:00"), at("2026-06-12T05:00"))
    assert new.due_on == old.due_on + timedelta(days=2)


def test_a_pause_of_an_hour_never_makes_a_deadline_shorter():
    timer = TIMERS["draft_idle"]
    old = deadlines.due(timer, OFFICE, Anchor(started_at=at("2026-06-01T09:00")))
    assert deadlines.resumed(timer, OFFICE, old, at("2026-06-10T09:00"), at("2026-06-10T10:00")).fires_at > old.fires_at


def test_a_pause_does_not_move_what_hangs_on_an_appointment():
    timer = TIMERS["no_show"]
    anchor = Anchor(started_at=at("2026-06-01T09:00"), appointment_starts_at=at("2026-06-09T08:00"))
    old = deadlines.due(timer, OFFICE, anchor)
    assert deadlines.resumed(timer, OFFICE, old, at("2026-06-02T09:00"), at("2026-06-05T09:00")) == old


def test_reminders_of_an_appointment_that_lie_behind_are_left_to_the_writer_in_order():
    anchor = Anchor(started_at=at("2026-06-01T09:00"), appointment_starts_at=at("2026-06-09T08:00"))
    due = deadlines.due(TIMERS["appointment_reminder"], OFFICE, anchor)
    assert due.reminds_at == (at("2026-06-02T07:00"), at("2026-06-08T07:00"))


def test_a_no_show_is_noted_half_an_hour_after_the_office_closes():
    anchor = Anchor(started_at=at("2026-06-01T09:00"), appointment_starts_at=at("2026-06-09T08:00"))
    assert deadlines.due(TIMERS["no_show"], OFFICE, anchor).fires_at == at("2026-06-09T14:30")


def test_a_meeting_on_a_day_without_opening_is_called_forgotten_soon_after_it_began():
    due = deadlines.due(TIMERS["meeting_left_open"], OFFICE, Anchor(started_at=at("2026-06-06T09:00")))
    assert due.fires_at == at("2026-06-06T09:15")


def test_a_paper_runs_out_at_the_end_of_its_last_day():
    anchor = Anchor(started_at=at("2026-06-01T09:00"), subject_on=date(2026, 7, 1))
    assert deadlines.due(TIMERS["good_until"], OFFICE, anchor).fires_at == at("2026-07-01T22:00")


def test_every_deadline_that_settle_keeps_has_a_rule_for_its_day():
    anchor = Anchor(
        started_at=at("2026-06-01T09:00"), appointment_starts_at=at("2026-06-09T08:00"), subject_on=date(2026, 7, 1)
    )
    for timer in TIMERS.values():
        if timer.is_kept_by_settle:
            assert deadlines.due(timer, OFFICE, anchor).fires_at > anchor.started_at


def test_a_changed_calendar_may_give_more_time_and_never_less():
    early, late = deadlines.Due(at("2026-06-01T09:00")), deadlines.Due(at("2026-06-02T09:00"))
    assert deadlines.never_earlier(late, early) is late
    assert deadlines.never_earlier(early, late) is late


def test_a_clock_counts_its_segments_and_not_the_time_between():
    segments = [(at("2026-06-01T07:00"), at("2026-06-01T14:00")), (at("2026-06-08T07:00"), None)]
    due = deadlines.clock_due_at(CLOCKS["first_review"], OFFICE, segments, at("2026-06-08T07:00"))
    assert due == at("2026-06-09T14:00")


def test_an_overdue_clock_says_since_when():
    running = [(at("2026-06-01T07:00"), None)]
    due = deadlines.clock_due_at(CLOCKS["first_review"], OFFICE, running, at("2026-07-01T09:00"))
    assert due == at("2026-06-03T14:00")


def test_work_is_sorted_by_our_promise_when_the_ball_is_ours_and_by_hers_when_it_is_hers():
    hers, ours, last = at("2026-06-09T00:00"), at("2026-06-05T00:00"), at("2026-09-01T00:00")
    assert deadlines.act_by_at("office", [hers], [ours], last) == ours
    assert deadlines.act_by_at("applicant", [hers], [ours], last) == hers
    assert deadlines.act_by_at("applicant", [], [], last) == last
