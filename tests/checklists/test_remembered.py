"""What the rules said is kept by value: the same question is answered once, another one is asked anew."""

from dataclasses import replace
from datetime import date

import pytest

from checklists.remembered import KEPT, remembered
from checklists.situation import Fact, Paper, PersonSituation, Situation

DAY = date(2026, 11, 1)
AMIRA = PersonSituation("1", "applicant", {"citizenship": "ES", "languages": ["es", "ar"]})
PASSPORT = Paper("book", {"expires_on": (Fact("2031-01-01"),)}, present=True)
SITUATION = Situation(today=DAY, answers={"stay_months": 24}, people=(AMIRA,), papers={("1", "passport"): PASSPORT})
DEFINITION = object()


@pytest.fixture
def asked():
    """The questions that reached the rules."""
    return []


@pytest.fixture
def rules(asked):
    def answer(_definition, situation):
        asked.append(situation)
        return object()

    return remembered(answer)


def test_the_same_situation_is_asked_once_even_when_it_was_put_together_anew(rules, asked):
    again = Situation(
        today=DAY, answers={"stay_months": 24}, papers={("1", "passport"): replace(PASSPORT)},
        people=(PersonSituation("1", "applicant", {"citizenship": "ES", "languages": ["es", "ar"]}),),
    )  # fmt: skip
    assert rules(DEFINITION, SITUATION) is rules(DEFINITION, again)
    assert len(asked) == 1


@pytest.mark.parametrize(
    "other",
    [
        replace(SITUATION, today=date(2026, 11, 2)),
        replace(SITUATION, sent_on=DAY),
        replace(SITUATION, meeting_on=DAY),
        replace(SITUATION, answers={"stay_months": 25}),
        replace(SITUATION, answers={}),
        replace(SITUATION, people=(replace(AMIRA, key="2"),)),
        replace(SITUATION, people=(replace(AMIRA, answers={"citizenship": "FR", "languages": ["es", "ar"]}),)),
        replace(SITUATION, people=(replace(AMIRA, answers={"citizenship": "ES", "languages": ["ar", "es"]}),)),
        replace(SITUATION, papers={("1", "passport"): replace(PASSPORT, present=False)}),
        replace(SITUATION, papers={("1", "passport"): replace(PASSPORT, facts={"expires_on": (Fact("2032-01-01"),)})}),
        replace(SITUATION, papers={("1", "passport"): replace(PASSPORT, facts={"expires_on": Fact("2031-01-01")})}),
        replace(SITUATION, papers={(None, "passport"): PASSPORT}),
        replace(SITUATION, settings={"grace_days": 3}),
        replace(SITUATION, left_out=frozenset({"1"})),
    ],
)
def test_whatever_the_rules_look_at_makes_it_another_question(rules, asked, other):
    assert rules(DEFINITION, SITUATION) is not rules(DEFINITION, other)
    assert len(asked) == 2


@pytest.mark.parametrize(("one", "other"), [(1, True), (0, False), (1, 1.0), ("1", 1)])
def test_values_that_python_calls_equal_are_told_apart(rules, one, other):
    first = rules(DEFINITION, replace(SITUATION, answers={"number": one}))
    assert first is not rules(DEFINITION, replace(SITUATION, answers={"number": other}))


def test_another_version_of_the_checklist_is_another_question(rules, asked):
    assert rules(DEFINITION, SITUATION) is not rules(object(), SITUATION)


def test_what_cannot_be_compared_is_asked_each_time(rules, asked):
    odd = replace(SITUATION, answers={"odd": {"a set"}})
    assert rules(DEFINITION, odd) is not rules(DEFINITION, odd)
    assert asked == [odd, odd]


def test_only_the_last_few_are_kept(rules, asked):
    first = rules(DEFINITION, SITUATION)
    for months in range(100, 100 + KEPT):
        rules(DEFINITION, replace(SITUATION, answers={"stay_months": months}))
    assert rules(DEFINITION, SITUATION) is not first
    assert len(asked) == KEPT + 2
