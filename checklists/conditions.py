# ruff: noqa: ARG001, ARG005  every closure takes (run, who, here), so that the caller need not know its kind
"""Conditions with three values and nothing, compiled into closures.

A condition is kept as nested lists (so that it can be stored as JSON):
    ["always"] ["never"] ["all", [c, ...]] ["any", [c, ...]] ["not", c]
    ["some", role, c] ["every", role, c] ["count", role, c, op, n] ["entries", ref, op, n]
    ["test", ref, op, value]           value of a date op: [anchor, n, unit]
A reference: ["file", id] ["own", id] ["of", role, id] ["role"] ["here", fact]
    ["paper", "file" | "own" | role, document, fact] ["setting", id]
Compiled, a condition is f(run, who, here) -> True, False or None (unknown).
who: key of the subject or None; here: (document id, owner key) the condition stands in, or None.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from checklists.dates import shift
from checklists.situation import NOT_SURE


class _Mark:
    def __init__(self, word: str):
        self.word = word

    def __repr__(self) -> str:
        return self.word


UNKNOWN: Final = _Mark("unknown")
NOTHING: Final = _Mark("nothing")


class Maybe:
    """An answer that was given, to a question of which it is open whether it is asked: it, or nothing."""

    __slots__ = ("value",)

    def __init__(self, value: Any):
        self.value = value


Test = Callable[[Any, str | None, tuple | None], bool | None]
Get = Callable[[Any, str | None, tuple | None], Any]

ONE_VALUE = ("is", "is_not", "in", "not_in")
MANY_VALUES = ("has_any", "has_all", "has_none")
NUMBERS = ("less_than", "at_most", "at_least", "more_than")
DATES = ("before", "on_or_before", "on_or_after", "after")
OPS: Final = (*ONE_VALUE, *MANY_VALUES, *NUMBERS, *DATES, "answered")
TRUE_OF_NOTHING: Final = frozenset({"is_not", "not_in", "has_none"})

_COMPARE = {
    "less_than": lambda a, b: a < b,
    "at_most": lambda a, b: a <= b,
    "at_least": lambda a, b: a >= b,
    "more_than": lambda a, b: a > b,
    "before": lambda a, b: a < b,
    "on_or_before": lambda a, b: a <= b,
    "on_or_after": lambda a, b: a >= b,
    "after": lambda a, b: a > b,
    "is": lambda a, b: a == b,
    "is_not": lambda a, b: a != b,
    "in": lambda a, b: a in b,
    "not_in": lambda a, b: a not in b,
    "has_any": lambda a, b: not b.isdisjoint(a),
    "has_all": lambda a, b: b.issubset(a),
    "has_none": lambda a, b: b.isdisjoint(a),
}


def _always(run: Any, who: str | None, here: tuple | None) -> bool:
    return True


def _never(run: Any, who: str | None, here: tuple | None) -> bool:
    return False


def unknown_not(value: bool | None) -> bool | None:
    return None if value is None else not value


def all_of(values: Any) -> bool | None:
    """False beats unknown beats true; true of none."""
    result: bool | None = True
    for value in values:
        if value is False:
            return False
        if value is None:
            result = None
    return result


def any_of(values: Any) -> bool | None:
    """True beats unknown beats false; false of none."""
    result: bool | None = False
    for value in values:
        if value is True:
            return True
        if value is None:
            result = None
    return result


def compare_count(low: int, high: int, op: str, n: int) -> bool | None:
    """The count lies between low and high: decided as soon as both ends agree."""
    if op == "is":
        return None if low <= n <= high and low != high else low == n == high
    check = _COMPARE[op]
    first, last = check(low, n), check(high, n)
    return first if first == last else None


def compile_condition(c: list) -> Test:
    """The closure for a condition."""
    kind = c[0]
    if kind == "test":
        return _test(*c[1:])
    if kind in ("all", "any"):
        return _together(kind, [compile_condition(part) for part in c[1]])
    if kind == "not":
        inner = compile_condition(c[1])
        return lambda run, who, here: unknown_not(inner(run, who, here))
    if kind in ("some", "every"):
        return _people(kind, c[1], compile_condition(c[2]))
    if kind == "count":
        return _count(c[1], compile_condition(c[2]), c[3], c[4])
    if kind == "entries":
        return _entries(compile_reference(c[1]), c[2], c[3])
    return _always if kind == "always" else _never


def _together(kind: str, parts: list[Test]) -> Test:
    if len(parts) == 1:
        return parts[0]
    stop = kind == "any"
    start = not stop

    def together(run: Any, who: str | None, here: tuple | None) -> bool | None:
        result: bool | None = start
        for part in parts:
            value = part(run, who, here)
            if value is stop:
                return stop
            if value is None:
                result = None
        return result

    return together


def _people(kind: str, role: str, inner: Test) -> Test:
    combine = any_of if kind == "some" else all_of

    def judge(run: Any, who: str | None, here: tuple | None) -> bool | None:
        people, _, may_come = run.members(role)
        values = [inner(run, key, None) for key in people]
        # Somebody who is still to be added may be anybody.
        return combine([*values, None] if may_come else values)

    return judge


def _count(role: str, inner: Test, op: str, n: int) -> Test:
    def judge(run: Any, who: str | None, here: tuple | None) -> bool | None:
        people, sure_to_come, may_come = run.members(role)
        values = [inner(run, key, None) for key in people]
        low = values.count(True)
        high = low + values.count(None) + may_come
        if sure_to_come and inner is _always:
            low += sure_to_come
        return compare_count(low, high, op, n)

    return judge


def _entries(get: Get, op: str, n: int) -> Test:
    def judge(run: Any, who: str | None, here: tuple | None) -> bool | None:
        value = get(run, who, here)
        if value is UNKNOWN or value == NOT_SURE or isinstance(value, Maybe):
            return None
        return _COMPARE[op](0 if value is NOTHING else len(value), n)

    return judge


def _test(ref: list, op: str, wanted: Any) -> Test:
    get = compile_reference(ref)
    if op == "answered":
        return _answered(get, wanted)
    if op in DATES:
        return _meeting_test(get, op, wanted) if wanted[0] == ["meeting"] else _date_test(get, op, wanted)
    if op in ("is", "is_not") and isinstance(wanted, list):
        return _date_test(get, op, wanted)
    if isinstance(wanted, list):
        wanted = frozenset(wanted)
    return _plain_test(get, op, wanted)


def _answered(get: Get, wanted: bool) -> Test:
    def answered(run: Any, who: str | None, here: tuple | None) -> bool:
        value = get(run, who, here)
        known = value is not UNKNOWN and value is not NOTHING and value != NOT_SURE and not isinstance(value, Maybe)
        return known is wanted

    return answered


def _plain_test(get: Get, op: str, wanted: Any) -> Test:
    compare, of_nothing = _COMPARE[op], op in TRUE_OF_NOTHING
    asks_for_not_sure = wanted == NOT_SURE or (isinstance(wanted, frozenset) and NOT_SURE in wanted)

    def plain(run: Any, who: str | None, here: tuple | None) -> bool | None:
        value = get(run, who, here)
        if value is UNKNOWN:
            return None
        if isinstance(value, Maybe):
            return of_nothing if of_value(value.value) is of_nothing else None
        return of_value(value)

    def of_value(value: Any) -> bool | None:
        if value is NOTHING:
            return of_nothing
        if value == NOT_SURE and not asks_for_not_sure:
            return None
        try:
            return compare(value, wanted)
        except TypeError:  # a stored answer of another type (an older version's): as good as none
            return None

    return plain


def _date_test(get: Get, op: str, wanted: list) -> Test:
    compare, of_nothing, other = _COMPARE[op], op in TRUE_OF_NOTHING, compile_date(wanted)

    def by_date(run: Any, who: str | None, here: tuple | None) -> bool | None:
        value, day = get(run, who, here), other(run, who, here)
        if value is NOTHING or day is NOTHING:
            return of_nothing
        if isinstance(value, Maybe) and isinstance(value.value, date) and isinstance(day, date):
            return of_nothing if compare(value.value, day) is of_nothing else None
        if not isinstance(value, date) or not isinstance(day, date):
            return None
        return compare(value, day)

    return by_date


def _meeting_test(get: Get, op: str, wanted: list) -> Test:
    """Compares with the meeting's day; before a booking the run decides what to suppose."""
    compare = _COMPARE[op]
    amount = _amount(wanted[1])
    unit = wanted[2]

    def by_meeting(run: Any, who: str | None, here: tuple | None) -> bool | None:
        value, n = get(run, who, here), amount(run, who, here)
        if value is NOTHING or n is NOTHING:
            return False
        if not isinstance(value, date) or not isinstance(n, int):
            return None
        if run.supposed is not None:
            run.meeting_leaf = (op, value, n, unit)
            return run.supposed
        if run.meeting_on is None:
            return None
        return compare(value, shift(run.meeting_on, n, unit))

    return by_meeting


def compile_reference(ref: list) -> Get:
    """The closure that looks a name up: a value, UNKNOWN, NOTHING or NOT_SURE."""
    kind = ref[0]
    if kind == "file":
        return lambda run, who, here: run.value(ref[1], None)
    if kind == "own":
        return lambda run, who, here: NOTHING if who is None else run.value(ref[1], who)
    if kind == "of":
        return lambda run, who, here: run.value_of_role(ref[1], ref[2])
    if kind == "role":
        return lambda run, who, here: run.role_of(who)
    if kind == "setting":
        return lambda run, who, here: run.setting(ref[1])
    if kind == "here":
        return lambda run, who, here: NOTHING if here is None else run.fact(here[0], here[1], ref[1])
    owner, document, fact = ref[1:]
    if owner == "file":
        return lambda run, who, here: run.fact(document, None, fact)
    if owner == "own":
        return lambda run, who, here: NOTHING if who is None else run.fact(document, run.owner_for(document, who), fact)
    return lambda run, who, here: run.fact_of_role(owner, document, fact)


def compile_date(expression: list) -> Get:
    """The closure for [anchor, n, unit]: a day, UNKNOWN or NOTHING."""
    anchor, n, unit = expression
    start, amount = _anchor(anchor), _amount(n)
    if n == 0:
        return start

    def day(run: Any, who: str | None, here: tuple | None) -> Any:
        first, many = start(run, who, here), amount(run, who, here)
        if first is NOTHING or many is NOTHING:
            return NOTHING
        if not isinstance(first, date) or not isinstance(many, int):
            return UNKNOWN
        return shift(first, many, unit)

    return day


def _anchor(anchor: list) -> Get:
    kind = anchor[0]
    if kind == "day":
        fixed = date.fromisoformat(anchor[1])
        return lambda run, who, here: fixed
    if kind == "today":
        return lambda run, who, here: run.today
    if kind == "sent":
        return lambda run, who, here: run.sent_on
    if kind == "meeting":
        return lambda run, who, here: run.meeting_on or UNKNOWN
    get = compile_reference(anchor[1])

    def known_day(run: Any, who: str | None, here: tuple | None) -> Any:
        value = get(run, who, here)
        return value if value is NOTHING or isinstance(value, date) else UNKNOWN

    return known_day


def _amount(n: Any) -> Get:
    """n: a number of units, or ["setting", id, 1 or -1]."""
    if isinstance(n, int):
        return lambda run, who, here: n
    setting, sign = n[1], n[2]

    def from_setting(run: Any, who: str | None, here: tuple | None) -> Any:
        value = run.setting(setting)
        return value * sign if isinstance(value, int) else value

    return from_setting
