"""Amira reading Arabic: the same sentences, found on the pages by their translated words."""

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


class AmiraInArabic(Amira):
    def starts(self, **more) -> None:
        self.goes_to("/")
        self.page.locator("details.k-languages summary").click()
        self.comes_to_a_page(self.page.get_by_role("link", name="العربية").click)
        super().starts(**more)

    @property
    def reads_from_the_right(self) -> bool:
        root = self.page.locator("html")
        return (root.get_attribute("dir"), root.get_attribute("lang")) == ("rtl", "ar")

    def words(self, pattern: str) -> str:
        found = [arabic for one in pattern.split("|") for arabic in _arabic_of(one.lstrip("^"))]
        assert found, f"no Arabic words for {pattern}"
        return "|".join(found)


def _arabic_of(beginning: str) -> list[str]:
    """Patterns of every text that begins so in English."""
    pairs = [(english, arabic) for english, arabic in _pairs() if english.startswith(beginning)]
    exact = [(english, arabic) for english, arabic in pairs if english == beginning]
    return [_pattern(arabic) for _english, arabic in exact or pairs]


def _pattern(arabic: str) -> str:
    return ".*".join(map(re.escape, _PLACEHOLDER.split(arabic)))


@cache
def _pairs() -> list[tuple[str, str]]:
    texts = library.newest("dk-cpr", on=TODAY).wording.texts
    ours = [(english, texts["ar"].get(path, "")) for path, english in texts["en"].items()]
    source = (i18n.LOCALES / "ar" / "LC_MESSAGES" / "messages.po").read_text(encoding="utf-8")
    catalogue = [pair for message in read_po(StringIO(source), locale="ar") for pair in _of(message)]
    return [(english, arabic) for english, arabic in ours + catalogue if arabic and english]


def _of(message: Message) -> list[tuple[str, str]]:
    english = message.id if isinstance(message.id, tuple) else (message.id,)
    arabic = message.string if isinstance(message.string, tuple) else (message.string,)
    return [(english[-1], one) for one in arabic]
