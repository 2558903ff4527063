"""Tries are counted in the database, so that all web processes share one count."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

import database
from accounts import throttle
from accounts.models import Throttle
from accounts.rules import Limit
from tests.support.now import NOW

MINUTE = timedelta(minutes=1)
LIMIT = Limit(free=3, first=MINUTE, longest=10 * MINUTE, memory=60 * MINUTE)


@pytest.fixture
def engine(database_url):
    made = create_engine(database_url)
    database.listen(made)
    yield made
    made.dispose()


def counted(engine, now=NOW, **limits):
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        wait = throttle.count(session, limits or {"a": LIMIT}, now)
        session.commit()
    return wait


def test_the_first_tries_are_free_and_the_next_must_wait(engine):
    assert [counted(engine) for _ in range(3)] == [None] * 3
    assert counted(engine) == NOW + MINUTE
    assert counted(engine, NOW + MINUTE) is None


def test_who_must_wait_is_not_counted_and_waits_no_longer_for_asking(engine):
    for _ in range(3):
        counted(engine)
    assert {counted(engine, NOW + timedelta(seconds=each)) for each in range(50)} == {NOW + MINUTE}


def test_after_an_hour_of_quiet_all_is_forgotten(engine):
    for minutes in (0, 0, 0, 1, 3, 7):
        counted(engine, NOW + minutes * MINUTE)
    later = NOW + timedelta(minutes=68)
    assert [counted(engine, later) for _ in range(3)] == [None] * 3


def test_one_key_that_must_wait_leaves_the_other_uncounted(engine):
    for _ in range(3):
        counted(engine, a=LIMIT)
    assert counted(engine, a=LIMIT, b=LIMIT) == NOW + MINUTE
    with Session(engine) as session:
        assert session.scalar(select(Throttle.tries).where(Throttle.key == "b")) in (None, 0)


def test_a_good_try_forgets_the_wrong_ones(engine):
    for _ in range(3):
        counted(engine)
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        throttle.forget(session, ["a"])
        session.commit()
    assert counted(engine) is None


def test_of_many_guesses_at_once_no_more_than_the_free_ones_pass(engine):
    answers, start = [], threading.Barrier(12)

    def guess():
        start.wait()
        answers.append(counted(engine))

    guessers = [threading.Thread(target=guess) for _ in range(12)]
    for each in guessers:
        each.start()
    for each in guessers:
        each.join()
    assert answers.count(None) == 3
    assert len(answers) == 12
