"""Lays what was seen on a line into the cells of a zone: 44, 36 or 30 of equal width.

Recognisers swallow repeated fillers, so the text alone is too short by an unknown number at unknown places. The
characters stand at equal distances, and where each was seen is known.
"""

import numpy as np

from screening.inside.reading import Seen
from screening.mrz.characters import ALPHABET, FILLER

WIDTHS = (44, 36, 30)
_ROUNDS = 4
_FILLER_AT = ALPHABET.index(FILLER)


def lay(seen: list[Seen], width: int, pitch: float) -> tuple[list[dict[str, float]], float] | None:
    """The cells of a line, and how far on average a character stands off its cell's middle, in cells.

    None when the characters do not stand at such distances.
    """
    anchors = [one for one in seen if one.steps < 1.6 * pitch]
    if len(anchors) < 8:
        return None
    at = np.array([one.at for one in anchors])
    places = np.concatenate(([0], np.cumsum(np.maximum(np.round(np.diff(at) / pitch), 0)))).astype(int)
    for _ in range(_ROUNDS):
        curve = np.polyfit(places, at, 2 if len(at) > 12 else 1)
        again = _nearest(curve, at, width + 8)
        if (again == places).all():
            break
        places = again
    off = float(np.abs(np.polyval(curve, places) - at).mean() / pitch)
    places = places - places[0]
    return _filled(anchors, places, width), off


def _nearest(curve: np.ndarray, at: np.ndarray, most: int) -> np.ndarray:
    middles = np.polyval(curve, np.arange(-2, most))
    return np.abs(at[:, None] - middles[None]).argmin(1) - 2


def _filled(anchors: list[Seen], places: np.ndarray, width: int) -> list[dict[str, float]]:
    cells = np.zeros((width, len(ALPHABET)), np.float32)
    for one, place in zip(anchors, places, strict=True):
        if 0 <= place < width:
            cells[place] = np.maximum(cells[place], one.likely)
    empty = cells.sum(1) < 0.1
    cells[empty, _FILLER_AT] = 0.5
    return [{ALPHABET[n]: float(row[n]) for n in np.flatnonzero(row > 0.005)} for row in cells]


def pitch_of(seen: list[Seen]) -> float | None:
    """Steps from one character to the next; None when there are too few."""
    at = np.array([one.at for one in seen if one.best != FILLER or one.steps < 6])
    if len(at) < 8:
        return None
    gaps = np.diff(at)
    small = gaps[(gaps > 1.2)]
    if len(small) < 6:
        return None
    first = np.median(small)
    near = small[(small > 0.6 * first) & (small < 1.4 * first)]
    return float(near.mean()) if len(near) else None


def count(seen: list[Seen], pitch: float) -> int:
    """How many cells the line spans from its first to its last character."""
    return round((seen[-1].at - seen[0].at) / pitch) + 1
