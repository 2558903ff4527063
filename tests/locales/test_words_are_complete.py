"""Every text of the interface is there in every language that we hand out, whole and with its placeholders."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import words_commands
from i18n import LOCALES
from words_commands import KEYWORDS, ROOT

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%%")
LANGUAGES = [path.parent.parent.name for path in words_commands.catalogues()]
# Forms that name their number in words ("two papers") need no digit: zero, one, two in Arabic.
SAY_THE_NUMBER_IN_WORDS = {"ar": 3}
# Words that two languages write alike, each looked at by somebody who reads both.
WRITTEN_LIKE_ENGLISH = {
    "de": {"Name", "Person"},
    "es": {"%(minutes)s min", "Error:", "No", "no"},
}
NOTHING_TO_SAY = re.compile(r"(?:%\(\w+\)[sd]|[\W\d])*")


def catalogue_of(language: str):
    return words_commands.read(LOCALES / language / "LC_MESSAGES" / "messages.po")


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def test_arabic_is_among_our_languages():
    assert "ar" in LANGUAGES


def test_the_template_for_translators_holds_exactly_the_texts_of_the_code(texts):
    handed_out = words_commands.read_po(words_commands.BytesIO(words_commands.TEMPLATE.read_bytes()))
    assert {one.id for one in handed_out} == {one.id for one in texts}, "run: flask words update"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_nothing_is_only_guessed(texts, language):
    assert words_commands.faults(texts, catalogue_of(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_text(texts, language):
    have = catalogue_of(language)
    wrong = [one.id for one in texts if one.id and isinstance(one.id, str)
             and placeholders(have[one.id].string) != placeholders(one.id)]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_counted_text_has_every_plural_form_of_the_language(texts, language):
    have, in_words = catalogue_of(language), SAY_THE_NUMBER_IN_WORDS.get(language, 0)
    counted = [one for one in texts if not isinstance(one.id, str)]
    assert counted
    for one in counted:
        forms = have[one.id[0]].string
        assert len(forms) == have.num_plurals, one.id
        assert all(placeholders(form) == placeholders(one.id[1]) for form in forms[in_words:]), one.id


def test_the_arabic_forms_stand_where_the_catalogue_s_own_rule_looks_for_them(compiled):
    """Tools differ in the order of the last two forms, and a swapped one reads like a foreigner's slip."""
    counted = compiled("ar").ngettext
    said = {n: counted("Ask for one thing", "Ask for %(num)d things", n) for n in (1, 2, 3, 10, 11, 99, 100, 103)}
    assert said[1] == "اطلب شيئًا واحدًا"
    assert said[2] == "اطلب شيئين"
    assert said[3] == said[10] == said[103] == "اطلب %(num)d أشياء"
    assert said[11] == said[99] == "اطلب %(num)d شيئًا"
    assert said[100] == "اطلب %(num)d شيء"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_left_in_the_letters_of_english(texts, language):
    """A text that equals its English one was forgotten, unless it holds nothing but placeholders and signs."""
    have, alike = catalogue_of(language), WRITTEN_LIKE_ENGLISH.get(language, set())
    same = [one.id for one in texts if isinstance(one.id, str) and one.id and have[one.id].string == one.id]
    assert [text for text in same if text not in alike and not NOTHING_TO_SAY.fullmatch(text)] == []


def test_every_name_under_which_code_marks_texts_is_one_that_is_collected():
    """`from flask_babel import lazy_gettext as _l`: under a name nobody collects, the texts would stay English."""
    used = set().union(*(marks_of(path.read_text()) for path in our_code()))
    assert "_l" in used
    assert used - set(KEYWORDS) == set()


def our_code() -> list[Path]:
    folders = [each for each in ROOT.iterdir() if each.is_dir() and words_commands._is_ours(str(each))]
    return [*ROOT.glob("*.py"), *(path for folder in folders for path in folder.rglob("*.py"))]


def marks_of(code: str) -> set[str]:
    if "flask_babel" not in code:
        return set()
    return {name.asname or name.name for node in ast.parse(code).body if isinstance(node, ast.ImportFrom)
            and node.module == "flask_babel" for name in node.names if name.name.endswith("gettext")}
