"""Bookings a second, beside the least that any booking must cost: the same rows in a transaction without questions.

    .venv/bin/python -m bench.bookings [how many]

Both on SQLite and on a PostgreSQL whose commits reach the disk, one after the other, one client. The difference is
what the gate, the settling, the audit entry and the message cost.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from actions.appointments.book_appointment import book_appointment
from actions.appointments.cancel_appointment import cancel_appointment
from extensions import db
from tests.support import schema
from tests.support import world as w
from tests.support.now import NOW
from tests.support.postgres import postgres

FIRST = datetime(2026, 12, 3, 8, 0, tzinfo=UTC)
ROUNDS = 100
BLOCKS_A_DAY = 36

RAW = (
    "UPDATE slot_block SET taken = taken + 1 WHERE id = :block AND taken + 1 <= capacity AND shut_at IS NULL",
    "INSERT INTO appointment (application_id, office_id, mode, starts_at, ends_at, zone, wall_time, people, status,"
    " sequence, moves, booked_at) VALUES (:file, 1, 'office', :now, :now, 'Europe/Copenhagen', '2026-12-03T10:00', 1,"
    " 'cancelled', 0, 0, :now)",
    "UPDATE application SET version = version + 1 WHERE id = :file",
)  # fmt: skip


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        print(f"{'':12}{'whole booking':>16}{'raw booking':>16}   one client, {rounds} bookings each")
        _measure("SQLite", f"sqlite:///{folder}/bench.sqlite3", Path(folder) / "sqlite", rounds)
        with postgres(durable=True) as url:
            _measure("PostgreSQL", url, Path(folder) / "postgres", rounds)


def _measure(name: str, url: str, folder: Path, rounds: int) -> None:
    folder.mkdir()
    schema.build(url)
    with w.world(url, folder, NOW) as made:
        file_id = w.amira_sends(made)
        w.clara_accepts_all(made, file_id)
        whole = _per_second(rounds, lambda n: _book(made, file_id, n), lambda _n: _cancel(made, file_id))
        block = db.session.execute(text("SELECT min(id) FROM slot_block")).scalar()
        db.session.execute(text("UPDATE slot_block SET capacity = 200"))
        db.session.commit()
        raw = _per_second(min(rounds, 150), lambda _n: _raw(file_id, block), lambda _n: None)
    print(f"{name:12}{whole:>14.0f}/s{raw:>14.0f}/s   {raw / whole:.1f} times")


def _per_second(rounds: int, timed: Callable[[int], None], untimed: Callable[[int], None]) -> float:
    spent = 0.0
    for number in range(rounds):
        began = time.perf_counter()
        timed(number)
        spent += time.perf_counter() - began
        untimed(number)
    return rounds / spent


def _book(made: w.World, file_id: int, number: int) -> None:
    starts_at = FIRST + timedelta(minutes=10 * (number % BLOCKS_A_DAY))
    book_appointment(file_id, starts_at, actor=w.AMIRA, now=made.now)


def _cancel(made: w.World, file_id: int) -> None:
    cancel_appointment(file_id, actor=w.AMIRA, now=made.now)


def _raw(file_id: int, block: int) -> None:
    values = {"file": file_id, "block": block, "now": "2026-12-03 09:00:00"}
    with db.engine.connect().execution_options(writes=True) as connection:
        for statement in RAW:
            if connection.execute(text(statement), values).rowcount != 1:
                raise RuntimeError(f"nothing was written by: {statement}")
        connection.commit()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
