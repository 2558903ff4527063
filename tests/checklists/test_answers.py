# ruff: noqa: E501  YAML of a test reads best on one line
"""What people type or pick, read by the type of the question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.answers import Limits, Refusal, cleaned, limits_for, number_looks_right, read_answer, warnings_for
from checklists.situation import EMPTY, NOT_SURE

QUESTIONS = """
    words: {per: file, type: text, min: 2, max: 5, ask: a}
    who: {per: file, type: name, ask: a, required: true}
    many_names: {per: file, type: name, many: true, ask: a}
    months: {per: file, type: number, min: 0, max: 12, ask: a}
    day: {per: file, type: date, max: today, min: sent - 10 years, ask: a}
    yes: {per: file, type: yes_no, ask: a, required: true}
    pick: {per: file, type: choice, options: [a, b], ask: a, not_sure: true}
    lands: {per: file, type: country, many: true, former: true, ask: a}
    tongue: {per: file, type: language, ask: a}
    home: {per: file, type: address, ask: a}
    town: {per: file, type: municipality, ask: a}
    cpr: {per: file, type: cpr, ask: a}
    family: {per: file, type: group, max: 2, ask: a, fields: {full_name: {type: text, ask: a}, born: {type: date, ask: a, required: false}}}
"""
TOWNS = "\nshared: towns\nversion: 2026-01-01\nmunicipalities: {lund: {name: Lund}}\n"


@pytest.fixture
def read(small):
    made = small(questions=QUESTIONS, shared={"towns": TOWNS})
    definition, situation = made.definition, made.situation()

    def reading(key, raw):
        question = definition.question(key)
        return read_answer(question, raw, limits_for(definition, situation, question, None))

    return reading


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("words", "  a \t b ", "a b"), ("words", "e\u0301a", "éa"), ("words", "a\u202eb\x00c", "abc"),
        ("who", "Nguyễn Thị  Hồng", "Nguyễn Thị Hồng"), ("who", "می\u200cخواهم", "می\u200cخواهم"), ("who", "\ue000hidden", "hidden"),
        ("many_names", ["A", "", "B", "A"], ["A", "B"]), ("many_names", "A", ["A"]),
        ("months", "12", 12), ("months", " 3 ", 3), ("months", "٣", 3), ("months", "2,5", 2.5), ("months", 4, 4),
        ("day", "2026-02-01", "2026-02-01"), ("day", {"day": "1", "month": "2", "year": "2026"}, "2026-02-01"), ("day", {"day": "٠١", "month": "٢", "year": "٢٠٢٦"}, "2026-02-01"),
        ("yes", "yes", True), ("yes", "no", False), ("yes", True, True),
        ("pick", "a", "a"), ("pick", NOT_SURE, NOT_SURE),
        ("lands", ["se", "SUHH"], ["SE", "SUHH"]), ("tongue", "AR", "ar"),
        ("town", "lund", "lund"), ("cpr", "010190 1234", "010190-1234"), ("cpr", "٠١٠١٩٠-1234", "010190-1234"),
        ("family", [{"full_name": "A", "born": "2000-01-01"}, {"full_name": "", "born": ""}], [{"full_name": "A", "born": "2000-01-01"}]),
        ("family", [{"full_name": "A"}], [{"full_name": "A"}]),
    ],
)  # fmt: skip
def test_answers_are_read(read, key, raw, value):
    assert read(key, raw) == value


@pytest.mark.parametrize(
    ("key", "raw", "code"),
    [
        ("words", "a", "too_short"), ("words", "abcdef", "too_long"), ("words", 3, "not_text"), ("words", ["a"], "not_text"), ("words", "x" * 10**6, "too_long"),
        ("who", "", "required"), ("who", " \u200b\x00 ", "required"), ("who", None, "required"), ("who", NOT_SURE, "not_sure_not_offered"), ("who", "x" * 151, "too_long"),
        ("many_names", [f"n{n}" for n in range(41)], "too_many"), ("many_names", 3, "not_a_list"),
        ("months", "many", "not_a_number"), ("months", "13", "too_large"), ("months", "-1", "too_small"), ("months", "1e3", "not_a_number"), ("months", "9" * 99, "not_a_number"), ("months", True, "not_a_number"), ("months", "nan", "not_a_number"),
        ("day", "2026-02-30", "not_a_date"), ("day", "soon", "not_a_date"), ("day", {"day": "31", "month": "2", "year": "2026"}, "not_a_date"), ("day", {"day": "1"}, "not_a_date"),
        ("day", "2026-03-03", "too_late"), ("day", "2016-03-01", "too_early"), ("day", "0001-01-01", "too_early"), ("day", {"day": "1", "month": "1", "year": "99999999999"}, "not_a_date"),
        ("yes", "maybe", "not_yes_no"), ("yes", "", "required"), ("yes", NOT_SURE, "not_sure_not_offered"),
        ("pick", "c", "not_an_option"), ("pick", ["a"], "not_an_option"),
        ("lands", ["QQ"], "not_a_code"), ("lands", [["SE"]], "not_a_code"), ("tongue", "xx", "not_a_code"),
        ("town", "paris", "not_a_municipality"), ("cpr", "1234", "not_a_cpr"), ("cpr", 101901234, "not_a_cpr"),
        ("family", "x", "not_a_list"), ("family", [{"full_name": n} for n in "abc"], "too_many"), ("family", [{"born": "2000-01-01"}], "field"), ("family", ["a"], "not_a_list"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_a_code(read, key, raw, code):
    refusal = read(key, raw)
    assert isinstance(refusal, Refusal)
    assert refusal.code == code


@pytest.mark.parametrize("key", ["words", "months", "day", "pick", "lands", "town", "cpr", "family"])
@pytest.mark.parametrize("raw", ["", None, EMPTY, [], {}, "  ", [""], {"day": "", "month": "", "year": ""}])
def test_an_optional_answer_may_stay_empty(read, key, raw):
    assert read(key, raw) == EMPTY


def test_the_field_that_is_wrong_is_named(read):
    refusal = read("family", [{"full_name": "A"}, {"full_name": "B", "born": "x"}])
    assert refusal.values == {"entry": 2, "field": "born", "code": "not_a_date"}


@pytest.mark.parametrize(
    ("number", "warned"),
    [("010190-1234", ()), ("610190-1234", ()), ("310290-1234", ("cpr_odd",)), ("990190-1234", ("cpr_odd",))],
)
def test_an_odd_number_is_warned_of_and_never_refused(read, small, number, warned):
    question = small(questions=QUESTIONS, shared={"towns": TOWNS}).definition.question("cpr")
    assert read("cpr", number) == number
    assert warnings_for(question, number) == warned


@pytest.mark.parametrize(
    ("module", "number", "right"),
    [
        (None, "x", True),
        ("dk.cpr", "010190-1234", True),
        ("dk.cpr", "x", False),
        ("se.personnummer", "880320-0016", True),
        ("se.personnummer", "880320-0018", False),
        ("no.such", "x", True),
        ("os.path", "x", True),
    ],
)
def test_an_issued_number_is_checked_by_the_checklists_own_module(module, number, right):
    assert number_looks_right(module, number) is right


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(text):
    assert cleaned(cleaned(text)) == cleaned(text)
    assert "\ue000" not in cleaned(text)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.binary(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KINDS = [
    "text",
    "name",
    "number",
    "date",
    "yes_no",
    "choice",
    "country",
    "language",
    "address",
    "municipality",
    "cpr",
    "group",
]


class Asked:
    """A question as a form sees it."""

    options, former, required, not_sure, minimum, maximum, fields = ("a",), True, False, True, None, None, ()

    def __init__(self, kind, many):
        self.type, self.many = kind, many


@given(st.sampled_from(KINDS), st.booleans(), ANYTHING)
def test_whatever_is_sent_is_read_or_refused(kind, many, raw):
    answer = read_answer(Asked(kind, many and kind != "group"), raw, Limits())
    assert isinstance(answer, Refusal | str | int | float | bool | list)
