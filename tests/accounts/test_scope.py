"""Which files somebody of the staff may see: by office and municipality, decided in one place."""

from __future__ import annotations

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, insert, select

from accounts.scope import Place, StaffHere, within

files = Table("files", MetaData(), Column("id", Integer, primary_key=True), Column("office", Integer),
              Column("municipality", Integer))
ROWS = [{"id": 1, "office": 1, "municipality": 10}, {"id": 2, "office": 1, "municipality": 11},
        {"id": 3, "office": 2, "municipality": 10}, {"id": 4, "office": 1, "municipality": None},
        {"id": 5, "office": None, "municipality": 10}, {"id": 6, "office": None, "municipality": None}]
CASES = [
    ((), []),
    ((Place("caseworker", 1),), [1, 2, 4]),
    ((Place("caseworker", 1, 10),), [1]),
    ((Place("caseworker", 1, 10), Place("lead", 2)), [1, 3]),
    ((Place("caseworker", 1, 10), Place("caseworker", 1)), [1, 2, 4]),
    ((Place("lead", None),), []),
    ((Place("admin", None, 10),), []),
]


@pytest.fixture
def seen_by():
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        files.create(connection)
        connection.execute(insert(files), ROWS)
        yield lambda places: list(connection.scalars(
            select(files.c.id).where(within(places, files.c.office, files.c.municipality)).order_by(files.c.id)))
    engine.dispose()


@pytest.mark.parametrize(("places", "ids"), CASES)
def test_the_query_shows_what_lies_in_ones_places_and_nothing_else(seen_by, places, ids):
    assert seen_by(places) == ids


@pytest.mark.parametrize(("places", "ids"), CASES)
def test_the_question_about_one_file_agrees_with_the_query(places, ids):
    person = StaffHere(1, "Clara", "en", tuple(places))
    assert [row["id"] for row in ROWS if person.roles_for(row["office"], row["municipality"])] == ids


def test_an_office_is_asked_for_once_however_many_roles_she_has_there():
    both = (Place("caseworker", 1), Place("lead", 1), Place("frontdesk", 1, 10))
    assert str(within(both, files.c.office, files.c.municipality)).count("files.office") == 1


def test_roles_belong_to_the_place_where_they_were_given():
    clara = StaffHere(1, "Clara", "en", (Place("caseworker", 1), Place("frontdesk", 2)))
    assert clara.roles_for(1, 10) == {"caseworker"}
    assert clara.roles_for(2, 10) == {"frontdesk"}
    assert clara.roles_for(3, 10) == frozenset()
    assert clara.offices("caseworker") == {1}
    assert clara.offices() == {1, 2}
