"""What the database is asked meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

FRAME = ("BEGIN", "PRAGMA")


@contextmanager
def asked_of(engine: Engine, *, but: tuple[str, ...] = ()) -> Iterator[list[str]]:
    """with asked_of(engine) as asked: ... but: beginnings of statements that do not count, such as FRAME."""
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_more):
        if not statement.startswith(but):
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)
