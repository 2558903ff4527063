"""How often somebody may ask in one web process: so many at once, and as many again in each minute."""

from __future__ import annotations

import math
from collections import OrderedDict
from datetime import datetime
from threading import Lock

KNOWN_MOST = 1_000


class Pace:
    """Counts in memory: the database need not write because somebody reads. Each process counts for itself."""

    def __init__(self) -> None:
        self._left: OrderedDict[str, tuple[float, datetime]] = OrderedDict()
        self._lock = Lock()

    def wait(self, who: str, per_minute: int, now: datetime) -> int:
        """0 = go on, and it was counted; else whole seconds until the next one may come."""
        with self._lock:
            left, seen_at = self._left.get(who, (float(per_minute), now))
            left = min(per_minute, left + max(0.0, (now - seen_at).total_seconds()) * per_minute / 60)
            left = round(left, 6)
            is_free = left >= 1
            self._left[who] = (left - is_free, now)
            self._left.move_to_end(who)
            while len(self._left) > KNOWN_MOST:
                self._left.popitem(last=False)
            return 0 if is_free else max(1, math.ceil(round((1 - left) * 60 / per_minute, 3)))
