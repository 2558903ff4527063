"""What a page of the worklist costs in processor time, web and database together, beside a bare page of fifty rows.

    .venv/bin/python -m bench.worklists [most files]

First page, a page deep in the list, and a filtered one; at 2,000, 20,000 and 200,000 files, all in one office.
"""

from __future__ import annotations

import re
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

import clock
from applications.models import Application, Person, QueueDelta
from applications.worklists import Cursor
from bench import visitor as v
from bench.servers import Database, Served, databases, house, served
from extensions import db
from tests.support import world as w

SIZES = (2_000, 20_000, 200_000)
CHUNK = 10_000
PAGES, BLOCKS = 100, 3
AIM_TIMES = 3
EVERY = timedelta(seconds=10)  # between the days on which two files are due


def main(most: int = SIZES[-1]) -> None:
    print(f"\nA worklist page of 50 rows, ms of CPU, web and database (aim: at most {AIM_TIMES} bare pages of 50 rows)")
    with tempfile.TemporaryDirectory(prefix="klarsag-bench-") as name, databases(Path(name)) as found:
        for database in found:
            folder = Path(name) / database.name
            with house(database, Path(name)) as made, served("gunicorn", database.url, folder) as running:
                _measure(running, database, made, most)


def _measure(server: Served, database: Database, made: w.World, most: int) -> None:
    clara, there, began = v.Visitor(server.port), 0, clock.now()
    token = re.search(r'name="csrf_token" value="([^"]+)"', clara.get("/staff/sign-in")).group(1)
    clara.send("/staff/sign-in", {"csrf_token": token, "email": "clara@house.example", "password": w.PASSWORD})
    for size in (size for size in SIZES if size <= most):
        _fill(made, there, size, began)
        there = size
        _analyze()
        deep = Cursor(began + EVERY * (size // 2), size // 2)
        paths = {"bare page": "/bare50", "first page": "/office/current", "deep page": f"/office/current?after={deep}",
                 "filtered": "/office/current?holder=nobody&todo=sent"}
        costs = {name: min(_block(server, database, clara, path) for _ in range(BLOCKS))
                 for name, path in paths.items()}
        for name, cost in costs.items():
            print(f"{database.name:12}{size:>8,} files  {name:12}{cost:7.2f} ms{cost / costs['bare page']:7.1f} x bare")


def _block(server: Served, database: Database, clara: v.Visitor, path: str) -> float:
    clara.connection.close()  # filling the tables took longer than the server keeps an idle connection
    clara.get(path)
    if path != "/bare50" and clara.page.count("<tr data-row") != 50:
        raise SystemExit(f"{path} showed {clara.page.count('<tr data-row')} rows")
    before = server.web_seconds() + database.seconds()
    for _ in range(PAGES):
        clara.get(path)
    return 1000 * (server.web_seconds() + database.seconds() - before) / PAGES


def _fill(made: w.World, first: int, until: int, began: datetime) -> None:
    """Rows straight into the tables, as many as years bring."""
    alike = {
        "state": "open", "workflow": "registration", "checklist": "dk-cpr", "checklist_version": "2026-11-01",
        "office_id": made.offices["house"], "municipality_id": 1, "language": "en", "channel": "web", "rules": {},
        "started_at": began, "submitted_at": began, "queue_since_at": began, "stage": "submitted", "queue": "current",
        "office_todo": "sent", "version": 1,
    }
    person = {"role": "applicant", "position": 0, "outcome": "pending"}
    for start in range(first + 1, until + 1, CHUNK):
        ids = range(start, min(start + CHUNK, until + 1))
        _begin()
        db.session.execute(insert(Application), [
            {**alike, "id": i, "reference": f"W{i:08d}", "act_by_at": began + EVERY * i} for i in ids])
        db.session.execute(insert(Person), [{**person, "application_id": i, "name": f"Person {i}"} for i in ids])
        db.session.add(QueueDelta(office_id=made.offices["house"], municipality_id=1, queue="current", n=len(ids)))
        db.session.commit()


def _begin() -> None:
    db.session.rollback()
    db.session.connection(execution_options={"writes": True})


def _analyze() -> None:
    """As the databases do by themselves after a while."""
    _begin()
    db.session.connection().exec_driver_sql("ANALYZE")
    db.session.commit()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1])
