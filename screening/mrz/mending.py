"""From what a recogniser saw in each cell to the one zone it can have been.

A cell is a map from character to probability. First each cell may hold only what its field allows; then, where a
check digit does not hold, up to two characters of which the recogniser was not sure are changed into ones that look
alike. When two changes would do equally well, nothing is changed: a search that may choose invents. One digit passes
one wrong text in ten, so what a search found is `searched`, and never verified without a reader that needed none.
"""

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from screening.mrz.characters import ALIKE, DIGITS, FILLER, as_digit, as_letter
from screening.mrz.layouts import Layout, layout_of
from screening.mrz.zone import Zone, parse

Cell = dict[str, float]
_EDITS_MAX = 2
# Below this a second choice of the recogniser is noise; above that it has no second choice.
_SEEN_MIN, _SURE = 0.02, 0.95


@dataclass(frozen=True)
class Mended:
    """zone: the best reading. corrected: how many characters are not what was seen.

    doubtful: another reading would satisfy the check digits as well. searched: check digits chose some of it.
    """

    zone: Zone
    corrected: int
    doubtful: bool = False
    searched: bool = False


def mend(rows: Sequence[Sequence[Cell]], *, today: dt.date) -> Mended | None:
    """The zone in these rows of cells; None when they have the shape of no layout."""
    if not rows or len({len(row) for row in rows}) != 1:
        return None
    layout = layout_of(len(rows), len(rows[0]), _best(rows[0][0]))
    if layout is None:
        return None
    seen = tuple("".join(_best(cell) for cell in row) for row in rows)
    lines = tuple(_fitted(layout, number, row) for number, row in enumerate(rows))
    zone = parse(lines, today=today)
    if zone.holds:
        return Mended(zone, _differences(seen, lines))
    return _search(layout, rows, lines, seen, today)


def _fitted(layout: Layout, line: int, row: Sequence[Cell]) -> str:
    return "".join(_allowed_best(cell, layout.allowed(line, column)) for column, cell in enumerate(row))


def _allowed_best(cell: Cell, allowed: str) -> str:
    """What was seen if it may stand here, else what it is often read for, else the next that was seen."""
    best = _best(cell)
    if best in allowed:
        return best
    like = as_digit(best) if DIGITS[0] in allowed else as_letter(best)
    if like and like in allowed:
        return like
    return max(allowed, key=lambda one: cell.get(one, 0.0) + (1e-9 if one == FILLER else 0.0))


def _best(cell: Cell) -> str:
    return max(cell, key=cell.get) if cell else FILLER


def _differences(seen: tuple[str, ...], lines: tuple[str, ...]) -> int:
    return sum(one != other for one, other in zip("".join(seen), "".join(lines), strict=True))


def _search(layout: Layout, rows, lines, seen, today: dt.date) -> Mended:
    """Fields that carry a check digit of their own are mended one by one, the last digit judges them together."""
    options = []
    failed = parse(lines, today=today).failed
    for field in failed:
        if field != "whole":
            found = _mends_of(layout, rows, lines, field, today)
            if len(found) != 1:
                return Mended(parse(lines, today=today), _differences(seen, lines), doubtful=len(found) > 1)
            options.append(found[0])
    changed = _apply(lines, {place: one for edits in options for place, one in edits.items()})
    zone = parse(changed, today=today)
    if zone.failed == ("whole",):
        changed, doubtful = _mend_whole(layout, rows, changed, today)
        return Mended(parse(changed, today=today), _differences(seen, changed), doubtful, searched=True)
    return Mended(zone, _differences(seen, changed), searched=True)


def _mends_of(layout: Layout, rows, lines, field: str, today: dt.date) -> list[dict]:
    """The sets of edits, fewest first, that make this field hold. More than one of the same size: all of them."""
    line, start, end = layout.spans[field]
    places = [(line, column) for column in range(start, end)] + [layout.checked[field]]
    if field == "number" and lines[layout.checked[field][0]][layout.checked[field][1]] == FILLER:
        row, first, last = layout.spans.get("optional", (line, end, end))
        places += [(row, column) for column in range(first, last) if lines[row][column] != FILLER]
    return _fewest(layout, rows, lines, places, lambda changed: field not in parse(changed, today=today).failed)


def _mend_whole(layout: Layout, rows, lines, today: dt.date) -> tuple[tuple[str, ...], bool]:
    """Only what no other digit covers may be wrong now: optional data, and the last digit itself."""
    spans = [layout.spans[field] for field in ("optional", "optional_2") if field in layout.spans]
    places = [(line, column) for line, start, end in spans for column in range(start, end)] + [layout.whole_at]
    found = _fewest(layout, rows, lines, places, lambda changed: parse(changed, today=today).holds, edits_max=1)
    return (_apply(lines, found[0]), False) if len(found) == 1 else (lines, len(found) > 1)


def _fewest(layout: Layout, rows, lines, places, holds, edits_max: int = _EDITS_MAX) -> list[dict]:
    choices = {place: _others(layout, rows, lines, place) for place in places}
    places = [place for place in places if choices[place]]
    for size in range(1, edits_max + 1):
        found = []
        for chosen in itertools.combinations(places, size):
            for ones in itertools.product(*(choices[place] for place in chosen)):
                edits = dict(zip(chosen, ones, strict=True))
                if holds(_apply(lines, edits)):
                    found.append(edits)
        if found:
            return found
    return []


def _others(layout: Layout, rows, lines, place) -> str:
    """What else this cell may be: what the recogniser thought of second, and what looks alike if it was unsure."""
    line, column = place
    now, allowed, cell = lines[line][column], layout.allowed(line, column), rows[line][column]
    others = {one for one, likely in cell.items() if likely >= _SEEN_MIN}
    if cell.get(now, 0.0) < _SURE:
        others |= set(ALIKE.get(now, ""))
    return "".join(one for one in sorted(others) if one in allowed and one != now)


def _apply(lines: tuple[str, ...], edits: dict) -> tuple[str, ...]:
    changed = [list(line) for line in lines]
    for (line, column), one in edits.items():
        changed[line][column] = one
    return tuple("".join(line) for line in changed)
