"""A house with a file of Amira's that was just sent, and who works there."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import event

from extensions import db
from tests.support import world


@pytest.fixture
def sent(house):
    """(id, reference) of a file with everything in it."""
    return in_house(house, world.amira_sends)


def in_house(house, make, *args, **more):
    def run():
        file_id = make(house.made, *args, **more)
        return file_id, house.made.file(file_id).reference

    return house.run(run)


def signed_in(house, name="clara"):
    browser = house.browser()
    assert browser.sign_in(name).status_code == 303
    return browser


def requirement(house, file_id, item):
    """(id, hash of what was sent, id of the verdict that stands) of a paper."""
    def read():
        row = house.made.requirements(file_id)[item]
        return row.id, row.document_hash, row.current_verdict_id, row.status

    return house.run(read)


def hidden(page: str, name: str) -> str:
    return unescape(re.search(rf'name="{name}" value="([^"]*)"', page).group(1))


def judge(browser, page_path, requirement_id, verdict, **fields):
    """Press a button of the verdict form as it stands on the page."""
    page = browser.get(page_path).text
    shown = {name: hidden(page, name) for name in ("csrf_token", "seen_hash", "seen_verdict_id")}
    base = page_path.partition("?")[0]
    return browser.client.post(f"{base}/papers/{requirement_id}/verdict", data={**shown, "verdict": verdict, **fields})


class Counted:
    """The statements that the database was asked while this was open."""

    def __init__(self, house) -> None:
        self.house, self.statements = house, []

    def _note(self, _connection, _cursor, statement, *_rest):
        if not statement.startswith(("BEGIN", "PRAGMA")):
            self.statements.append(statement)

    def __enter__(self):
        with self.house.app.app_context():
            self.engine = db.engine
        event.listen(self.engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_why):
        event.remove(self.engine, "before_cursor_execute", self._note)
