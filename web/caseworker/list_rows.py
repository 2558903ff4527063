"""Files as rows of a list. A page has fifty of them, and most say the same few things: each is worded once a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from applications.worklists import Row
from web import language
from web.caseworker import words
from web.caseworker.saying import short_day

BAR_WIDTH = 76
_ANY = "-"  # stands for a reference in an address that is asked for once
_MARKS = {"waiting_for_applicant": "waiting", "complete": "waiting", "booked": "later", "in_meeting": "doing"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One row. tag: which of the page's tags; bar: how far of BAR_WIDTH, in which colour; claim: where to, or None."""

    reference: str
    href: str
    who: str
    has_others: bool
    town: str
    tag: int
    due: str
    closed: str
    bar: float
    fill: str
    age: str
    holder: str
    claim: str | None


@dataclass(frozen=True, slots=True)
class RowsShown:
    rows: tuple[Shown, ...]
    tags: tuple[tuple[str, str], ...]
    bar_width: int = BAR_WIDTH

    def __len__(self) -> int:
        return len(self.rows)


def rows_shown(rows: Iterable[Row], now: datetime) -> RowsShown:
    teller = _Teller(now)
    told = tuple(teller.tell(row) for row in rows)
    return RowsShown(told, tuple(teller.tags))


class _Teller:
    """Words of one page, each looked up once."""

    def __init__(self, now: datetime) -> None:
        self.now, self.lang, self.me = now, language.code(), g.staff.id
        self.file, self.claim = (url_for(name, reference=_ANY) for name in ("caseworker.file", "caseworker.claim"))
        self.nobody, self.mine, self.nameless = _("nobody"), _("me"), _("no name yet")
        self.tags: dict[tuple[str, str], int] = {}
        self._waits: dict[tuple[str, str], int] = {}
        self._days: dict[date, str] = {}
        self._ages: dict[tuple[int, ...], str] = {}

    def tell(self, row: Row) -> Shown:
        used, promised, age = self._age(row)
        share = used / promised
        may_claim = row.holder_id is None and row.closed_at is None and row.stage != "draft"
        return Shown(
            row.reference, _at(self.file, row), row.name or self.nameless, row.has_others, row.municipality or "",
            self._tag(row), self._day(row.act_by_at, row.zone), self._day(row.closed_at, row.zone),
            round(min(share, 1) * BAR_WIDTH, 1), "brick" if share > 1 else "sun" if share > 0.75 else "sea", age,
            self._holder(row), _at(self.claim, row) if may_claim else None,
        )

    def _holder(self, row: Row) -> str:
        if row.holder_id is None:
            return self.nobody
        return self.mine if row.holder_id == self.me else row.holder or ""

    def _tag(self, row: Row) -> int:
        key = (row.stage, row.office_todo)
        if key not in self._waits:
            self._waits[key] = self.tags.setdefault(_waits(*key), len(self.tags))
        return self._waits[key]

    def _day(self, at: datetime | None, zone: str | None) -> str:
        """The day it is at the office then; "" for never."""
        if at is None or at.year == 9999:
            return ""
        day = at.astimezone(ZoneInfo(zone or "UTC")).date()
        if day not in self._days:
            self._days[day] = short_day(self.lang, day)
        return self._days[day]

    def _age(self, row: Row) -> tuple[float, float, str]:
        """Days since it came into this queue, days promised, and both in words."""
        since = row.queue_since_at or row.act_by_at
        used, promised = (self.now - since).total_seconds() / 86400, (row.act_by_at - since).total_seconds() / 86400
        if row.act_by_at <= self.now:
            late = int((self.now - row.act_by_at).total_seconds() // 86400)
            return max(used, promised, 0.1) + 0.1, max(promised, 0.1), self._age_words(late)
        return max(used, 0.0), max(promised, 0.1), self._age_words(int(used), max(1, round(promised)))

    def _age_words(self, *days: int) -> str:
        if days not in self._ages:
            self._ages[days] = _late(*days) if len(days) == 1 else _("%(used)d of %(promised)d days", used=days[0],
                                                                      promised=days[1])
        return self._ages[days]


def _at(address: str, row: Row) -> str:
    """A reference is made of letters, digits and hyphens: nothing of it has to be escaped in an address."""
    return address.replace(f"/{_ANY}", f"/{row.reference}", 1)


def _late(days: int) -> str:
    return ngettext("one day over", "%(num)d days over", days) if days else _("over since today")


def _waits(stage: str, office_todo: str) -> tuple[str, str]:
    """(kind of mark, words): what there is to do, else the stage. The oldest duty comes first in the column."""
    todo = words.todo_words(office_todo)
    if todo:
        return ("doing", todo[0] + (f" +{len(todo) - 1}" if len(todo) > 1 else ""))
    return (_MARKS.get(stage, "done"), words.of(words.STAGES, stage))
