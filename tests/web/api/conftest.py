"""Another system that calls /api/v1 with a key of its own."""

from __future__ import annotations

import pytest

from accounts.models import SCOPES
from actions.accounts.api_keys import add_api_key
from applications.facts import Actor
from tests.web.conftest import house_on  # noqa: F401 - for those who need a house of their own
from web.api_keys import KEY_BEGINS, PURPOSE
from web.ground import fingerprint


class System:
    """A program with a key; a call answers the response, whose status and JSON tests look at."""

    def __init__(self, house, *, scopes=SCOPES, office="house", municipality=None, name="Relocation portal") -> None:
        self.house = house
        self.secret = f"{KEY_BEGINS}{name.replace(' ', '_')}-{'x' * 30}"
        self.key_id = house.run(lambda: add_api_key(
            name=name, begins=self.secret[:14], digest=fingerprint(self.secret, PURPOSE), scopes=scopes,
            office_id=house.made.offices[office] if office else None, municipality_id=municipality,
            actor=Actor("operator"), now=house.made.now))
        self.client = house.app.test_client(use_cookies=False)

    def call(self, method, path, *, json=None, language="en", idempotency=None, **more):
        headers = {"Authorization": f"Bearer {self.secret}", "Accept-Language": language, **more.pop("headers", {})}
        if idempotency:
            headers["Idempotency-Key"] = idempotency
        return self.client.open(f"/api/v1{path}", method=method, json=json, headers=headers, **more)

    def get(self, path, **more):
        return self.call("GET", path, **more)


@pytest.fixture
def system(house):
    return System(house)
