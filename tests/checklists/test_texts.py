# ruff: noqa: E501  YAML of a test reads best on one line
"""Words: beside the rules, by language, with placeholders, stale when the source moved on."""

import subprocess
import sys
from datetime import date

import pytest
from click.testing import CliRunner

from checklists.commands import checklist
from checklists.said import Coded, PersonNamed, Said
from checklists.wording import languages_complete, may_be_published

QUESTIONS = """
    home: {per: person, type: country, ask: Which country?, help: "The country, not the town."}
    job: {per: applicant, type: choice, ask: Which job?, options: [{id: none, name: No job}, {id: own_firm, name: My own firm}]}
    pet: {per: applicant, type: choice, ask: Which pet?, options: [{id: none, name: No pet}, cat]}
"""
RULES = "[{id: hello, then: flag, to: [desk], per: person, say: <person> comes from <home>.}]"
SWEDISH = """
    texts: small
    language: sv
    questions.home.ask: {en: "Which country?", sv: "Vilket land?"}
    questions.job.ask: {en: "Which work?", sv: "Vilket jobb?"}
    rules.hello.say: {en: "<person> comes from <home>.", sv: "<person> kommer från <home>."}
"""
RENAME = {"en": "[en, sv]"}


@pytest.fixture
def made(small):
    return small(questions=QUESTIONS, rules=RULES, languages="[en, sv]", texts={"sv": SWEDISH})


def test_words_come_in_the_language_or_fall_back_to_the_source(made):
    definition = made.definition
    assert definition.text("questions.home.ask", "sv") == "Vilket land?"
    assert definition.text("questions.home.help", "sv") == "The country, not the town."
    assert definition.text("questions.home.ask", "sv-FI") == "Vilket land?"
    assert definition.text("questions.home.ask", "xx") == "Which country?"


def test_words_nobody_wrote_are_made_from_the_id(made):
    assert made.definition.option("pet", "cat", "en") == "Cat"
    assert [fault.code for fault in made.compiled.faults if fault.code == "no_words"] == ["no_words"]


def test_two_questions_may_word_the_same_option_differently(made):
    definition = made.definition
    assert [definition.option(one, "none", "en") for one in ("job", "pet")] == ["No job", "No pet"]


def test_a_stale_text_is_still_shown_and_listed(made):
    assert made.definition.text("questions.job.ask", "sv") == "Vilket jobb?"
    (fault,) = [fault for fault in made.compiled.faults if fault.code == "stale"]
    assert (fault.file, fault.line) == ("definitions/small/2026-01-01/texts/sv.yaml", 4)


def test_publishing_waits_for_the_languages_that_must_be_there(small):
    made = small(questions=QUESTIONS, rules=RULES, languages="[en, sv]", must_have="[en, sv]", texts={"sv": SWEDISH})
    standing = may_be_published(made.definition)
    assert ("sv", "questions.job.ask", "stale") in standing
    assert ("sv", "title", "missing") in standing
    assert may_be_published(small(languages="[en, sv]").definition) == []
    assert languages_complete(made.definition, "en") == []


@pytest.mark.parametrize(
    ("swedish", "code"),
    [
        ('rules.hello.say: {en: "<person> comes from <home>.", sv: "Hon kommer från <home>."}', "placeholders"),
        ('rules.hello.say: {en: "<person> comes from <home>.", sv: "<person:of> land är <home>."}', "form"),
        ("rules.hello.say: [a]", "translation"),
        ("rules.hello.say: {en: a, no: b}", "translation"),
        ("language: da", "translation"),
    ],
)
def test_faulty_translations_are_told(small, swedish, code):
    assert small(questions=QUESTIONS, rules=RULES, languages="[en, sv]", texts={"sv": swedish}).codes == [code]


def test_a_case_marked_name_needs_a_word_for_every_role(small):
    swedish = """
        rules.hello.say: {en: "<person> comes from <home>.", sv: "<person:of> land är <home>."}
        "people.applicant.name:of": {en: "You", sv: "ditt"}
    """
    made = small(questions=QUESTIONS, rules=RULES, languages="[en, sv]", texts={"sv": swedish})
    assert made.codes == []
    said = Said("rules.hello.say", {"person": PersonNamed("a", "applicant"), "home": Coded("country", "BR")})
    assert made.definition.say(said, "sv") == "ditt land är Brasilien."


def test_values_are_said_in_the_language(made):
    said = Said("rules.hello.say", {"person": PersonNamed("x", "applicant", "Ines"), "home": Coded("country", "DE")})
    assert made.definition.say(said, "sv") == "Ines kommer från Tyskland."
    wording = made.definition.wording
    assert wording.word(date(2026, 3, 1), "sv") == "1 mars 2026"
    assert wording.word((Coded("language", "ar"), Coded("language", "sv")), "en") == "Arabic, Swedish"
    assert wording.word(Coded("text", "people.applicant.name"), "en") == "You"


def test_a_latin_name_in_a_right_to_left_sentence_is_isolated(small):
    arabic = 'rules.hello.say: {en: "<person> comes from <home>.", ar: "<person> من <home>."}\n'
    made = small(questions=QUESTIONS, rules=RULES, languages="[en, ar]", texts={"ar": arabic})
    said = Said("rules.hello.say", {"person": PersonNamed("x", "applicant", "Ines"), "home": Coded("country", "DE")})
    assert made.definition.say(said, "ar") == "\u2068Ines\u2069 من \u2068ألمانيا\u2069."


def test_a_value_that_is_not_known_stays_visible_as_its_name(made):
    assert made.definition.say(Said("rules.hello.say", {}), "en") == "<person> comes from <home>."


def run(made, *words):
    return CliRunner().invoke(checklist, ["--folder", str(made.folder), *words], catch_exceptions=False)


def test_the_translators_file_is_made_whole_and_keeps_what_was_there(made):
    assert "fine, 1 stale" in run(made, "texts", "small", "sv").output
    text = (made.folder / "definitions/small/2026-01-01/texts/sv.yaml").read_text()
    assert 'questions.job.ask: {en: "Which work?", sv: "Vilket jobb?"}' in text
    assert 'title: {en: "A small checklist", sv: ""}' in text
    before = text
    run(made, "texts", "small", "sv")
    assert (made.folder / "definitions/small/2026-01-01/texts/sv.yaml").read_text() == before
    assert made.again().codes == []


def test_translations_travel_through_a_spreadsheet(made, tmp_path):
    sheet = run(made, "texts", "small", "sv", "--csv").output
    assert "path,en,sv,state" in sheet
    filled = tmp_path / "back.csv"
    filled.write_text(
        'path,en,sv,state\ntitle,x,"Min ""lilla"" lista, kort",missing\nquestions.job.ask,Which job?,Vilket arbete?,stale\n'
    )
    run(made, "texts", "small", "sv", "--from-csv", str(filled))
    definition = made.again().definition
    assert definition.text("title", "sv") == 'Min "lilla" lista, kort'
    assert made.compiled.wording.stale["sv"] == []


def test_a_text_that_looks_like_a_formula_is_made_harmless_in_a_spreadsheet(small):
    made = small(title='"=1+1"', languages="[en, sv]")
    assert "title,'=1+1," in run(made, "texts", "small", "sv", "--csv").output


def test_the_web_path_never_imports_yaml(tmp_path):
    code = (
        "import sys\n"
        "from checklists import commands, library, rules, situation, answers, definition, said\n"
        "sys.exit(any(name.startswith(('ruamel', 'pydantic', 'yaml')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=".").returncode == 0
