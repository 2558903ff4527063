"""What a whole applicant's journey costs in processor time, over HTTP, by server and by database.

    .venv/bin/python -m bench.journey [how many] [--pages]

Start, answers, four photos of half a megabyte, sign and send; staff accept in a process that is not measured; book.
--pages adds what each request asked of the database.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

import clock
from applications.models import Application
from bench import visitor as v
from bench.servers import SERVERS, Database, Served, databases, house, served
from bench.uploads import half_megabyte_photo
from extensions import db
from tests.support import world as w

AIM_MS, MUST_MS = 60, 97
ROUNDS = 5
SMALL = 3  # journeys in a block: the kernel counts in hundredths of a second


@dataclass
class Cost:
    web: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    parsers: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    statements: int = 0
    requests: int = 0


def main(rounds: int = ROUNDS, *, pages: bool = False) -> dict[tuple[str, str], Cost]:
    photos = [half_megabyte_photo() for _ in range(4)]
    costs: dict[tuple[str, str], Cost] = {}
    with tempfile.TemporaryDirectory(prefix="klarsag-bench-") as name, databases(Path(name)) as both:
        for database in both:
            costs.update(_on(database, Path(name), photos, rounds, pages))
    _print(costs)
    return costs


def _on(database: Database, folder: Path, photos: list[bytes], rounds: int, pages: bool) -> dict:
    """Both servers at once on one database, taking turns: what the machine does besides hits both alike."""
    costs = {(server, database.name): Cost() for server in SERVERS}
    with house(database, folder) as made, ExitStack() as stack:
        running = [stack.enter_context(served(name, database.url, folder / database.name)) for name in SERVERS]
        for server in running:
            amira = _journey(server, database, made, photos, Cost())  # warm: caches, pools, the fork servers
            _journey(server, database, made, photos, Cost())
            cost = costs[server.name, database.name]
            cost.statements, cost.requests = amira.statements, amira.requests
            if pages and server.name == "gunicorn":
                print("\n".join(f"  {method:5}{path:40}{count:4}" for method, path, count in amira.seen))
        for _ in range(rounds):
            for server in running:
                _block(server, database, made, photos, costs[server.name, database.name])
    return costs


def _block(server: Served, database: Database, made: w.World, photos: list[bytes], into: Cost) -> None:
    block = Cost()
    for _ in range(SMALL):
        _journey(server, database, made, photos, block)
    for name in ("web", "database", "parsers", "wall"):
        getattr(into, name).append(1000 * sum(getattr(block, name)) / SMALL)


def _journey(server: Served, database: Database, made: w.World, photos: list[bytes], cost: Cost) -> v.Visitor:
    amira = v.Visitor(server.port)
    with _Measured(server, database, cost):
        v.start(amira)
        v.answer(amira)
        v.upload(amira, photos)
        v.sign_and_send(amira)
    _accept_newest(made)
    with _Measured(server, database, cost):
        v.book(amira)
    if "Your time is booked" not in amira.page:
        raise RuntimeError("the journey did not end with a booking")
    amira.connection.close()
    return amira


def _accept_newest(made: w.World) -> None:
    made.now = clock.now()
    db.session.rollback()
    file_id = db.session.scalar(select(func.max(Application.id)))
    w.clara_accepts_all(made, file_id)
    db.session.rollback()


class _Measured:
    def __init__(self, server: Served, database: Database, cost: Cost) -> None:
        self.server, self.database, self.cost = server, database, cost

    def _now(self) -> tuple[float, ...]:
        return (self.server.web_seconds(), self.database.seconds(), self.server.parser_seconds(), time.perf_counter())

    def __enter__(self) -> None:
        self.before = self._now()

    def __exit__(self, *_about: object) -> None:
        spent = [after - before for before, after in zip(self.before, self._now(), strict=True)]
        for name, seconds in zip(("web", "database", "parsers", "wall"), spent, strict=True):
            getattr(self.cost, name).append(seconds)


def _print(costs: dict[tuple[str, str], Cost]) -> None:
    print(f"\nA whole journey, ms of processor time "
          f"(medians of blocks of {SMALL}; aim {AIM_MS}, must {MUST_MS} on PostgreSQL)")
    print(f"{'server':10}{'database':12}{'web':>8}{'database':>10}{'both':>8}{'parsing':>9}{'wall':>8}"
          f"{'requests':>10}{'statements':>12}")
    for (server, database), cost in costs.items():
        web, data, parsing, wall = (statistics.median(x) for x in (cost.web, cost.database, cost.parsers, cost.wall))
        said = "reaches the aim" if web + data <= AIM_MS else "holds" if web + data <= MUST_MS else "TOO MUCH"
        print(f"{server:10}{database:12}{web:8.0f}{data:10.0f}{web + data:8.0f}{parsing:9.0f}{wall:8.0f}"
              f"{cost.requests:10}{cost.statements:12}   {said}")


if __name__ == "__main__":
    words = sys.argv[1:]
    main(int(next((word for word in words if word.isdigit()), ROUNDS)), pages="--pages" in words)
