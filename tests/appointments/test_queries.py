"""Free times and blocks on a real database of each kind."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import create_engine, delete, event, func, select, update
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

import models  # noqa: F401 - so that every table is known
from appointments import queries, seats
from appointments.models import SlotBlock
from offices import queries as offices
from offices.models import Municipality, Office, OfficeHours, OfficeServes

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # a Wednesday
THURSDAY = date(2026, 11, 26)
NINE = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


@pytest.fixture
def session(database_url):
    """One office that opens for an hour on Thursdays, with one counter."""
    engine = create_engine(database_url, poolclass=NullPool)
    with Session(engine) as session:
        session.add(Office(id=1, code="x", name="x", zone="Europe/Copenhagen", country="DK", address="x"))
        session.add(Municipality(id=1, code="x", name="x"))
        session.flush()
        session.add(OfficeHours(office_id=1, weekday=3, opens="09:00", closes="10:00", counters=1))
        session.add(OfficeServes(office_id=1, municipality_id=1, from_on=THURSDAY, until_on=THURSDAY))
        session.commit()
        yield session
    engine.dispose()


def calendar(session):
    return offices.calendar_of(session, 1)


def free(session, minutes=10, **more):
    found = calendar(session)
    return queries.free_times(session, found, minutes, queries.window_of(found, NOW), NOW, **more)


def rows(session):
    return session.scalar(select(func.count()).select_from(SlotBlock))


def test_looking_at_free_times_writes_nothing_and_needs_one_statement(session):
    found, statements = calendar(session), []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *about: statements.append(about[2]))

    times = queries.free_times(session, found, 10, queries.window_of(found, NOW), NOW)

    assert len(statements) == 1
    assert times.days[0].morning[0] == NINE
    assert times.suggested[0] == NINE
    assert rows(session) == 0


def test_full_weeks_are_skipped_and_the_next_stretch_can_be_asked_for(session):
    seats.ensure_blocks(session, calendar(session), THURSDAY, THURSDAY)
    session.execute(update(SlotBlock).values(taken=1))

    times = free(session, days=7)
    assert [day.day_on for day in times.days] == [THURSDAY + timedelta(days=7)]
    assert times.later_from_on == date(2026, 12, 9)

    later = free(session, days=7, from_on=times.later_from_on)
    assert [day.day_on for day in later.days] == [THURSDAY + timedelta(days=14)]


def test_seats_of_ones_own_count_as_free(session):
    blocks = seats.ensure_blocks(session, calendar(session), THURSDAY, THURSDAY)
    seats.change_seats(session, take=[blocks[0].id])

    assert free(session).days[0].morning[0] == NINE + timedelta(minutes=10)
    assert free(session, own=[blocks[0].id]).days[0].morning[0] == NINE


def test_an_office_that_never_opens_has_no_times(session):
    session.execute(delete(OfficeHours))
    assert not free(session)
    assert free(session).later_from_on is None


def test_the_window_is_the_narrowest_of_what_is_known(session):
    found = calendar(session)
    window = queries.window_of(found, NOW, from_on=[None, THURSDAY], until_on=[None, date(2026, 12, 31)])
    assert window == queries.Window(THURSDAY, date(2026, 12, 31))
    assert queries.window_of(found, NOW).last_on == date(2027, 1, 24)
    assert queries.window_of(found, NOW, until_on=[date(2026, 11, 1)]).is_empty


def test_making_the_blocks_of_a_day_twice_makes_them_once(session):
    first = seats.ensure_blocks(session, calendar(session), THURSDAY, THURSDAY)
    second = seats.ensure_blocks(session, calendar(session), THURSDAY, THURSDAY)
    assert first == second
    assert rows(session) == len(first) == 6


def test_a_seat_that_was_never_taken_cannot_be_given_back(session):
    blocks = seats.ensure_blocks(session, calendar(session), THURSDAY, THURSDAY)
    with pytest.raises(seats.SlotTaken):
        seats.change_seats(session, give_back=[blocks[0].id])


def test_swapping_within_the_same_block_changes_nothing_even_where_it_is_full(session):
    blocks = seats.ensure_blocks(session, calendar(session), THURSDAY, THURSDAY)
    seats.change_seats(session, take=[blocks[0].id, blocks[1].id])
    seats.change_seats(session, give_back=[blocks[0].id, blocks[1].id], take=[blocks[1].id, blocks[2].id])
    assert [b.taken for b in seats.rows_between(session, calendar(session), THURSDAY, THURSDAY)] == [0, 1, 1, 0, 0, 0]


def test_an_office_serves_a_municipality_on_the_days_it_says(session):
    assert offices.serves(session, 1, 1, THURSDAY)
    assert not offices.serves(session, 1, 1, THURSDAY + timedelta(days=1))
    assert offices.serves(session, 1, None, THURSDAY)
    assert [office.id for office in offices.offices_serving(session, 1, THURSDAY)] == [1]
    assert offices.offices_serving(session, 1, THURSDAY - timedelta(days=1)) == []


def test_pages_read_an_office_once_in_a_while_and_whoever_changed_it_at_once(session):
    before = offices.calendar_for_pages(session, 1)
    session.execute(update(Office).values(grid_minutes=20))
    session.expire_all()
    assert offices.calendar_for_pages(session, 1) == before
    offices.forget_calendars(session)
    assert offices.calendar_for_pages(session, 1).grid_minutes == 20


def test_an_office_that_does_not_exist_is_an_error_and_no_empty_calendar(session):
    with pytest.raises(LookupError):
        offices.calendar_of(session, 4711)
