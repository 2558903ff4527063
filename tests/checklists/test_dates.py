"""Months are calendar months, ages are whole years, and a check leaves one span of meeting days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.dates import FIRST, LAST, other_days, passed, shift, window_for

DAYS = st.dates(date(1900, 1, 1), date(2150, 12, 31))
COUNTS = st.integers(-60, 60)
UNITS = st.sampled_from(["day", "week", "month", "year"])
OPS = ["before", "on_or_before", "on_or_after", "after"]
COMPARE = {"before": date.__lt__, "on_or_before": date.__le__, "on_or_after": date.__ge__, "after": date.__gt__}


@pytest.mark.parametrize(
    ("day", "n", "unit", "after"),
    [
        (date(2026, 8, 31), 6, "month", date(2027, 2, 28)),
        (date(2027, 8, 31), 6, "month", date(2028, 2, 29)),
        (date(2026, 12, 2), -6, "month", date(2026, 6, 2)),
        (date(2026, 1, 31), 1, "month", date(2026, 2, 28)),
        (date(2012, 2, 29), 1, "year", date(2013, 3, 1)),
        (date(2028, 2, 29), -1, "year", date(2027, 2, 28)),
        (date(2026, 3, 1), 2, "week", date(2026, 3, 15)),
        (date(9999, 12, 1), 6, "month", LAST),
        (date(1, 1, 1), -1, "day", FIRST),
    ],
)
def test_days_are_shifted_by_the_calendar(day, n, unit, after):
    assert shift(day, n, unit) == after


def test_who_is_born_on_29_february_gets_a_year_older_on_1_march():
    assert passed("years", date(2012, 2, 29), date(2030, 2, 28)) == 17
    assert passed("years", date(2012, 2, 29), date(2030, 3, 1)) == 18


@given(DAYS, st.integers(0, 100), DAYS)
def test_an_age_and_a_shifted_birthday_always_agree(birth, years, day):
    assert (shift(birth, years, "year") <= day) == (passed("years", birth, day) >= years)
    assert (birth <= shift(day, -years, "year")) == (passed("years", birth, day) >= years)


@given(DAYS, DAYS, COUNTS, UNITS)
def test_shifting_never_turns_the_order_round(one, other, n, unit):
    first, last = sorted([one, other])
    assert shift(first, n, unit) <= shift(last, n, unit)


@pytest.mark.parametrize("op", OPS)
@given(value=DAYS, n=COUNTS, unit=UNITS, offset=st.integers(-800, 800))
def test_the_window_holds_exactly_the_days_that_pass(op, value, n, unit, offset):
    first, last = window_for(op, value, n, unit)
    day = shift(value, -n, unit) + timedelta(days=offset)
    assert (first <= day <= last) == COMPARE[op](value, shift(day, n, unit))


@pytest.mark.parametrize("op", OPS)
@given(value=DAYS, n=COUNTS, unit=UNITS)
def test_the_ends_of_the_window_are_sharp(op, value, n, unit):
    first, last = window_for(op, value, n, unit)
    for day, inside in (
        (first, True),
        (last, True),
        (first - timedelta(1) if first > FIRST else None, False),
        (last + timedelta(1) if last < LAST else None, False),
    ):
        if day is not None and day not in (FIRST, LAST):
            assert COMPARE[op](value, shift(day, n, unit)) is inside


@given(DAYS, COUNTS, UNITS, st.sampled_from(OPS), DAYS)
def test_the_other_days_are_all_the_others(value, n, unit, op, day):
    first, last = window_for(op, value, n, unit)
    other_first, other_last = other_days((first, last))
    assert (first <= day <= last) != (other_first <= day <= other_last)
