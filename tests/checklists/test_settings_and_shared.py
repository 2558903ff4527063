# ruff: noqa: E501  YAML of a test reads best on one line
"""Differences between municipalities are settings; what several checklists need is shared and pinned."""

import pytest

from tests.checklists.support import BASE, Small, may_need, needs, write, write_shared

TOWNS = """
    shared: towns
    version: 2026-01-01
    municipalities:
      lund: {name: Lund, strict: true, spoken: [sv, en]}
      malmo: {name: Malmö}
"""
SETTINGS = "{strict: {type: yes_no, default: false}, spoken: {type: list, default: [sv]}, limit: {type: number, default: null}}"
QUESTIONS = "\ntown: {per: file, type: municipality, ask: a, required: true}\n"
DOCUMENTS = """
    - {id: proof, name: Proof, per: file, needed: {when: {municipality.strict: true}}}
    - {id: english, name: English, per: file, needed: {when: {municipality.spoken: {has_any: [en]}}}}
    - {id: limited, name: Limited, per: file, needed: {when: {municipality.limit: {answered: true}}}}
"""


@pytest.fixture
def made(small):
    found = small(questions=QUESTIONS, settings=SETTINGS, documents=DOCUMENTS, shared={"towns": TOWNS})
    assert found.codes == [], found.compiled.errors
    return found


def test_the_municipality_lived_in_decides_and_the_default_stands_in(made):
    assert needs(made.work_out({"town": "lund"})) == {"file": ["proof", "english"]}
    assert needs(made.work_out({"town": "malmo"})) == {}


def test_while_the_municipality_is_unknown_its_settings_are_too(made):
    assert may_need(made.work_out({})) == ["proof", "english"]


def test_a_setting_without_a_value_is_nothing(made):
    assert "limited" not in may_need(made.work_out({"town": "lund"}))


def test_without_a_question_about_the_municipality_the_defaults_count(small):
    made = small(
        settings="{strict: {type: yes_no, default: true}}",
        documents="[{id: p, name: P, per: file, needed: {when: {municipality.strict: true}}}]",
    )
    assert needs(made.work_out({})) == {"file": ["p"]}


def test_a_case_may_set_a_setting(made):
    assert needs(made.work_out({"town": "malmo"}, settings={"strict": True})) == {"file": ["proof"]}


def test_a_setting_of_another_type_is_a_fault(small):
    towns = TOWNS.replace("strict: true", "strict: perhaps")
    assert small(questions=QUESTIONS, settings=SETTINGS, shared={"towns": towns}).codes == ["value"]


def test_an_undeclared_setting_is_a_fault_where_it_is_used(small):
    made = small(
        questions=QUESTIONS,
        documents="[{id: p, name: P, per: file, needed: {when: {municipality.strict: true}}}]",
        shared={"towns": TOWNS},
    )
    assert made.codes == ["unknown_setting"]


def test_unpinned_municipalities_are_found_by_date_and_lint_asks_to_pin_them(tmp_path):
    write_shared(tmp_path, "municipalities", TOWNS.replace("towns", "municipalities"), "2026-01-01")
    write_shared(
        tmp_path, "municipalities", TOWNS.replace("towns", "municipalities").replace("lund", "later"), "2026-02-01"
    )
    write(
        tmp_path,
        {**BASE, "questions": QUESTIONS, "settings": SETTINGS, "pages": "[{id: a, title: A, questions: [town]}]"},
    )
    made = Small(tmp_path)
    assert [fault.code for fault in made.compiled.faults if fault.code == "unpinned"] == ["unpinned"]
    assert set(made.definition.municipalities) == {"lund", "malmo"}


def test_lists_are_worked_out_from_left_to_right(small):
    lists = """
        nordic: [SE, "NO", DK, FI, IS]
        eu: [SE, DK, FI, DE]
        far: {all_of: [nordic, eu], plus: [BR, $tiny], minus: [SE, $gone]}
        tiny: [MC, SM]
        gone: [DE, MC]
    """
    made = small(
        lists=lists,
        questions="\ncountry: {per: file, type: country, ask: a}\n",
        documents="[{id: p, name: P, per: file, needed: {when: {country: {in: $far}}}}]",
    )
    assert made.definition.plan["lists"]["far"] == ["NO", "DK", "FI", "IS", "BR", "SM"]
    assert needs(made.work_out({"country": "BR"})) == {"file": ["p"]}
    assert needs(made.work_out({"country": "SE"})) == {}


@pytest.mark.parametrize(
    ("lists", "code"),
    [
        ("{a: {all_of: [b]}, b: {all_of: [a]}}", "circle"),
        ("{a: {all_of: [gone]}}", "unknown_list"),
        ("{a: [SE, QQ]}", "code"),
        ("{a: [sv, qq]}", "code"),
        ("{a: {minus: [$gone]}}", "unknown_list"),
    ],
)
def test_faulty_lists_are_told(small, lists, code):
    assert small(lists=lists).codes == [code]


def test_own_lists_hide_shared_ones_and_lint_says_so(small):
    shared = "\nshared: words\nversion: 2026-01-01\nlists: {near: [SE], other: {all_of: [near]}}\n"
    made = small(lists="{near: [DK]}", shared={"words": shared})
    assert made.definition.plan["lists"] == {"near": ["DK"], "other": ["DK"]}
    assert [fault.code for fault in made.compiled.faults if fault.code == "hides"] == ["hides"]


def test_a_shared_file_tells_what_it_expects(small):
    shared = "\nshared: words\nversion: 2026-01-01\nexpects: [$near, family, municipality.strict]\n"
    made = small(shared={"words": shared})
    assert made.codes == ["expected"] * 3
    ok = small(
        shared={"words": shared},
        lists="{near: [SE]}",
        settings="{strict: {type: yes_no, default: true}}",
        worked_out="{family: {per: file, when: {count: person, at_least: 2}}}",
    )
    assert ok.codes == []


def test_a_shared_file_that_is_not_there_is_told_with_those_that_are(small):
    made = small(uses="[reason@2026-01-01]")
    (fault,) = made.compiled.errors
    assert (fault.code, fault.remedy) == ("unknown_shared", "Did you mean reasons@2026-01-01?")


def test_a_fault_in_a_shared_file_is_told_with_its_own_file_and_line(small):
    shared = "\nshared: words\nversion: 2026-01-01\nattachments:\n  stamp:\n    name: Stamp\n    needed: {when: {document.country: SE}}\n"
    documents = "[{id: p, name: P, per: file, needed: always, facts: {land: {type: country, ask: a}}, attach: [stamp]}]"
    (fault,) = small(documents=documents, shared={"words": shared}).compiled.errors
    assert (fault.file, fault.line, fault.code) == ("shared/words@2026-01-01.yaml", 6, "unknown_fact")
    assert "land" in fault.remedy


def test_shared_words_stand_in_for_a_question_without_its_own(small):
    shared = "\nshared: words\nversion: 2026-01-01\ntexts: {questions.sex.ask: Sex, options.female: Woman}\n"
    made = small(
        questions="\nsex: {per: applicant, type: choice, options: [female, {id: male, name: Man}]}\n",
        shared={"words": shared},
    )
    definition = made.definition
    assert definition.text("questions.sex.ask", "en") == "Sex"
    assert [definition.option("sex", one, "en") for one in ("female", "male")] == ["Woman", "Man"]
    assert [fault for fault in made.compiled.faults if fault.code == "no_words"] == []
