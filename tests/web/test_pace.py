"""So many at once, and as many again in each minute; nobody waits for somebody else."""

from __future__ import annotations

from datetime import timedelta

from tests.support.now import NOW
from web.pace import KNOWN_MOST, Pace


def after(seconds):
    return NOW + timedelta(seconds=seconds)


def test_as_many_as_are_allowed_go_at_once_and_the_next_is_told_how_long_to_wait():
    pace = Pace()

    assert [pace.wait("one", 3, NOW) for _ in range(4)] == [0, 0, 0, 20]


def test_who_waited_as_told_goes_on_and_no_sooner():
    pace = Pace()
    for _ in range(3):
        pace.wait("one", 3, NOW)

    assert pace.wait("one", 3, after(19)) == 1
    assert pace.wait("one", 3, after(20)) == 0


def test_asking_while_one_must_wait_does_not_make_it_longer():
    pace = Pace()
    for _ in range(10):
        pace.wait("one", 3, NOW)

    assert pace.wait("one", 3, after(20)) == 0


def test_one_who_asks_too_often_keeps_nobody_else_waiting():
    pace = Pace()
    for _ in range(9):
        pace.wait("one", 3, NOW)

    assert pace.wait("other", 3, NOW) == 0


def test_a_pause_saves_up_no_more_than_one_minute():
    pace = Pace()
    pace.wait("one", 3, NOW)

    assert [pace.wait("one", 3, after(86_400)) for _ in range(4)][-1] > 0


def test_it_remembers_only_so_many():
    pace = Pace()
    for number in range(KNOWN_MOST + 50):
        pace.wait(str(number), 3, NOW)

    assert len(pace._left) == KNOWN_MOST
