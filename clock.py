"""The only place that asks what time it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def _system_now() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system_now


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _source()


def today_in(zone: str) -> date:
    """The day it is now at a place, e.g. "Europe/Copenhagen"."""
    return day_in(zone, now())


def day_in(zone: str, instant: datetime) -> date:
    """The day an instant falls on at a place: 23:30 UTC is already tomorrow in Copenhagen."""
    return instant.astimezone(ZoneInfo(zone)).date()


def use(source: Callable[[], datetime] | None) -> None:
    """Let tests and the demo decide the time; None gives the system's clock back."""
    global _source  # noqa: PLW0603 - the one clock of a process
    _source = source or _system_now
