"""Faults in a checklist's files: where, what, and how to mend it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """file is relative to the folder of checklists; line counts from 1. code is stable, for tests."""

    file: str
    line: int
    code: str
    message: str
    remedy: str
    level: str = ERROR

    def __str__(self) -> str:
        mark = "" if self.level == ERROR else " (warning)"
        return f"{self.file}:{self.line}:{mark} {self.message} {self.remedy}".rstrip()


class ChecklistFaulty(Exception):
    """A checklist that cannot be used. faults holds every error, not just the first."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """ "Did you mean x?" or, if nothing is near, the first few that exist."""
    choices = sorted({str(name) for name in known})
    near = difflib.get_close_matches(str(word)[:60], choices, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {near[0]}?"
    if not choices:
        return "There is none to choose from."
    more = ", ..." if len(choices) > 12 else ""
    return f"There is: {', '.join(choices[:12])}{more}."


def shown(value: object) -> str:
    """A value cut short for a message, so that a hostile file cannot flood the screen."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
