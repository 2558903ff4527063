"""Amira reading another language: the same sentences, found on the pages by their translated words."""

from __future__ import annotations

import re
from functools import cache
from io import StringIO

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

import i18n
from checklists import library
from tests.support.amira import Amira
from tests.support.now import TODAY

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|<[^>]+>")
TELLING_SIGNS = 25  # an English text as long as this is no name and no borrowed word


class AmiraElsewhere(Amira):
    """language: a code that the house offers."""

    language: str

    def starts(self, **more) -> None:
        self.goes_to("/")
        self.page.locator("details.k-languages summary").click()
        named = self.page.get_by_role("link", name=i18n.own_name(self.language), exact=True)
        self.comes_to_a_page(named.click)
        super().starts(**more)

    @property
    def reads_her_language(self) -> bool:
        root = self.page.locator("html")
        wanted = (i18n.direction(self.language), self.language)
        return (root.get_attribute("dir"), root.get_attribute("lang")) == wanted

    @property
    def english_left(self) -> list[str]:
        """Whole texts of ours that stand on this page in English though they are translated."""
        here = self.reads
        return [english for english, hers in pairs(self.language)
                if len(english) >= TELLING_SIGNS and english != hers and "%(" not in english and english in here]

    def words(self, pattern: str) -> str:
        found = [hers for one in pattern.split("|") for hers in _hers_of(self.language, one.lstrip("^"))]
        assert found, f"no words in {self.language} for {pattern}"
        return "|".join(found)


class AmiraInArabic(AmiraElsewhere):
    language = "ar"


def reading(language: str) -> type[AmiraElsewhere]:
    return type(f"AmiraIn_{language}", (AmiraElsewhere,), {"language": language})


def _hers_of(language: str, beginning: str) -> list[str]:
    """Patterns of every text that begins so in English."""
    those = [(english, hers) for english, hers in pairs(language) if english.startswith(beginning)]
    exact = [(english, hers) for english, hers in those if english == beginning]
    return [_pattern(hers) for _english, hers in exact or those]


def _pattern(hers: str) -> str:
    return ".*".join(map(re.escape, _PLACEHOLDER.split(hers)))


@cache
def pairs(language: str) -> list[tuple[str, str]]:
    """(English, hers) of everything the house can say about the Danish checklist."""
    texts = library.newest("dk-cpr", on=TODAY).wording.texts
    ours = [(english, texts[language].get(path, "")) for path, english in texts["en"].items()]
    source = (i18n.LOCALES / language / "LC_MESSAGES" / "messages.po").read_text(encoding="utf-8")
    catalogue = [pair for message in read_po(StringIO(source), locale=language) for pair in _of(message)]
    return [(english, hers) for english, hers in ours + catalogue if hers and english]


def _of(message: Message) -> list[tuple[str, str]]:
    english = message.id if isinstance(message.id, tuple) else (message.id,)
    hers = message.string if isinstance(message.string, tuple) else (message.string,)
    return [(english[-1], one) for one in hers]
