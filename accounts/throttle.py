"""Counting tries in the database, so that the count is one for all web processes. Called inside a unit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from accounts.models import Throttle
from accounts.rules import Limit


def count(session: Session, limits: dict[str, Limit], now: datetime) -> datetime | None:
    """Count one try under every key, before it is made. Keys hold fingerprints, never an address.

    Returns None, or the instant until which one must wait; then nothing was counted.
    """
    keys = sorted(limits)  # In one order everywhere, or two tries could wait for each other.
    _make_rows(session, keys, now)
    rows = {row.key: row for row in session.scalars(
        select(Throttle).where(Throttle.key.in_(keys)).order_by(Throttle.key)
        .with_for_update().execution_options(populate_existing=True)
    )}
    for key in keys:
        if rows[key].window_ends_at <= now:
            rows[key].tries = 0
    waits = [limits[key].free_again_at(rows[key].tries, rows[key].window_ends_at) for key in keys if rows[key].tries]
    if waits and max(waits) > now:
        return max(waits)
    for key in keys:
        rows[key].tries += 1
        rows[key].window_ends_at = now + limits[key].memory
    session.flush()
    return None


def forget(session: Session, keys: Iterable[str]) -> None:
    """A try went well: what was counted against it before is void."""
    session.execute(delete(Throttle).where(Throttle.key.in_(list(keys))))


def _make_rows(session: Session, keys: list[str], now: datetime) -> None:
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    rows = [{"key": key, "tries": 0, "window_ends_at": now} for key in keys]
    session.execute(dialect.insert(Throttle).on_conflict_do_nothing(), rows)
