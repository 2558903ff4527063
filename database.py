"""What every table shares, and how each of the two databases is spoken to.

SQLite's driver begins a transaction only before the first write, so that a check made by reading
is not protected by it: in a trial that sold 36 of 40 seats twice, without an error. Here every
transaction is begun by us: BEGIN IMMEDIATE for a unit of writing, BEGIN for a page that only reads.
"""

from __future__ import annotations

import sqlite3
import time
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Engine, Integer, MetaData, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "%(column_0_label)s_index",
    "uq": "%(table_name)s_%(column_0_N_name)s_is_unique",
    "ck": "%(table_name)s_%(constraint_name)s",
    "fk": "%(table_name)s_%(column_0_name)s_points_to_%(referred_table_name)s",
    "pk": "%(table_name)s_key",
}

ALIVE_SECONDS = 20

# Between these versions SQLite's write-ahead log can lose a commit when two connections reset it
# at once (fixed in 3.51.3, and in the branches 3.50.7 and 3.44.6).
_WAL_FIXED_BRANCHES = {(3, 44): 6, (3, 50): 7, (3, 51): 3}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime on both databases. A naive one is a mistake and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant must carry its zone")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Id = BigInteger().with_variant(Integer, "sqlite")
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this build of SQLite may use the write-ahead log without risking commits."""
    major, minor, patch = version
    if (major, minor) >= (3, 52):
        return True
    return patch >= _WAL_FIXED_BRANCHES.get((major, minor), 1_000)


def listen(engine: Engine) -> None:
    """Prepare an engine's connections. On PostgreSQL, READ COMMITTED and row locks are enough for writing."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "checkin", _note_idle)
        event.listen(engine, "checkout", _ask_if_alive)


def only_read(session: Session) -> None:
    """For a page. On PostgreSQL each of its statements sees what is committed by then, in a transaction or not.

    So it opens none, which spares two of three round trips. SQLite's pages need theirs: it is what they read from.
    """
    if session.get_bind().dialect.name != "sqlite" and not session.in_transaction():
        session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})


def _note_idle(_connection: Any, record: Any) -> None:
    record.info["idle_since"] = time.monotonic()


def _ask_if_alive(connection: Any, record: Any, _proxy: Any) -> None:
    """A connection that lay long may have lost its server. One that was just used is not asked each time."""
    now = time.monotonic()
    if now - record.info.get("idle_since", now) < ALIVE_SECONDS:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except connection.OperationalError as error:
        raise DisconnectionError from error  # the pool throws it away with all that are as old, and opens another


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    journal = "WAL" if wal_is_safe(sqlite3.sqlite_version_info) else "DELETE"
    for pragma in (f"journal_mode={journal}", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000",
                   "secure_delete=ON"):  # what was erased must not stay in free pages of the file
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
