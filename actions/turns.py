"""Waiting in line for something that has no row of its own to lock: a chain of entries, the day's tokens."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def take(session: Session, what: str) -> None:
    """Nobody else has this turn until the transaction ends; whoever comes second then sees what was written.

    Take it last, after every row: two turns in another order could wait for each other. On SQLite a unit is alone.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(what, 0))))
