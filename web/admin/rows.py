"""Tables that are filled in row by row without a script: what was typed, as it was typed, and what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import request

from accounts.scope import Place
from actions.offices.change_served import Served
from offices.calendar import WeeklySpan

ROWS_MOST = 60
SIGNS_MOST = 40
SPARE_ROWS = 3


@dataclass(frozen=True, slots=True)
class Typed:
    """The rows of a table as text, empty ones left out."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def with_spare(self) -> list[dict[str, str]]:
        """The rows for the page, with a few empty ones to add to."""
        empty = ("",) * len(self.names)
        return [dict(zip(self.names, row, strict=True)) for row in (*self.rows, *(empty,) * SPARE_ROWS)]


def typed(*names: str, key: str) -> Typed:
    """key: the column without which a row counts as empty."""
    columns = [[text.strip()[:SIGNS_MOST] for text in request.form.getlist(name)[:ROWS_MOST]] for name in names]
    rows = tuple(zip(*columns, strict=False))
    return Typed(names, tuple(row for row in rows if row[names.index(key)]))


HOURS = ("weekday", "opens", "closes", "counters")
SERVED = ("municipality", "from_on", "until_on")
PLACES = ("role", "office", "municipality")


def of_hours(hours: Sequence[WeeklySpan]) -> Typed:
    return Typed(HOURS, tuple((str(h.weekday), h.opens, h.closes, str(h.counters)) for h in hours))


def as_hours(rows: Typed) -> list[WeeklySpan]:
    """What cannot be read becomes something that is refused with its own words (offices/hours.py)."""
    return [WeeklySpan(_number(day, -1), _wall(opens), _wall(closes), _number(counters, 0))
            for day, opens, closes, counters in rows.rows]


def as_served(rows: Typed) -> list[Served]:
    """Raises ValueError for a day that is none."""
    return [Served(_number(municipality, 0), date.fromisoformat(first), date.fromisoformat(last) if last else None)
            for municipality, first, last in rows.rows]


def as_places(rows: Typed) -> list[Place]:
    """Admin belongs to the house, so a chosen office is left out for it."""
    return [
        Place(role, None if role == "admin" else _number(office, 0) or None,
              None if role == "admin" else _number(municipality, 0) or None)
        for role, office, municipality in rows.rows
    ]


def _wall(text: str) -> str:
    """9:00 and 09.00 are meant as 09:00."""
    plain = text.replace(".", ":")
    return f"0{plain}" if len(plain) == 4 else plain


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else otherwise
