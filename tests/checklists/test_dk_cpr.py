"""The Danish checklist as it is published: clean, proven by its cases, sourced, and said in two languages."""

import re

import pytest

from checklists.cases import run_case, run_cases
from checklists.compiler import compile_version
from checklists.lint_further import lint_further
from checklists.loose import looseness
from checklists.said import placeholders_in

NAME, VERSION = "dk-cpr", "2026-11-01"
LONGEST_SENTENCE = 20
LOOSE_PERCENT = 10
ARABIC_LETTER = re.compile(r"[\u0620-\u064a]")
SERVED_ABOUT = range(25, 36)


@pytest.fixture(scope="module")
def compiled():
    return compile_version(NAME, VERSION)


@pytest.fixture(scope="module")
def definition(compiled):
    return compiled.definition()


@pytest.fixture(scope="module")
def lists(compiled):
    return compiled.content["plan"]["lists"]


@pytest.fixture(scope="module")
def outcomes(compiled, definition):
    return run_cases(definition, compiled.found.checklist)


def the_case(compiled, name):
    return next(case for case in compiled.found.checklist.cases if case.name == name)


def test_lint_has_nothing_to_say():
    thoroughly = compile_version(NAME, VERSION)
    lint_further(thoroughly)
    assert [str(fault) for fault in thoroughly.faults] == []


def test_every_case_holds(outcomes):
    assert {one.name: one.differences for one in outcomes if not one.holds} == {}


def test_no_case_passes_behind_a_door_it_does_not_name(outcomes):
    assert {one.name: one.notes for one in outcomes if one.notes} == {}


def test_no_condition_could_be_left_out_unnoticed(compiled):
    measured = looseness(compiled.content, compiled.found.checklist)
    assert measured.tried > 100
    assert measured.percent < LOOSE_PERCENT, measured.loose


def test_there_are_cases_enough_and_no_two_of_one_name(compiled):
    names = [case.name for case in compiled.found.checklist.cases]
    assert len(names) >= 36
    assert len(set(names)) == len(names)


def test_a_case_that_expects_too_little_fails(compiled, definition):
    case = the_case(compiled, "A Spanish student alone, two years").model_copy(update={"needs": {}})
    outcome = run_case(definition, case, compiled.found.checklist.case_defaults)
    assert outcome.differences == ("needs applicant: not expected eu_residence_document",)


def test_it_says_that_it_is_an_example(definition):
    assert definition.text("notice", "en").startswith("Example rules")
    assert "Check with your municipality" in definition.text("notice", "en")
    assert definition.text("notice", "ar") != definition.text("notice", "en")


def test_every_rule_document_and_question_names_its_source_or_is_marked_as_an_example(compiled):
    checklist = compiled.found.checklist
    unsourced = [one.id for one in (*checklist.rules, *checklist.documents) if not one.source]
    unsourced += [key for key, question in checklist.questions.items() if not question.source]
    assert unsourced == []


def test_the_law_asks_its_fields(compiled):
    by_law = {key for key, one in compiled.found.checklist.questions.items() if one.source == "CPR Act §20"}
    assert by_law >= {
        "full_name",
        "earlier_cpr",
        "sex",
        "birth_date",
        "birth_place",
        "last_address",
        "moving_date",
        "address",
        "civil_status",
        "civil_status_on",
        "civil_status_authority",
        "church_member",
        "family_elsewhere",
        "citizenship",
        "nordic_number",
        "nordic_municipality",
    }


def test_belief_is_optional_sealed_and_seen_by_caseworkers_alone(definition):
    church = definition.questions["church_member"]
    assert church.sensitive
    assert not church.required
    assert list(church.seen_by) == ["caseworker"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_text_is_missing(compiled, language):
    assert compiled.wording.missing(language) == []


def test_no_arabic_text_is_older_than_its_english(compiled):
    assert compiled.wording.stale["ar"] == []


def test_every_arabic_text_is_written_in_arabic(compiled):
    arabic = compiled.wording.texts["ar"]
    assert {path: text for path, text in arabic.items() if not ARABIC_LETTER.search(text)} == {}


def test_arabic_keeps_every_placeholder(compiled):
    english, arabic = compiled.wording.texts["en"], compiled.wording.texts["ar"]
    assert [path for path in english if set(placeholders_in(english[path])) != set(placeholders_in(arabic[path]))] == []


def test_no_sentence_is_longer_than_a_tired_reader_can_hold(compiled):
    sentences = [one for text in compiled.wording.texts["en"].values() for one in re.split(r"(?<=[.?!]) ", text)]
    assert [one for one in sentences if len(one.split()) > LONGEST_SENTENCE] == []


def test_every_question_option_and_fact_has_words(compiled):
    questions, documents = compiled.found.checklist.questions, compiled.found.checklist.documents
    facts = [fact for one in documents if isinstance(one.facts, dict) for fact in one.facts.values()]
    assert [key for key, question in questions.items() if not question.ask] == []
    assert [(key, one.id) for key, question in questions.items() for one in question.options if not one.name] == []
    assert [fact for fact in facts if not fact.ask] == []


def test_all_municipalities_can_be_chosen_and_about_thirty_are_served(definition):
    served = [key for key, one in definition.municipalities.items() if one.get("served")]
    assert len(definition.municipalities) == 98
    assert len(served) in SERVED_ABOUT


@pytest.mark.parametrize(
    ("which", "inside", "outside"),
    [
        ("eu", {"DK", "HR", "IE"}, {"GB", "NO", "CH"}),
        ("eea_ch", {"IS", "LI", "NO", "CH", "FR"}, {"GB", "TR"}),
        ("nordic", {"FI", "IS", "NO", "SE"}, {"DK", "FO", "GL"}),
        ("nordic_area", {"FO", "GL", "AX", "SE"}, {"DK", "EE"}),
        ("hague_apostille", {"CN", "CA", "RW", "BD", "IN", "BR", "VN", "SA"}, {"NP", "GH", "NG", "EG", "IQ", "VA"}),
        ("no_apostille", {"US", "CA", "NZ", "AU", "TR", "GB", "DE", "YUCS"}, {"RU", "UA", "XK", "KZ", "BA", "IN"}),
        ("apostille_countries", {"RU", "UA", "XK", "IN", "BR", "CN"}, {"US", "TR", "DE", "NP", "PK"}),
    ],
)
def test_the_lists_of_countries_draw_the_line_where_it_is(lists, which, inside, outside):
    assert inside <= set(lists[which])
    assert not outside & set(lists[which])


def test_there_are_twenty_seven_states_in_the_union_and_nothing_twice_in_a_list(lists):
    assert len(lists["eu"]) == 27
    assert [name for name, values in lists.items() if len(values) != len(set(values))] == []
