"""flask api-key: a key is shown once, belongs somewhere, and can be ended."""

from __future__ import annotations

import re

import pytest

from app import create_app
from extensions import db
from tests.support import world
from tests.support.now import NOW


@pytest.fixture
def app(sqlite_url, tmp_path):
    made = create_app(world.settings_for(sqlite_url, tmp_path))
    world.compile_once(tmp_path)
    with made.app_context():
        world.populate(world.World(made, NOW))
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def run(app):
    return lambda *words: app.test_cli_runner().invoke(args=["api-key", *words])


def opens(app, secret):
    return app.test_client().get("/api/v1/checklists", headers={"Authorization": f"Bearer {secret}"}).status_code


def made(run, *words):
    return re.search(r"klarsag_\S+", run("add", "Portal", "--office", "copenhagen", *words).output).group()


def test_a_new_key_is_shown_once_and_opens_the_api(app, run):
    secret = made(run)

    assert opens(app, secret) == 200
    assert secret not in run("list").output
    assert secret[:14] in run("list").output


def test_a_key_has_the_scopes_it_was_given_and_no_others(app, run):
    assert opens(app, made(run, "--scope", "documents")) == 403


def test_a_key_that_belongs_nowhere_is_not_made(run):
    answer = run("add", "Portal")

    assert answer.exit_code == 2
    assert run("list").output == ""


def test_a_revoked_key_is_listed_and_opens_nothing(app, run):
    secret = made(run)
    number = run("list").output.split("\t")[0]

    assert run("revoke", number).exit_code == 0
    assert opens(app, secret) == 401
    assert "revoked" in run("list").output


def test_a_key_that_is_not_there_cannot_be_revoked(run):
    assert run("revoke", "77").exit_code == 2
