"""A page half in English is worse than one in English: only a whole catalogue is compiled, and only that is offered."""

import shutil

import pytest
from babel.messages.catalog import Catalog

import i18n
import words_commands


@pytest.fixture
def folder(tmp_path):
    """Two texts to translate, one of them counted."""
    (tmp_path / "messages.pot").write_bytes(words_commands._as_po(_with(Catalog(), "", ("", ""))))
    return tmp_path


def _with(catalogue, simple, counted, flags=()):
    catalogue.add("Hello %(name)s", simple, flags=flags)
    catalogue.add(("%(num)d page", "%(num)d pages"), counted)
    return catalogue


def translate(folder, simple="Hej %(name)s", counted=("%(num)d side", "%(num)d sider"), flags=()):
    path = folder / "da" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(words_commands._as_po(_with(Catalog(locale="da", fuzzy=False), simple, counted, flags)))


def test_a_whole_language_is_offered(folder):
    translate(folder)
    assert words_commands.compile_whole(folder) == {"da": 0}
    assert i18n.offered(("en", "da"), folder) == ("en", "da")


@pytest.mark.parametrize("lack", [
    {"simple": ""},
    {"counted": ("%(num)d side", "")},
    {"flags": ("fuzzy",)},
    {"simple": "Hej %(navn)s"},
], ids=["a text", "a plural form", "a guess nobody read", "a placeholder nobody fills"])
def test_a_language_that_lacks_one_thing_is_kept_back(folder, lack):
    translate(folder, **lack)
    assert words_commands.compile_whole(folder) == {"da": 1}
    assert i18n.offered(("en", "da"), folder) == ("en",)


def test_a_language_that_fell_behind_the_texts_is_taken_back(folder):
    translate(folder)
    words_commands.compile_whole(folder)
    template = _with(Catalog(), "", ("", ""))
    template.add("A text that came later", "")
    (folder / "messages.pot").write_bytes(words_commands._as_po(template))
    assert words_commands.compile_whole(folder) == {"da": 1}
    assert i18n.offered(("en", "da"), folder) == ("en",)


def test_what_we_hand_out_is_offered(tmp_path):
    shutil.copytree(i18n.LOCALES, tmp_path / "locales", ignore=shutil.ignore_patterns("*.mo"))
    to_do = words_commands.compile_whole(tmp_path / "locales")
    assert "ar" in to_do
    assert [language for language, left in to_do.items() if left] == []
    assert i18n.offered(("en", *to_do), tmp_path / "locales") == ("en", *to_do)
