"""Unknown is not no, and nothing is a third thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.conditions import NOTHING, OPS, UNKNOWN, all_of, any_of, compare_count, compile_condition, unknown_not
from checklists.situation import NOT_SURE

VALUES = st.sampled_from([True, False, None])
POSITIVE = [op for op in OPS if op not in ("is_not", "not_in", "has_none", "answered")]
WANTED = {
    "is": "a", "is_not": "a", "in": ["a"], "not_in": ["a"], "has_any": ["a"], "has_all": ["a"], "has_none": ["a"],
    "less_than": 1, "at_most": 1, "at_least": 1, "more_than": 1,
    **{key: [["day", "2026-01-01"], 0, "day"] for key in ("before", "on_or_before", "on_or_after", "after")},
}  # fmt: skip


class OneAnswer:
    """The least a condition needs: one value under the name "x"."""

    supposed = None

    def __init__(self, value):
        self.x = value

    def value(self, name, who):
        return self.x


def judge(op, wanted, value):
    return compile_condition(["test", ["file", "x"], op, wanted])(OneAnswer(value), None, None)


@given(st.lists(VALUES))
def test_false_beats_unknown_beats_true_in_all(values):
    assert all_of(values) is (False if False in values else None if None in values else True)


@given(st.lists(VALUES))
def test_any_is_all_turned_round(values):
    assert any_of(values) is unknown_not(all_of([unknown_not(value) for value in values]))


@given(st.lists(VALUES), st.sampled_from(["at_least", "at_most", "less_than", "more_than", "is"]), st.integers(0, 6))
def test_a_count_is_decided_as_soon_as_the_unknowns_cannot_change_it(values, op, n):
    low, high = values.count(True), values.count(True) + values.count(None)
    outcomes = {compare_count(count, count, op, n) for count in range(low, high + 1)}
    decided = compare_count(low, high, op, n)
    if decided is not None:
        assert outcomes == {decided}
    if len(outcomes) == 1:
        assert decided is outcomes.pop()


@given(st.lists(VALUES, min_size=1, max_size=4))
def test_filling_an_unknown_in_never_contradicts_what_was_decided_before(values):
    for replacement in (True, False):
        filled = [replacement if value is None else value for value in values]
        if all_of(values) is not None:
            assert all_of(filled) is all_of(values)
        if any_of(values) is not None:
            assert any_of(filled) is any_of(values)


@pytest.mark.parametrize("op", sorted(WANTED))
def test_every_comparison_with_unknown_is_unknown(op):
    assert judge(op, WANTED[op], UNKNOWN) is None


@pytest.mark.parametrize("op", sorted(WANTED))
def test_every_comparison_with_i_do_not_know_is_unknown(op):
    assert judge(op, WANTED[op], NOT_SURE) is None


@pytest.mark.parametrize("op", sorted(set(POSITIVE) & set(WANTED)))
def test_every_positive_comparison_with_nothing_is_false(op):
    assert judge(op, WANTED[op], NOTHING) is False


@pytest.mark.parametrize("op", ["is_not", "not_in", "has_none"])
def test_is_not_not_in_and_has_none_are_true_of_nothing(op):
    assert judge(op, WANTED[op], NOTHING) is True


@pytest.mark.parametrize(("value", "answered"), [("a", True), (NOTHING, False), (UNKNOWN, False), (NOT_SURE, False)])
def test_answered_is_never_unknown(value, answered):
    assert judge("answered", True, value) is answered
    assert judge("answered", False, value) is not answered


def test_the_word_not_sure_can_be_asked_for():
    assert judge("is", NOT_SURE, NOT_SURE) is True
    assert judge("is", NOT_SURE, "a") is False
    assert judge("is", NOT_SURE, UNKNOWN) is None
