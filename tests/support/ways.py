"""The ways a journey is walked: at which width, and on which database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.thorough import THOROUGH


@dataclass(frozen=True)
class Way:
    phone: bool
    kind: str

    def __str__(self) -> str:
        return f"{'phone' if self.phone else 'desktop'}-{self.kind}"


USUAL = (Way(phone=True, kind="sqlite"), Way(phone=False, kind="postgres"))
CROSS = (*USUAL, Way(phone=True, kind="postgres"), Way(phone=False, kind="sqlite"))


def of(journey: Path, *, thorough: bool = THOROUGH) -> Sequence[Way]:
    """All four in ./dev check; else one, the two usual ones taking turns from file to file of the folder."""
    if thorough:
        return CROSS
    files = sorted(journey.parent.glob("test_*.py"))
    return (USUAL[files.index(journey) % len(USUAL)],)
