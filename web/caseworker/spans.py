"""Days of the overview: the last 7 or 28 one by one, or 84 by weeks, as midnights of the office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, request
from flask_babel import gettext as _

from applications.figures import Span
from applications.worklists import PlaceName
from web import language
from web.caseworker import filters
from web.caseworker.saying import short_day

DAYS = (7, 28, 84)
USUAL = 28
BY_WEEK_FROM = 84
_LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Part:
    """One point of the line. first, last: days, both included."""

    first: date
    last: date
    span: Span

    @property
    def text(self) -> str:
        lang = language.code()
        if self.first == self.last:
            return short_day(lang, self.first)
        return f"{short_day(lang, self.first)} – {short_day(lang, self.last)}"

    @property
    def address(self) -> dict[str, str]:
        return address((self.first, self.last))


def days_wanted() -> int:
    wanted = filters.number("days")
    return wanted if wanted in DAYS else USUAL


def chips(names: Iterable[str]) -> list[dict[str, Any]]:
    choices = [(7, _("7 days")), (28, _("4 weeks")), (84, _("12 weeks"))]
    return filters.chips(names, "days", choices, otherwise=str(USUAL))


def parts(now: datetime, names: list[PlaceName]) -> list[Part]:
    """Oldest first; the last one is today, or the week that ends today."""
    zone, days = zone_of(names), days_wanted()
    today, step = now.astimezone(zone).date(), 7 if days >= BY_WEEK_FROM else 1
    firsts = [today - timedelta(days=days - 1 - n) for n in range(0, days, step)]
    return [part_of(first, first + timedelta(days=step - 1), zone) for first in firsts]


def part_of(first: date, last: date, zone: ZoneInfo) -> Part:
    return Part(first, last, Span(_midnight(first, zone), _midnight(last + timedelta(days=1), zone)))


def whole(found: list[Part]) -> Span:
    return Span(found[0].span.since, found[-1].span.until)


def days_of(found: list[Part]) -> tuple[date, date]:
    return found[0].first, found[-1].last


def address(days: tuple[date, date]) -> dict[str, str]:
    return {"since": days[0].isoformat(), "until": days[1].isoformat()}


def from_address(names: list[PlaceName]) -> Part:
    """The days of a list. 404 for what is no day, or longer than a year."""
    try:
        first, last = (date.fromisoformat(request.args.get(name, "")) for name in ("since", "until"))
    except ValueError:
        abort(404)
    if not timedelta() <= last - first <= _LONGEST or first.year < 2000 or last.year > 9000:
        abort(404)
    return part_of(first, last, zone_of(names))


def zone_of(names: list[PlaceName]) -> ZoneInfo:
    """One clock for the whole page: that of the first office."""
    return ZoneInfo(names[0].zone if names else "UTC")


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
