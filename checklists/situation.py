"""What is known about one file on one day: plain values, ready for `rules.work_out`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Final

NOTHING_GIVEN: Final[Mapping] = MappingProxyType({})

# Both marks begin with a private-use character: `answers.read_answer` strips those from
# what people type, so nobody can forge a mark by typing it.
NOT_SURE: Final = "\ue000not_sure"
"""Stored when somebody answered "I do not know": the value is unknown, the question is answered."""
EMPTY: Final = "\ue000empty"
"""Stored when an optional question was left empty on a saved page: the value is nothing."""

ASSUMED: Final = "assumed"
READ: Final = "read"
STATED: Final = "stated"
SEEN: Final = "seen"
TRUSTS: Final = (ASSUMED, READ, STATED, SEEN)
"""Weak to strong: prefilled, read by a machine, stated by the sender, seen by a caseworker."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact about a paper. value may be EMPTY (left out on purpose) or NOT_SURE."""

    value: Any
    trust: str = STATED


@dataclass(frozen=True, slots=True)
class Paper:
    """What was said about one document. facts: id -> Fact, or a tuple of them (the strongest counts)."""

    choice: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    present: bool = False


@dataclass(frozen=True, slots=True)
class PersonSituation:
    """One person on the file. key is opaque; a missing answer means "not answered yet"."""

    key: str
    role: str
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything the rules may look at.

    today: the office's day. sent_on: day first sent, None while it is a draft.
    meeting_on: the booked day, None before a booking.
    papers: by (person key or None for the file's own papers, document id).
    settings: overrides of the municipality's settings (cases use it); normally empty.
    left_out: keys of persons a leave_out rule left off when the file was sent; they stay off
    while that rule holds. Before sending it is ignored.
    """

    today: date
    sent_on: date | None = None
    meeting_on: date | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    people: tuple[PersonSituation, ...] = ()
    papers: Mapping[tuple[str | None, str], Paper] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
