"""From one file to another: what else this house offers begins with what is known."""

from __future__ import annotations

import pytest

from applications.models import Answer, Application
from extensions import db
from tests.web.applicant.walking import Walker, started


@pytest.fixture
def amira(house):
    return started(house)


def files_of(house) -> list[Application]:
    return house.rows(db.select(Application).order_by(Application.id))


def test_where_nothing_else_is_offered_there_is_no_way_and_no_page(amira: Walker):
    assert "/file/elsewhere" not in amira.open("/file/people")
    amira.open("/file/elsewhere")
    assert amira.status == 404


@pytest.mark.usefixtures("stockholm")
def test_looking_at_what_else_there_is_begins_nothing(house, amira: Walker):
    assert "/file/elsewhere" in amira.open("/file/people")
    page = amira.open("/file/elsewhere")
    assert "Swedish personal identity number" in page
    assert "CPR number for newcomers" not in page
    assert len(files_of(house)) == 1


@pytest.mark.usefixtures("stockholm")
def test_she_goes_on_in_a_new_file_with_what_is_known(house, amira: Walker):
    page = amira.send("/file/elsewhere", {"checklist": "se-personnummer"}, on="/file/elsewhere")
    danish, swedish = files_of(house)
    assert (danish.checklist, swedish.checklist, swedish.state) == ("dk-cpr", "se-personnummer", "draft")
    assert swedish.reference in page
    known = db.select(Answer.question_id).where(Answer.application_id == swedish.id)
    assert set(house.rows(known)) == {"citizenship", "ground"}


@pytest.mark.usefixtures("stockholm")
@pytest.mark.parametrize("wanted", ["", "dk-cpr", "nl-bsn", "no-such-list"])
def test_what_is_not_offered_begins_nothing(house, amira: Walker, wanted):
    amira.send("/file/elsewhere", {"checklist": wanted}, on="/file/elsewhere")
    assert amira.status == 404
    assert len(files_of(house)) == 1
