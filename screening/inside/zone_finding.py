"""Finds the machine-readable zone among the lines of a page, and has it read by two recognisers."""

import datetime as dt
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from screening.inside import cells, lines, models, reading
from screening.inside.lines import Line
from screening.mrz import mending
from screening.mrz.characters import ALPHABET, FILLER

_CANDIDATES_MAX = 7
_LONG = 7
# A zone's line says little but capitals, digits and fillers.
_ZONE_LIKE_MIN = 0.85
_OFF_MAX = 0.25


@dataclass(frozen=True)
class Found:
    """A zone on the picture. first and second: what the two recognisers made of it; None where one could not.

    turned: the page lay on its head.
    """

    lines: tuple[Line, ...]
    first: mending.Mended | None
    second: mending.Mended | None
    turned: bool = False

    @property
    def holds(self) -> bool:
        return self.first is not None and self.first.zone.holds


def find(picture: np.ndarray, found: list[Line], today: dt.date) -> Found | None:
    """The best zone of the page; None when no line looks like one. The picture's text must run across."""
    best = None
    for turned, group in _groups(picture, _candidates(found)):
        zone = _read(picture, group, today, turned)
        if zone.holds:
            return zone
        if best is None or (best.first is None and zone.first):
            best = zone
    return best


def second_opinion(picture: np.ndarray, zone: Found, today: dt.date) -> Found:
    """The same zone with what the other recogniser makes of it."""
    return replace(zone, second=_mended(models.models().second, picture, zone.lines, today))


def _candidates(found: list[Line]) -> list[Line]:
    level = [line for line in _joined(found) if abs(line.angle) <= 45 and line.width > _LONG * line.height]
    return sorted(level, key=lambda line: -line.width)[:_CANDIDATES_MAX]


def _joined(found: list[Line]) -> list[Line]:
    """Pieces of one line put together: the finder drops fillers in the middle."""
    rest = sorted((line for line in found if line.width > 2 * line.height), key=lambda line: line.x)
    joined: list[Line] = []
    for line in rest:
        for number, other in enumerate(joined):
            if _go_on(other, line):
                joined[number] = _together(other, line)
                break
        else:
            joined.append(line)
    return joined


def _go_on(left: Line, right: Line) -> bool:
    across = np.array([-left.along[1], left.along[0]])
    between = right.ends[0] - left.ends[1]
    return (
        abs(left.angle - right.angle) < 12
        and 0.6 < left.height / right.height < 1.7
        and abs(float(between @ across)) < 0.5 * left.height
        and -left.height < float(between @ left.along) < 4 * left.height
    )


def _together(left: Line, right: Line) -> Line:
    start, end = left.ends[0], right.ends[1]
    middle, way = (start + end) / 2, end - start
    return Line(float(middle[0]), float(middle[1]), float(np.hypot(*way)), max(left.height, right.height),
                math.degrees(math.atan2(way[1], way[0])), min(left.score, right.score))  # fmt: skip


def _groups(picture: np.ndarray, candidates: list[Line]) -> Iterator[tuple[bool, tuple[Line, ...]]]:
    """Neighbouring lines that read like a zone, upright first."""
    for turned in (False, True):
        lying = [headlong(line) if turned else line for line in candidates]
        strips = [lines.strip(picture, line) for line in lying]
        alike = [line for line, strip in zip(lying, strips, strict=True) if _is_zone_like(strip)]
        for group in _stacks(alike):
            yield turned, group


def headlong(line: Line) -> Line:
    """The same line read from its other end."""
    return replace(line, angle=line.angle + 180)


def _is_zone_like(strip: np.ndarray) -> bool:
    """By the quick model: it is bad at names and good enough to tell a zone from a sentence."""
    text = reading.read(models.models().quick, [strip])[0].text.upper()
    if len(text) < 18:
        return False
    ours = sum(one in ALPHABET or one in reading.FILLERS for one in text) / len(text)
    marks = sum(one in reading.FILLERS for one in text)
    digits = sum(one.isdigit() for one in text)
    return ours >= _ZONE_LIKE_MIN and (marks >= 2 or digits >= 10)


def _stacks(alike: list[Line]) -> Iterator[tuple[Line, ...]]:
    """Three lines, or two, one under the other; longest stacks first."""
    if not alike:
        return
    across = np.array([-alike[0].along[1], alike[0].along[0]])
    ordered = sorted(alike, key=lambda line: float(np.array([line.x, line.y]) @ across))
    for size in (3, 2):
        for start in range(len(ordered) - size + 1):
            stack = ordered[start : start + size]
            if all(itertools.starmap(_lie_close, itertools.pairwise(stack))):
                yield tuple(_same_edges(stack))
    # The last line of a card may hold one short name, of which the finder sees no line of full length.
    for pair in itertools.pairwise(ordered):
        if _lie_close(*pair):
            upper, lower = _same_edges(list(pair))
            below = replace(lower, x=2 * lower.x - upper.x, y=2 * lower.y - upper.y)
            yield upper, lower, below


def _lie_close(upper: Line, lower: Line) -> bool:
    way = np.array([lower.x - upper.x, lower.y - upper.y])
    across = np.array([-upper.along[1], upper.along[0]])
    high = max(upper.height, lower.height)
    return 0.5 * high < float(way @ across) < 3.5 * high and abs(float(way @ upper.along)) < 0.5 * upper.width


def _same_edges(stack: list[Line]) -> list[Line]:
    """All lines of a zone are equally long: where one was cut short by its fillers, the others know better."""
    along = max(stack, key=lambda line: line.width).along
    left = min(float(line.ends[0] @ along) for line in stack)
    right = max(float(line.ends[1] @ along) for line in stack)
    stretched = []
    for line in stack:
        start, end = line.ends
        start = start + line.along * (left - float(start @ along))
        end = end + line.along * (right - float(end @ along))
        middle = (start + end) / 2
        stretched.append(replace(line, x=float(middle[0]), y=float(middle[1]), width=float(np.hypot(*(end - start)))))
    return stretched


def _read(picture: np.ndarray, group: tuple[Line, ...], today: dt.date, turned: bool) -> Found:
    return Found(group, _mended(models.models().reader, picture, group, today), None, turned)


def _mended(recogniser, picture, group, today: dt.date) -> mending.Mended | None:
    seen = [reading.see(recogniser, lines.strip(picture, line))[0] for line in group]
    pitches = [pitch for one in seen if (pitch := cells.pitch_of(one))]
    if len(pitches) < len(seen):
        return None
    results = []
    for width in _widths(seen, pitches):
        laid = [cells.lay(one, width, pitch) for one, pitch in zip(seen, pitches, strict=True)]
        if all(one is not None and one[1] < _OFF_MAX for one in laid):
            mended = mending.mend([one[0] for one in laid], today=today)
            if mended and not _is_bare(mended):
                results.append(mended)
    return min(results, key=lambda one: (len(one.zone.failed), one.corrected), default=None)


def _widths(seen: list[list[reading.Seen]], pitches: list[float]) -> list[int]:
    """The layouts' widths this stack may have, likeliest first: no line spans more cells than there are."""
    if len(seen) == 3:
        return [30]
    spans = max(cells.count(one, pitch) for one, pitch in zip(seen, pitches, strict=True))
    return [width for width in sorted((44, 36), key=lambda width: abs(width - spans)) if abs(width - spans) <= 4]


def _is_bare(mended: mending.Mended) -> bool:
    """Three lines of fillers satisfy every check digit there is."""
    return sum(one != FILLER for line in mended.zone.lines for one in line) < 25
