"""How well and how fast screening reads: own specimens over all layouts and faults, a table by level.

Run: .venv/bin/python -m bench.screening [pictures a layout and level, 4 unless said] [first seed, 1000]
`key`: number, birth date and expiry right. `silent`: called verified although one of them is wrong.
`told`: for usable pictures false complaints, for the others how many were not called verified without a complaint.
"""

import datetime as dt
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from screening.asking import Answers, Asked, usual_levels
from screening.screen import screen, server
from tests.screening import specimens
from tests.screening.levels import LEVELS, Level

TODAY = dt.date(2026, 11, 25)
AT_ONCE = 2


def main() -> None:
    each = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    children = server(AT_ONCE)
    print(f"shut in by: {children.isolation_level()}")
    print(f"{'level':<24} {'n':>4} {'key':>6} {'names':>6} {'verified':>9} {'silent':>7} {'told':>6} {'CPU s':>6}")
    began, costs = time.monotonic(), []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for level in LEVELS:
            jobs = [(layout, first + seed) for layout in specimens.SIZES_MM for seed in range(each)]
            seen = list(pool.map(lambda job: _one(level, *job, children), jobs))  # noqa: B023 - used at once
            costs += [cost for *_, cost in seen]
            _print(level, seen)
    children.close()
    _print_costs(costs, time.monotonic() - began)


def _one(level: Level, layout: str, seed: int, children):
    made = specimens.make(layout, seed)
    asked = Asked("passport", TODAY, {**usual_levels("passport"), "kind": "info"},
                  Answers(f"{made.given_names} {made.surname}", dt.date.fromisoformat(made.birth_on)))  # fmt: skip
    with tempfile.TemporaryFile() as file:
        file.write(specimens.as_jpeg(level.spoil(made, seed)))
        file.flush()
        found, cost = screen(file, asked, children)
    return made, found, cost


def _print(level: Level, seen) -> None:
    key = names = verified = silent = told = 0
    for made, found, _ in seen:
        fields = (found.mrz or {}).get("fields", {})
        right = (fields.get("number"), fields.get("birth_date"), fields.get("expires_on")) == (
            made.number, made.birth_on, made.expires_on)  # fmt: skip
        agreed = bool(found.mrz and found.mrz["agreed"])
        key += right
        names += (fields.get("surname"), fields.get("given_names")) == (made.surname, made.given_names)
        verified += agreed
        silent += agreed and not right
        complained = any(finding.level != "info" for finding in found.findings)
        # A faulty picture that is verified all the same was good enough: nobody is sent back for it.
        told += bool(set(level.faults) & found.codes) or agreed if level.faults else complained
    cpu = statistics.mean(cost.cpu_seconds for *_, cost in seen)
    n = len(seen)
    print(f"{level.name:<24} {n:>4} {key / n:>6.3f} {names / n:>6.3f} {verified / n:>9.3f} {silent:>7} {told / n:>6.3f}"
          f" {cpu:>6.2f}")  # fmt: skip


def _print_costs(costs, seconds: float) -> None:
    times = sorted(cost.seconds for cost in costs)
    print(f"{len(costs)} pictures, {AT_ONCE} side by side (drawing them included): {len(costs) / seconds * 60:.0f} a "
          f"minute; verdict: median {statistics.median(times):.2f} s, 95th {times[int(len(times) * 0.95)]:.2f} s; "
          f"CPU median {statistics.median(cost.cpu_seconds for cost in costs):.2f} s; "
          f"largest child {max(cost.peak_mb for cost in costs):.0f} MB")  # fmt: skip


if __name__ == "__main__":
    main()
