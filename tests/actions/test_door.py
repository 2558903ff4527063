"""Many people at the door of one office in the same moment, each with her own token, and one unbroken history."""

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from actions.meetings.visits import arrive, arrive_without_file, leave_without_file
from audit import chain
from audit.models import AuditEntry
from extensions import db, services
from tests.support import world as w
from visits.models import Visit
from visits.tokens import token_of

AT_ONCE, EACH = 8, 4


def at_the_same_moment(made, act):
    """act(number) in as many threads, each with a session of its own; what went wrong in any of them."""
    begin, wrong = threading.Barrier(AT_ONCE), []

    def one(number):
        with made.app.app_context():
            begin.wait(20)
            try:
                for _ in range(EACH):
                    act(number)
            except Exception as error:  # noqa: BLE001 - whatever it is, the test tells it
                wrong.append(error)

    db.session.rollback()
    threads = [threading.Thread(target=one, args=[number]) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def chain_of(office_id):
    db.session.rollback()
    return list(db.session.scalars(select(AuditEntry).where(AuditEntry.chain == f"office:{office_id}")
                                   .order_by(AuditEntry.seq)))


def test_a_crowd_at_the_door_gets_a_token_each_and_breaks_no_chain(made):
    house, dora = made.offices["house"], made.by("dora")

    wrong = at_the_same_moment(
        made, lambda _: arrive_without_file(office_id=house, cause="A question", actor=dora, now=made.now))

    assert wrong == []
    entries = chain_of(house)
    assert len(entries) == AT_ONCE * EACH
    assert chain.faults(services().settings.audit_key, entries) == []
    tokens = list(db.session.scalars(select(Visit.token).where(Visit.office_id == house)))
    assert len(set(tokens)) == len(tokens) == AT_ONCE * EACH


def test_a_token_is_given_once_a_day_and_office_and_the_day_is_the_offices_own(made):
    house, other = made.offices["house"], made.offices["other"]
    file_id = w.amira_starts(made)
    visits = [arrive_without_file(office_id=house, cause="x", actor=made.by("dora"), now=made.now)]
    leave_without_file(visits[0], left_as="helped", actor=made.by("dora"), now=made.now)
    visits.append(arrive(file_id, office_id=house, actor=made.by("dora"), now=made.now))
    visits.append(arrive_without_file(office_id=other, cause="x", actor=made.by("dora"), now=made.now))
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)  # half past midnight in Copenhagen
    visits.append(arrive_without_file(office_id=house, cause="x", actor=made.by("dora"), now=late))

    rows = [db.session.get(Visit, visit_id) for visit_id in visits]
    assert [(row.token, row.day_on.day) for row in rows] == [("A1", 25), ("A2", 25), ("A1", 25), ("A1", 26)]


@pytest.mark.parametrize(
    ("place", "token"), [(1, "A1"), (99, "A99"), (100, "B1"), (23 * 99, "Z99"), (23 * 99 + 1, "AA1")]
)
def test_tokens_go_on_after_the_last_letter(place, token):
    assert token_of(place) == token


def test_no_token_comes_twice_however_many_come():
    assert len({token_of(place) for place in range(1, 20_000)}) == 19_999
