"""How often one may try: freely at first, then slower and slower, but never not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.rules import STAFF_ACCOUNT, Limit
from tests.support.now import NOW

MINUTE = timedelta(minutes=1)
LIMIT = Limit(free=3, first=MINUTE, longest=10 * MINUTE, memory=60 * MINUTE)


@pytest.mark.parametrize(("tries", "minutes"),
                         [(0, 0), (1, 0), (2, 0), (3, 1), (4, 2), (5, 4), (6, 8), (7, 10), (900, 10)])
def test_the_wait_doubles_up_to_the_longest(tries, minutes):
    assert LIMIT.wait_after(tries) == minutes * MINUTE


def test_the_wait_runs_from_the_newest_try():
    assert LIMIT.free_again_at(4, NOW + LIMIT.memory) == NOW + 2 * MINUTE


def test_nobody_waits_longer_than_a_quarter_of_an_hour_however_many_tried():
    assert STAFF_ACCOUNT.wait_after(1_000_000) <= timedelta(minutes=15)
