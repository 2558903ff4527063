"""When an office is open, on plain days, on holidays, and on the two days on which the clock is put."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from offices.calendar import Calendar, WeeklySpan, instant_of, knows_holidays

THURSDAY = date(2026, 11, 26)
CLOCK_GOES_FORWARD = date(2026, 3, 29)  # a Sunday: 02:00 becomes 03:00
CLOCK_GOES_BACK = date(2026, 10, 25)  # a Sunday: 03:00 becomes 02:00

OFFICE = Calendar(
    office_id=1, zone="Europe/Copenhagen", country="DK", grid_minutes=10,
    hours=tuple(
        WeeklySpan(day, opens, closes, counters)
        for day in range(5) for opens, closes, counters in (("13:00", "15:00", 2), ("09:00", "12:00", 4))
    ),
)  # fmt: skip
NIGHT = replace(OFFICE, hours=(WeeklySpan(6, "00:00", "24:00", 1), WeeklySpan(6, "02:30", "04:00", 1)))


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def test_a_day_has_each_of_its_spans_in_order_as_instants():
    morning, afternoon = OFFICE.spans_of(THURSDAY)
    assert (morning.opens_at, morning.closes_at, morning.counters) == (at(26, 8), at(26, 11), 4)
    assert (afternoon.opens_at, afternoon.closes_at, afternoon.counters) == (at(26, 12), at(26, 14), 2)
    assert OFFICE.closes_at(THURSDAY) == at(26, 14)


@pytest.mark.parametrize(
    ("day_on", "because"),
    [
        (date(2026, 11, 28), "no_hours"),
        (date(2026, 12, 25), "public_holiday"),
        (date(2027, 3, 26), "public_holiday"),
        (THURSDAY, "closure"),
    ],
)
def test_a_closed_day_says_why_and_has_no_spans(day_on, because):
    office = replace(OFFICE, closures=frozenset({THURSDAY}))
    assert office.closed_because(day_on) == because
    assert office.spans_of(day_on) == ()
    assert office.closes_at(day_on) is None


def test_an_office_that_was_given_up_is_closed_from_that_day_on():
    office = replace(OFFICE, closed_at=at(26, 6))
    assert not office.is_open(THURSDAY)
    assert office.is_open(THURSDAY - timedelta(days=1))


def test_a_day_without_hours_after_a_closure_and_a_holiday_is_skipped():
    office = replace(OFFICE, closures=frozenset({date(2026, 12, 28)}))
    assert office.next_open_day(date(2026, 12, 25)) == date(2026, 12, 29)
    assert office.next_open_day(THURSDAY) == THURSDAY


def test_an_office_that_never_opens_has_no_next_day():
    never = replace(OFFICE, hours=())
    assert never.next_open_day(THURSDAY) is None
    assert never.after_working_days(THURSDAY, 3) is None


def test_working_days_count_open_days_only_and_not_the_first_one():
    assert OFFICE.after_working_days(THURSDAY, 0) == THURSDAY
    assert OFFICE.after_working_days(THURSDAY, 1) == date(2026, 11, 27)
    assert OFFICE.after_working_days(THURSDAY, 2) == date(2026, 11, 30)
    assert OFFICE.after_working_days(date(2026, 12, 23), 2) == date(2026, 12, 28)


def test_our_own_time_runs_only_while_the_office_is_open():
    night_through = OFFICE.open_between(at(26, 13, 30), at(27, 9))
    assert night_through == timedelta(minutes=30) + timedelta(hours=1)
    assert OFFICE.open_between(at(28, 0), at(29, 23)) == timedelta()


def test_the_day_on_which_the_clock_goes_forward_has_23_hours():
    whole_day = max(NIGHT.spans_of(CLOCK_GOES_FORWARD), key=lambda span: span.closes_at - span.opens_at)
    assert whole_day.closes_at - whole_day.opens_at == timedelta(hours=23)


def test_the_day_on_which_the_clock_goes_back_has_25_hours():
    whole_day = max(NIGHT.spans_of(CLOCK_GOES_BACK), key=lambda span: span.closes_at - span.opens_at)
    assert whole_day.closes_at - whole_day.opens_at == timedelta(hours=25)


def test_a_time_that_the_clock_skips_means_the_moment_of_the_jump():
    assert instant_of(CLOCK_GOES_FORWARD, "02:30", "Europe/Copenhagen") == at(29, 1, month=3)
    assert instant_of(CLOCK_GOES_FORWARD, "03:00", "Europe/Copenhagen") == at(29, 1, month=3)


def test_a_time_that_comes_twice_opens_at_the_first_and_closes_at_the_second():
    assert instant_of(CLOCK_GOES_BACK, "02:30", "Europe/Copenhagen") == at(25, 0, 30, month=10)
    assert instant_of(CLOCK_GOES_BACK, "02:30", "Europe/Copenhagen", ending=True) == at(25, 1, 30, month=10)


def test_the_bounds_of_a_day_touch_those_of_the_next():
    _, ends_at = OFFICE.day_bounds(CLOCK_GOES_BACK, CLOCK_GOES_BACK)
    begins_at, _ = OFFICE.day_bounds(CLOCK_GOES_BACK + timedelta(days=1), CLOCK_GOES_BACK + timedelta(days=1))
    assert ends_at == begins_at


def test_a_country_whose_holidays_nobody_knows_is_told_apart():
    assert knows_holidays("DK", None)
    assert not knows_holidays("XX", None)
    assert not knows_holidays("DE", "NOWHERE")
