"""The words of a checklist: by path and language, with placeholders filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from checklists.codes import FORMER_STATES
from checklists.said import PLACEHOLDER, Coded, PersonNamed, Said

RIGHT_TO_LEFT: Final = frozenset({"ar", "he", "fa", "ur", "yi", "ps", "dv", "ug", "ckb", "sd", "prs"})
ISOLATE, END_ISOLATE = "\u2068", "\u2069"


@dataclass(frozen=True)
class Wording:
    """texts: language -> path -> words. stale: language -> paths translated from an older source."""

    source_language: str
    texts: Mapping[str, Mapping[str, str]] = field(repr=False)
    stale: Mapping[str, list[str]] = field(repr=False)

    def has(self, path: str) -> bool:
        return path in self.texts[self.source_language]

    def text(self, path: str, language: str) -> str:
        return self.first((path,), language)

    def first(self, paths: Iterable[str], language: str) -> str:
        """The first of these paths that has words, in the language before the source language."""
        paths = tuple(paths)
        for spoken in dict.fromkeys((language, language.partition("-")[0], self.source_language)):
            texts = self.texts.get(spoken, {})
            for path in paths:
                if path in texts:
                    return texts[path]
        return words_of_id(paths[-1])

    def say(self, said: Said, language: str) -> str:
        """Values in a right-to-left sentence are isolated, so that a Latin name does not turn it round."""
        text = self.text(said.path, language)

        def filled(match: Any) -> str:
            name, _, form = match.group(1).partition(":")
            value = said.values.get(name)
            word = match.group(0) if value is None else self.word(value, language, form)
            return f"{ISOLATE}{word}{END_ISOLATE}" if language.partition("-")[0] in RIGHT_TO_LEFT else word

        return PLACEHOLDER.sub(filled, text)

    def word(self, value: Any, language: str, form: str = "") -> str:
        """One value in words: a day, a coded value, a person, a list of them."""
        if isinstance(value, PersonNamed):
            return value.name or self._role(value.role, language, form)
        if isinstance(value, Coded):
            return self._coded(value, language)
        if isinstance(value, bool):
            return self.first((f"options.{'yes' if value else 'no'}",), language)
        if isinstance(value, date):
            return format_date(value, "long", locale=locale_for(language))
        if isinstance(value, Said):
            return self.say(value, language)
        if isinstance(value, tuple | list | frozenset):
            return ", ".join(sorted(self.word(one, language) for one in value))
        return str(value)

    def _role(self, role: str, language: str, form: str) -> str:
        path = f"people.{role}.name"
        return self.first((f"{path}:{form}", path) if form else (path,), language)

    def _coded(self, value: Coded, language: str) -> str:
        if value.kind == "country":
            return locale_for(language).territories.get(value.code) or FORMER_STATES.get(value.code, value.code)
        if value.kind == "language":
            return locale_for(language).languages.get(value.code, value.code)
        return self.first((value.code,), language)


def words_of_id(path: str) -> str:
    """Stand-in for words nobody wrote: "options.self_employed" -> "Self employed". Lint warns of each."""
    steps = path.split(".")
    last = steps[-2] if steps[-1] in ("ask", "name", "say", "title") and len(steps) > 1 else steps[-1]
    return last.replace("_", " ").capitalize()


@lru_cache(maxsize=64)
def locale_for(language: str) -> Locale:
    """The babel locale of a language code; English if babel does not know it."""
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def languages_complete(definition: Any, language: str) -> list[tuple[str, str]]:
    """(path, "missing" or "stale") of a definition; empty if the language is complete."""
    texts = definition.wording.texts
    stale = definition.wording.stale.get(language, [])
    if language == definition.source_language:
        return []
    missing = [(path, "missing") for path in texts[definition.source_language] if path not in texts.get(language, {})]
    return [*missing, *((path, "stale") for path in stale)]


def may_be_published(definition: Any) -> list[tuple[str, str, str]]:
    """(language, path, state) of every must_have text that stands in the way; empty: it may."""
    return [(language, *one) for language in definition.must_have for one in languages_complete(definition, language)]
