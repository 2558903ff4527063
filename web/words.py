"""Words for every refusal code, said by whom they are read: the applicant, or staff where staff need other words.

A code without words is a fault that tests/web/test_words.py finds; a page would still say something true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext

from applications.facts import Refusal
from i18n import day_words
from uploads import refusals as uploads
from web.language import code
from web.words_of_refusals import WORDS, Said

ItemName = Callable[[str], str]


class Spaces(dict):
    """Values for a text; one that is missing leaves a gap, never an error page."""

    def __missing__(self, key: str) -> str:
        return "…"


def words(refusal: Refusal, audience: str = "applicant", item_name: ItemName | None = None) -> str:
    """Why something may not be done, in the reader's language.

    audience: applicant or staff. item_name: the name of a paper from its id ("passport"), as the checklist says it.
    """
    said = said_for(refusal)
    if said is None:
        return gettext("This cannot be done now.")
    text = said.staff if audience == "staff" and said.staff else said.applicant
    return gettext(text) % _readable(refusal.values, item_name)


def all_words(
    refusals: Iterable[Refusal], audience: str = "applicant", item_name: ItemName | None = None,
) -> list[str]:
    """Each reason once, in the order given: several codes may look the same from outside, on purpose."""
    return list(dict.fromkeys(words(each, audience, item_name) for each in refusals))


def said_for(refusal: Refusal) -> Said | None:
    """The entry of the table: "code.why" before "code"; None for a code nobody wrote words for."""
    why = refusal.values.get("why")
    return WORDS.get(f"{refusal.code}.{why}") or WORDS.get(refusal.code)


def upload_words(refusal: Any) -> list[str]:
    """What was seen, why it matters, what to do: three sentences for a refused file."""
    said = uploads.words_for(refusal.code, refusal.values, gettext)
    return [said.seen, said.why, said.cure]


def _readable(values: Mapping[str, Any], item_name: ItemName | None) -> Spaces:
    return Spaces({name: _said(name, value, item_name) for name, value in values.items()})


def _said(name: str, value: Any, item_name: ItemName | None) -> Any:
    if name == "item" and value:
        return item_name(value) if item_name else str(value).replace("_", " ")
    return day_words(value, code()) if isinstance(value, date) else value
