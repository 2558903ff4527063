"""flask staff: the first admin of a new house, and who ends."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from accounts import passwords
from accounts.models import Staff, StaffRole
from app import create_app
from extensions import db
from tests.support import world
from tests.support.now import NOW


@pytest.fixture
def run(sqlite_url, tmp_path):
    app = create_app(world.settings_for(sqlite_url, tmp_path))
    with app.app_context():
        world.populate(world.World(app, NOW))
    runner = app.test_cli_runner()
    yield lambda *words, typed=None: runner.invoke(args=["staff", *words], input=typed)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def rows(run, sqlite_url, tmp_path):
    app = create_app(world.settings_for(sqlite_url, tmp_path))

    def read(query):
        with app.app_context():
            found = db.session.scalars(query).all()
            db.session.remove()
            db.engine.dispose()
            return found

    return read


def test_a_password_is_made_and_shown_once(run, rows):
    done = run("add", "New@House.example", "--name", "Nina Holm", "--role", "admin", "--generate")
    shown = done.output.split("Password, shown only now: ")[1].strip()
    [nina] = rows(select(Staff).where(Staff.email == "new@house.example"))
    assert done.exit_code == 0
    assert passwords.fits(nina.password_hash, shown)


def test_a_password_is_typed_twice_and_a_weak_one_is_told_why(run, rows):
    weak = run("add", "n@house.example", "--name", "Nina Holm", "--role", "admin", typed="short\nshort\n")
    assert weak.exit_code == 2
    assert "at least 12 signs" in weak.output
    assert rows(select(Staff).where(Staff.email == "n@house.example")) == []
    good = "violet harbour train\nviolet harbour train\n"
    assert run("add", "n@house.example", "--name", "Nina Holm", "--role", "admin", typed=good).exit_code == 0


def test_a_caseworker_needs_an_office_and_is_told_which_there_are(run, rows):
    words = ("add", "n@house.example", "--name", "Nina Holm", "--role", "caseworker", "--generate")
    assert "give --office" in run(*words).output
    assert "Known: aarhus, copenhagen" in run(*words, "--office", "nowhere").output
    assert rows(select(Staff).where(Staff.email == "n@house.example")) == []
    assert run(*words, "--office", "aarhus", "--office", "copenhagen", "--municipality", "furesoe").exit_code == 0
    [nina] = rows(select(Staff.id).where(Staff.email == "n@house.example"))
    assert len(rows(select(StaffRole).where(StaffRole.staff_id == nina))) == 2


def test_an_account_is_not_added_twice(run):
    assert "an account with this e-mail already" in run(
        "add", "clara@house.example", "--name", "X", "--role", "admin", "--generate").output


def test_the_last_admin_cannot_be_ended_until_there_is_another(run, rows):
    refused = run("end", "ada@house.example")
    assert refused.exit_code == 2
    assert "the last admin" in refused.output
    run("add", "n@house.example", "--name", "Nina Holm", "--role", "admin", "--generate")
    assert run("end", "ada@house.example").exit_code == 0
    assert rows(select(Staff.ended_at).where(Staff.email == "ada@house.example")) != [None]


def test_the_list_shows_everybody_with_their_roles_and_who_has_ended(run):
    run("end", "otto@house.example")
    lines = run("list").output.splitlines()
    assert "clara@house.example\tClara\tcaseworker@copenhagen" in lines
    assert "otto@house.example\tOtto\tended" in lines
    assert not any("argon2" in line for line in lines)
