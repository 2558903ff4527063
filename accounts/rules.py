"""How long things hold, and how often one may try. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

SEEN_EVERY = timedelta(minutes=5)  # Reading a page stays reading: the session's row is touched this seldom.
CODE_HOLDS = timedelta(minutes=30)
CODE_TRIES = 5
DEVICE_HOLDS = timedelta(days=180)


@dataclass(frozen=True)
class Limit:
    """So many tries are free; after each further one the next must wait: first, then twice as long, at most longest.

    Tries are forgotten when nobody tried for `memory`. Who waits may try again however long others went on trying:
    nobody can be shut out for good. Waiting tries do not count and do not make the wait longer.
    """

    free: int
    first: timedelta
    longest: timedelta
    memory: timedelta

    def wait_after(self, tries: int) -> timedelta:
        """How long after the newest of so many tries the next one must wait."""
        over = tries - self.free
        if over < 0:
            return timedelta(0)
        return min(self.first * 2 ** min(over, 20), self.longest)

    def free_again_at(self, tries: int, window_ends_at: datetime) -> datetime:
        """When the next try may be made. window_ends_at: the newest try plus memory, as the table keeps it."""
        return window_ends_at - self.memory + self.wait_after(tries)


_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
STAFF_ACCOUNT = Limit(free=5, first=_MINUTE / 2, longest=15 * _MINUTE, memory=_HOUR)
STAFF_DEVICE = Limit(free=5, first=_MINUTE / 2, longest=15 * _MINUTE, memory=_HOUR)
STAFF_ADDRESS = Limit(free=30, first=_MINUTE, longest=15 * _MINUTE, memory=_HOUR / 2)
ASK_REFERENCE = Limit(free=5, first=5 * _MINUTE, longest=10 * _MINUTE, memory=_HOUR)
ASK_ADDRESS = Limit(free=20, first=_MINUTE, longest=15 * _MINUTE, memory=_HOUR)
CODE_ADDRESS = Limit(free=30, first=_MINUTE, longest=15 * _MINUTE, memory=_HOUR)
