"""Words for every refusal code, said by whom they are read: the applicant, or staff where staff need other words.

A code without words is a fault that tests/web/test_words.py finds; a page would still say something true.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext

from applications.facts import Refusal
from uploads import refusals as uploads
from web.words_of_refusals import WORDS


class Spaces(dict):
    """Values for a text; one that is missing leaves a gap, never an error page."""

    def __missing__(self, key: str) -> str:
        return "…"


def words(refusal: Refusal, audience: str = "applicant") -> str:
    """Why something may not be done, in the reader's language. audience: applicant or staff."""
    said = WORDS.get(refusal.code)
    if said is None:
        return gettext("This cannot be done now.")
    text = said.staff if audience == "staff" and said.staff else said.applicant
    return gettext(text) % Spaces(refusal.values)


def all_words(refusals: Iterable[Refusal], audience: str = "applicant") -> list[str]:
    """Each reason once, in the order given: several codes may look the same from outside, on purpose."""
    return list(dict.fromkeys(words(each, audience) for each in refusals))


def upload_words(refusal: Any) -> list[str]:
    """What was seen, why it matters, what to do: three sentences for a refused file."""
    said = uploads.words_for(refusal.code, refusal.values, gettext)
    return [said.seen, said.why, said.cure]
