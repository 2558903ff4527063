"""Pages a second and memory beside a bare Flask page of 25 rows on the same server, taking turns.

    .venv/bin/python -m bench.pages
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from bench import visitor as v
from bench.servers import SERVERS, Served, databases, house, served

BLOCKS, PAGES = 5, 30
MEMORY_REQUESTS = 1_000
AIM_RATIO, MUST_RATIO = 0.40, 0.20


def main() -> None:
    print(f"\nPages beside a bare Flask page (aim {AIM_RATIO:.2f} of its rate, must {MUST_RATIO:.2f}; one client)")
    with (
        tempfile.TemporaryDirectory(prefix="klarsag-bench-") as name,
        databases(Path(name), ("SQLite",)) as (database,),
        house(database, Path(name)),
    ):
        for server in SERVERS:
            with served(server, database.url, Path(name) / database.name) as running:
                _measure(running)


def _measure(running: Served) -> None:
    amira = v.Visitor(running.port)
    v.start(amira)
    v.answer(amira)
    amira.get("/file")
    paper = next(part for part in amira.page.split('"') if part.startswith("/file/papers/"))
    form = next(part for part in amira.page.split('"') if part.startswith("/file/answers/"))
    paths = {"bare Flask page": "/bare", "task list": "/file", "page of answers": form, "page of a paper": paper}
    milliseconds: dict[str, list[float]] = {name: [] for name in paths}
    for _ in range(BLOCKS):
        for name, path in paths.items():
            milliseconds[name].append(_per_page(amira, path))
    bare = statistics.median(milliseconds["bare Flask page"])
    for name, found in milliseconds.items():
        own = statistics.median(found)
        print(f"{running.name:10}{name:20}{1000 / own:8.0f}/s{own:9.2f} ms{bare / own:8.2f} of the bare page")
    for _ in range(MEMORY_REQUESTS // len(paths)):
        for path in paths.values():
            amira.get(path)
    shown = ", ".join(f"{mb:.0f}" for mb in running.unique_mb())
    print(f"{running.name:10}first answer after {running.first_answer_seconds:.1f} s; "
          f"memory of its own after {MEMORY_REQUESTS} requests, MB per process: {shown}")


def _per_page(amira: v.Visitor, path: str) -> float:
    began = time.perf_counter()
    for _ in range(PAGES):
        amira.get(path)
    return 1000 * (time.perf_counter() - began) / PAGES


if __name__ == "__main__":
    main()
