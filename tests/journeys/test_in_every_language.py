"""From the front door to the sent file in each language that the house speaks: every page and every mail in it."""

import re

import pytest

import i18n
from tests.support.amira_elsewhere import pairs, reading
from tests.support.thorough import THOROUGH

# English is every other journey's, Arabic has one of its own. Each of the others in ./dev check.
OTHERS = sorted(folder.name for folder in i18n.LOCALES.iterdir() if folder.is_dir() and folder.name != "ar")
WORD = re.compile(r"[a-z]{3,}")
USUAL = ("uk",)  # letters of its own and three plural forms


@pytest.mark.parametrize("language", OTHERS if THOROUGH else USUAL)
def test_who_reads_another_language_reads_nothing_else(somebody, language):
    amira = somebody(reading(language))

    amira.sends_everything()

    assert amira.reference in amira.reads
    assert amira.reads_her_language
    for path in ("/file", "/file/sent", "/way-in", "/"):
        amira.goes_to(path)
        assert amira.reads_her_language, path
        assert amira.english_left == [], path


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_says_everything_in_its_own_words(language):
    """No longer sentence may be the English one."""
    same = {english for english, hers in pairs(language) if english == hers}
    assert [english for english in same if len(WORD.findall(english)) > 3] == []
