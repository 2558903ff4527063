"""From a strip of text to characters: freely for pages, or to the 37 characters of a zone with their places."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from screening.inside.models import Recogniser, run
from screening.mrz.characters import ALPHABET, FILLER

_WIDTH_MAX = 2000
# What the models, taught many scripts, take the filler and the capitals for.
FILLERS = "<«‹〈《＜く≤∠Λ∧"


@dataclass(frozen=True)
class Read:
    """text: what a strip says. sure: mean probability of its characters, 0 for an empty strip."""

    text: str
    sure: float


@dataclass(frozen=True)
class Seen:
    """One character of a zone's line: at (steps from the left, fractions allowed) and what it may be."""

    at: float
    steps: int
    likely: np.ndarray

    @property
    def best(self) -> str:
        return ALPHABET[int(self.likely.argmax())]


def read(recogniser: Recogniser, strips: list[np.ndarray]) -> list[Read]:
    """What each strip says, in the model's whole alphabet."""
    return [_read_free(recogniser, _probabilities(recogniser, strip)) for strip in strips]


def _probabilities(recogniser: Recogniser, strip: np.ndarray) -> np.ndarray:
    batch = strip[:, :_WIDTH_MAX].astype(np.float32).transpose(2, 0, 1)[None] / 127.5 - 1
    return run(recogniser.session, np.ascontiguousarray(batch))[0]


def _read_free(recogniser: Recogniser, likely: np.ndarray) -> Read:
    best = likely.argmax(1)
    kept = (best != 0) & np.concatenate(([True], best[1:] != best[:-1]))
    text = "".join(recogniser.characters[one] for one in best[kept])
    return Read(text, float(likely.max(1)[kept].mean()) if kept.any() else 0.0)


def see(recogniser: Recogniser, strip: np.ndarray) -> tuple[list[Seen], int]:
    """The characters of a zone's line from left to right, and how many steps the strip has."""
    likely = _probabilities(recogniser, strip)
    nothing = likely[:, 0]
    ours = np.zeros((len(likely), len(ALPHABET)), np.float32)
    for column, classes in enumerate(_classes(recogniser.characters)):
        ours[:, column] = likely[:, classes].sum(1)
    best = np.where(ours.sum(1) > nothing * 0.5, ours.argmax(1), -1)
    found, start = [], 0
    for step in range(1, len(best) + 1):
        if step == len(best) or best[step] != best[start]:
            if best[start] >= 0:
                found.append(_seen(ours[start:step], start))
            start = step
    return found, len(best)


def _seen(piece: np.ndarray, start: int) -> Seen:
    weight = piece.sum(1)
    return Seen(start + float((np.arange(len(piece)) * weight).sum() / weight.sum()), len(piece), piece.max(0))


@cache
def _classes(characters: tuple[str, ...]) -> tuple[tuple[int, ...], ...]:
    where: dict[str, list[int]] = {}
    for number, one in enumerate(characters):
        name = FILLER if one in FILLERS and one else one.upper() if len(one) == 1 and one.isascii() else one
        where.setdefault(name, []).append(number)
    return tuple(tuple(where[one]) for one in ALPHABET)
