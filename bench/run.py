"""Everything that `./dev bench` measures, in one run, so that its figures may be held against each other.

./dev bench journey      one of: journey, pages, worklists, bookings, uploads, screening
"""

import runpy
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

PARTS = ("journey", "pages", "worklists", "bookings", "uploads", "screening")


def main(words: list[str]) -> None:
    wanted = [part for part in PARTS if not words or part in words]
    for part in wanted:
        sys.argv = [part]
        runpy.run_module(f"bench.{part}", run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1:])
