"""Pages by the test client: who may see what, and in which words. No app context stays open between requests,
or what one request remembers (`g`) would leak into the next."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

import clock
from app import create_app
from extensions import db
from tests.support import world
from tests.support.now import NOW


class House:
    """An app with the people of tests/support/world.py and browsers to visit it."""

    def __init__(self, app) -> None:
        self.app = app
        self.made = world.World(app, NOW)

    def wait(self, **span: float) -> None:
        self.made.now += timedelta(**span)

    def browser(self, **environ):
        return Browser(self.app, environ)

    def rows(self, query):
        with self.app.app_context():
            return db.session.scalars(query).all()

    def run(self, function, *args, **named):
        """Call something of ours as the app would, e.g. an action."""
        with self.app.app_context():
            return function(*args, **named)


class Browser:
    """One person's browser: keeps cookies, and sends the token of the page it saw last."""

    def __init__(self, app, environ) -> None:
        self.client = app.test_client()
        self.environ = environ

    def get(self, path, **more):
        return self.client.get(path, environ_overrides=self.environ, **more)

    def token(self, path="/staff/sign-in") -> str:
        return re.search(r'name="csrf_token" value="([^"]+)"', self.get(path).text).group(1)

    def send(self, path, fields=None, *, form=None, **more):
        """Post fields with the token found on the page `form` (the path itself, unless it shows none)."""
        data = {"csrf_token": self.token(form or path), **(fields or {})}
        return self.client.post(path, data=data, environ_overrides=self.environ, **more)

    def sign_in(self, name="clara", password=world.PASSWORD, **fields):
        return self.send("/staff/sign-in", {"email": f"{name}@house.example", "password": password, **fields})

    def cookie(self, name):
        return self.client.get_cookie(name)


@pytest.fixture
def house(sqlite_url, tmp_path):
    made = house_on(sqlite_url, tmp_path)
    clock.use(lambda: made.made.now)
    yield made
    clock.use(None)
    with made.app.app_context():
        db.engine.dispose()


def house_on(url, folder, **settings) -> House:
    app = create_app(world.settings_for(url, folder, **settings))
    app.testing = True
    world.compile_once(folder)
    made = House(app)
    with app.app_context():
        world.populate(made.made)
    return made
