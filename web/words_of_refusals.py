"""The table of words.py: code -> what the applicant reads, and what staff read where that differs."""

from __future__ import annotations

from dataclasses import dataclass


def N_(text: str) -> str:  # noqa: N802 - the name translators' tools look for
    """Marks a text for the translators; it is translated when it is shown."""
    return text


@dataclass(frozen=True, slots=True)
class Said:
    applicant: str
    staff: str | None = None


WORDS: dict[str, Said] = {
    "wrong_actor": Said(N_("Only the office can do this.")),
}
