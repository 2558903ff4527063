"""The migrations make the shape the models describe, both ways, on both databases; history cannot be rewritten."""

import contextlib

import pytest
import sqlalchemy as sa

import clock
import migrations_run
import models
from actions.decisions.contact import write_note
from extensions import db
from jobs import seals
from tests.jobs import told
from tests.migrations import shapes
from tests.support.databases import Databases
from tests.support.now import NOW
from tests.support.world import world

APPEND_ONLY = {"verdict", "signature", "state_change", "audit_entry", "audit_seal"}


# Indexes over expressions are skipped here on SQLite; the next test sees them.
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection", "ignore:autogenerate skipping")
def test_the_newest_migration_equals_the_models(database_url):
    assert migrations_run.current(database_url) == migrations_run.newest()
    assert migrations_run.differences(database_url) == []


def test_the_catalogue_has_every_check_and_index_of_the_models_word_by_word(database_url, by_models):
    migrated, described = shapes.shape_of(database_url), shapes.shape_of(by_models)

    assert migrated.keys() == described.keys()
    for kind in described:
        assert sorted(migrated[kind] ^ described[kind]) == [], kind


def test_the_comparison_would_see_a_check_an_expression_and_a_condition(by_models):
    shape = shapes.shape_of(by_models)
    everything = "\n".join(line for lines in shape.values() for line in lines).lower()

    for part in ("taken <= capacity", "coalesce(person_id", "where", "never_more_taken_than_there_are"):
        assert part in everything


@pytest.fixture
def by_models(request, tmp_path, databases, database_url):
    """A database of the same kind, made from the models alone."""
    kind = "sqlite" if database_url.startswith("sqlite") else "postgres"
    made = Databases(tmp_path, databases._postgres_url, _create_all)
    with contextlib.closing(made), made.copy(kind) as url:
        yield url


def _create_all(url):
    engine = shapes.engine_of(url)
    with engine.begin() as connection:
        models.Base.metadata.create_all(connection)
    engine.dispose()


# --- there and back ----------------------------------------------------------------------------------------------


def test_every_migration_goes_down_and_up_again_with_rows_in_the_tables(database_url, tmp_path):
    fill(database_url, tmp_path)
    shape = shapes.shape_of(database_url)

    migrations_run.downgrade(database_url, "base")
    assert {line for lines in shapes.shape_of(database_url).values() for line in lines} == set()
    assert migrations_run.current(database_url) is None

    migrations_run.upgrade(database_url)
    assert shapes.shape_of(database_url) == shape


def test_bringing_up_a_database_that_is_up_changes_nothing(database_url, tmp_path):
    fill(database_url, tmp_path)
    before = rows_of(database_url)

    migrations_run.upgrade(database_url)

    assert rows_of(database_url) == before


def fill(url, folder):
    """A booked file, one that was asked, a seal: rows in nearly every table."""
    with world(url, folder, NOW) as made:
        clock.use(lambda: made.now)
        file_id = told.booked(made)
        told.asked_for_the_passport(made)
        write_note(file_id, body="A note.", actor=made.by("clara"), now=made.now)
        made.wait(minutes=2)
        seals.seal_chains()
        db.session.rollback()
        clock.use(None)


def rows_of(url):
    engine = shapes.engine_of(url)
    try:
        with engine.connect() as connection:
            return {name: connection.scalar(sa.select(sa.func.count()).select_from(table))
                    for name, table in models.Base.metadata.tables.items()}
    finally:
        engine.dispose()


# --- history -----------------------------------------------------------------------------------------------------


def test_history_refuses_to_be_changed_or_deleted(database_url, tmp_path):
    fill(database_url, tmp_path)
    engine = shapes.engine_of(database_url)
    before = rows_of(database_url)

    for table in sorted(APPEND_ONLY):
        assert before[table] > 0
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):  # noqa: S608
            with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.begin() as connection:
                connection.execute(sa.text(statement))

    engine.dispose()
    assert rows_of(database_url) == before


def test_no_other_table_has_a_trigger(database_url):
    engine = shapes.engine_of(database_url)
    with engine.connect() as connection:
        found = shapes.triggers_of(connection)
    engine.dispose()

    assert {line.partition(":")[0] for line in found} == APPEND_ONLY
    assert all("UPDATE" in line or "DELETE" in line for line in found)


def test_migrations_stand_in_one_line_and_import_nothing_of_ours():
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(migrations_run._config(""))
    assert len(scripts.get_heads()) == 1
    for script in scripts.walk_revisions():
        assert script.doc, script.revision
        text = (migrations_run.ROOT / script.path).read_text()
        assert "import models" not in text
        assert ".models" not in text
