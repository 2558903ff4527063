"""The last answers of the rules, kept in the process: most requests change nothing that the rules look at.

Asked by value, so nothing can be out of date: another answer, paper or day is another question. What is kept holds
answers of people; it is small, lives in memory only and is soon pushed out by what others ask.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache, wraps
from typing import TypeVar

from checklists.definition import Definition
from checklists.situation import Fact, Paper, Situation

KEPT = 64
Result = TypeVar("Result")
Rules = Callable[[Definition, Situation], Result]


class _Asked:
    """A definition and a situation, comparable by value. The definition counts by identity: each version is one."""

    __slots__ = ("definition", "situation", "value")

    def __init__(self, definition: Definition, situation: Situation):
        self.definition, self.situation = definition, situation
        self.value = (id(definition), _frozen_situation(situation))

    def __hash__(self) -> int:
        return hash(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.value == other.value


def remembered(rules: Rules[Result]) -> Rules[Result]:
    """Wraps a pure function of definition and situation. Its result is shared: nobody may change it."""
    keep = lru_cache(maxsize=KEPT)(lambda asked: rules(asked.definition, asked.situation))

    @wraps(rules)
    def ask(definition: Definition, situation: Situation) -> Result:
        try:
            return keep(_Asked(definition, situation))
        except _NotComparable:
            return rules(definition, situation)

    return ask


class _NotComparable(Exception):
    """A value that cannot be compared by itself; the rules are then simply asked."""


def _frozen_situation(situation: Situation) -> Hashable:
    return (
        situation.today,
        situation.sent_on,
        situation.meeting_on,
        _frozen(situation.answers),
        tuple((person.key, person.role, _frozen(person.answers)) for person in situation.people),
        tuple((key, _frozen_paper(paper)) for key, paper in situation.papers.items()),
        _frozen(situation.settings),
        situation.left_out,
    )


def _frozen_paper(paper: Paper) -> Hashable:
    return paper.choice, paper.present, _frozen(paper.facts)


_PLAIN = {str, int, bool, float, type(None)}


def _frozen(value: object) -> Hashable:
    """Types count, because 1 and True are equal and 1.0 is too."""
    kind = type(value)
    if kind is str:
        return value
    if isinstance(value, Mapping):
        return tuple((key, _frozen(one)) for key, one in value.items())
    if kind in (list, tuple):
        return kind, tuple(_frozen(one) for one in value)
    if kind is Fact:
        return _frozen(value.value), value.trust
    if kind in _PLAIN or isinstance(value, Hashable):
        return kind, value
    raise _NotComparable
