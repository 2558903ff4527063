"""Which times can be taken: pure, on blocks that the test writes down."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from appointments import availability
from appointments.availability import Block
from offices.calendar import Calendar, WeeklySpan

DAY = date(2026, 11, 26)
NINE = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)  # on the wall in Copenhagen
JUST_BEFORE = NINE - timedelta(minutes=1)
OFFICE = Calendar(
    office_id=1, zone="Europe/Copenhagen", country="DK",
    hours=(WeeklySpan(3, "09:00", "10:00", 2), WeeklySpan(3, "12:30", "12:55", 1)),
)  # fmt: skip


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def row(after: int, taken: int = 0, **more) -> Block:
    return replace(Block(NINE + minutes(after), minutes=10, capacity=2, taken=taken, id=after), **more)


def starts(blocks, wanted: int, after: datetime = JUST_BEFORE) -> list[int]:
    return [int((s - NINE) / minutes(1)) for s in availability.free_starts(blocks, wanted, after=after)]


# --- blocks of a day


def test_a_day_is_cut_into_the_grid_and_a_rest_that_is_too_short_is_not_offered():
    blocks = availability.blocks_of_day(OFFICE, DAY)
    assert [int((b.starts_at - NINE) / minutes(1)) for b in blocks] == [0, 10, 20, 30, 40, 50, 210, 220]
    assert [b.capacity for b in blocks] == [2] * 6 + [1] * 2


def test_blocks_follow_each_other_through_the_night_on_which_the_clock_goes_back():
    night = replace(OFFICE, hours=(WeeklySpan(6, "01:00", "04:00", 1),), grid_minutes=30)
    blocks = availability.blocks_of_day(night, date(2026, 10, 25))
    assert len(blocks) == 8  # four hours pass between one and four
    assert len({block.starts_at for block in blocks}) == 8
    assert all(one.ends_at == two.starts_at for one, two in pairwise(blocks))


def test_no_block_lies_in_the_hour_that_is_skipped_in_spring():
    night = replace(OFFICE, hours=(WeeklySpan(6, "01:00", "04:00", 1),), grid_minutes=30)
    assert len(availability.blocks_of_day(night, date(2026, 3, 29))) == 4


# --- times


def test_a_time_needs_every_block_it_touches():
    blocks = [row(0), row(10), row(20, taken=2), row(30), row(40)]
    assert starts(blocks, 10) == [0, 10, 30, 40]
    assert starts(blocks, 20) == [0, 30]
    assert starts(blocks, 30) == []


def test_minutes_between_two_steps_of_the_grid_take_the_whole_next_block():
    assert starts([row(0), row(10), row(20)], 11) == [0, 10]


def test_a_shut_block_is_neither_begun_in_nor_crossed():
    blocks = [row(0), row(10, shut=True), row(20)]
    assert starts(blocks, 10) == [0, 20]
    assert starts(blocks, 20) == []


def test_no_time_reaches_over_the_lunch_break():
    blocks = availability.blocks_of_day(OFFICE, DAY)
    assert starts(blocks, 20)[-2:] == [40, 210]


def test_a_time_that_begins_now_has_begun():
    blocks = [row(0), row(10)]
    assert starts(blocks, 10, after=NINE) == [10]
    assert starts(blocks, 10, after=NINE + minutes(10)) == []


def test_the_stretch_of_a_time_is_cut_where_the_office_closes():
    found = availability.stretch([row(0), row(10), row(30)], NINE, 40)
    assert availability.minutes_of(found) == 20
    assert availability.stretch([row(0)], NINE + minutes(5), 10) == ()


def test_days_are_told_as_morning_and_afternoon_on_the_wall_of_the_office():
    blocks = availability.blocks_of_day(OFFICE, DAY)
    (day,) = availability.by_day(availability.free_starts(blocks, 10, after=NINE), "Europe/Copenhagen")
    assert day.day_on == DAY
    assert len(day.morning) == 5
    assert day.afternoon == (NINE + minutes(210), NINE + minutes(220))


def suggested(times):
    return availability.suggestions(availability.by_day(times, "Europe/Copenhagen"))


def test_suggestions_are_three_times_that_really_differ():
    times = [NINE, NINE + minutes(10), NINE + minutes(240), NINE + timedelta(days=1), NINE + timedelta(days=2)]
    assert suggested(times) == [times[0], times[2], times[3]]


def test_suggestions_are_the_earliest_where_nothing_differs():
    times = [NINE, NINE + minutes(10), NINE + minutes(20), NINE + minutes(30)]
    assert suggested(times) == times[:3]
    assert suggested(times[:1]) == times[:1]
    assert suggested([]) == []


# --- rows that follow a changed calendar


def wanted(*after: int, **more) -> list[Block]:
    return [replace(row(n), id=None, **more) for n in after]


def test_what_the_calendar_wants_and_has_no_row_is_missing():
    found = availability.changes(wanted(0, 10), [row(0)])
    assert [b.starts_at for b in found.missing] == [NINE + minutes(10)]
    assert found.resized == found.shut == ()


def test_rows_that_agree_with_the_calendar_are_left_alone():
    assert availability.changes(wanted(0, 10), [row(0), row(10, taken=1)]) == availability.Changes()


def test_a_row_that_is_no_longer_wanted_is_shut_and_keeps_its_seats():
    (shut,) = availability.changes([], [row(0, taken=2)]).shut
    assert shut.taken == 2


def test_capacity_never_falls_below_what_is_taken():
    found = availability.changes(wanted(0, 10, capacity=1), [row(0, taken=2), row(10)])
    assert [(b.id, b.capacity) for b in found.resized] == [(10, 1)]


def test_a_shut_row_opens_again_when_the_calendar_wants_it_back():
    (opened,) = availability.changes(wanted(0), [row(0, taken=1, shut=True)]).resized
    assert not opened.shut
    assert opened.taken == 1


def test_no_new_block_overlaps_people_who_were_promised_a_time_on_the_old_grid():
    fifteen = [replace(b, minutes=15) for b in wanted(0, 15, 30)]
    found = availability.changes(fifteen, [row(0), row(10, taken=1), row(20)])
    assert [b.starts_at for b in found.missing] == [NINE + minutes(30)]
    assert [b.id for b in found.shut] == [0, 10, 20]


def test_a_page_sees_what_the_rows_would_become():
    merged = availability.merged(wanted(0, 10), [row(10, taken=1), row(20)])
    assert [(b.id, b.taken, b.shut) for b in merged] == [(None, 0, False), (10, 1, False), (20, 0, True)]


def test_what_is_shut_stays_shut_on_a_page_until_the_office_is_changed():
    merged = availability.merged(wanted(0, 10), [row(0, shut=True)])
    assert [b.shut for b in merged] == [True, False]
