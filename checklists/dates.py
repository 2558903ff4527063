"""Days: months are calendar months, ages are whole years, windows are spans of meeting days."""

import calendar
from datetime import MAXYEAR, MINYEAR, date, timedelta

UNITS = ("day", "week", "month", "year")
FIRST, LAST = date.min, date.max


def add_months(day: date, months: int) -> date:
    """Cut to the last day of the month: 31 August + 6 months is 28 or 29 February."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return LAST if months > 0 else FIRST
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """Who is born on 29 February gets a year older on 1 March; going back ends on 28 February.

    So that `birth + n years <= day` and `birth <= day - n years` always agree.
    """
    year = day.year + years
    if not MINYEAR <= year <= MAXYEAR:
        return LAST if years > 0 else FIRST
    if day.month == 2 and day.day == 29 and not calendar.isleap(year):
        return date(year, 3, 1) if years > 0 else date(year, 2, 28)
    return day.replace(year=year)


def shift(day: date, n: int, unit: str) -> date:
    """day + n units; stops at the first and last day there is instead of failing."""
    if unit == "month":
        return add_months(day, n)
    if unit == "year":
        return add_years(day, n)
    try:
        return day + timedelta(days=n * (7 if unit == "week" else 1))
    except OverflowError:
        return LAST if n > 0 else FIRST


def passed(unit: str, start: date, end: date) -> int:
    """Whole units from start to end, negative if end lies before start."""
    if unit == "days":
        return (end - start).days
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    if unit == "months":
        return months
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def latest_not_after(limit: date, n: int, unit: str) -> date:
    """The last day d with shift(d, n, unit) <= limit. shift never decreases, so it is one span."""
    day = shift(limit, -n, unit)
    while day < LAST and shift(day + timedelta(days=1), n, unit) <= limit:
        day += timedelta(days=1)
        if shift(day, n, unit) in (FIRST, LAST):
            return day
    while day > FIRST and shift(day, n, unit) > limit:
        day -= timedelta(days=1)
    return day


def earliest_not_before(limit: date, n: int, unit: str) -> date:
    """The first day d with shift(d, n, unit) >= limit."""
    if limit == FIRST:
        return FIRST
    day = latest_not_after(limit - timedelta(days=1), n, unit)
    return day + timedelta(days=1) if day < LAST else LAST


def window_for(op: str, value: date, n: int, unit: str) -> tuple[date, date]:
    """The meeting days m for which `value <op> m + n units` holds, first and last included.

    FIRST and LAST stand for "no limit". An empty span has its first day after its last.
    """
    if op == "on_or_after":
        return FIRST, latest_not_after(value, n, unit)
    if op == "after":
        return (FIRST, latest_not_after(value - timedelta(days=1), n, unit)) if value > FIRST else (LAST, FIRST)
    if op == "on_or_before":
        return earliest_not_before(value, n, unit), LAST
    return (earliest_not_before(value + timedelta(days=1), n, unit), LAST) if value < LAST else (LAST, FIRST)


def other_days(window: tuple[date, date]) -> tuple[date, date]:
    """The days outside a half line: for a condition that must not hold."""
    first, last = window
    if first > last:
        return FIRST, LAST
    if first == FIRST:
        return (last + timedelta(days=1), LAST) if last < LAST else (LAST, FIRST)
    return FIRST, first - timedelta(days=1)
