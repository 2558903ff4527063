"""The same pages on the other database: unions, keysets and empty columns are where the two differ."""

from __future__ import annotations

import pytest

import clock
from extensions import db
from tests.support import world
from tests.web.caseworker.conftest import in_house, judge, requirement, signed_in
from tests.web.conftest import house_on


@pytest.fixture
def house(database_url, tmp_path):
    made = house_on(database_url, tmp_path)
    clock.use(lambda: made.made.now)
    yield made
    clock.use(None)
    with made.app.app_context():
        db.engine.dispose()


def test_lists_file_request_and_overview_are_drawn_from_either_database(house):
    file_id, reference = in_house(house, world.amira_sends)
    clara, lena, here = signed_in(house), signed_in(house, "lena"), f"/office/files/{reference}"
    row_id = requirement(house, file_id, "passport")[0]

    assert judge(clara, f"{here}?paper={row_id}", row_id, "refused", reasons=["cut_off"]).status_code == 303
    clara.send(f"{here}/notes", {"body": "Call back"}, form=here)
    clara.send("/office/search", {"q": "amira"}, form="/office/")

    for path in ("/office/current?todo=sent&age=soon", "/office/current?after=20261101T000000000000-0000001",
                 "/office/completed?before=20261101T000000000000-1", "/office/found", here, f"{here}/ask",
                 f"{here}/hand-over", f"{here}/history"):
        assert clara.get(path).status_code == 200, path
    assert "Call back" in clara.get(here).text
    assert reference in clara.get("/office/found").text
    assert lena.get("/office/overview").status_code == 200
