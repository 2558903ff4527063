"""How much a page may ask of the database. The desk's own pages are counted in tests/web/frontdesk/test_desk.py."""

from contextlib import contextmanager

import pytest
from sqlalchemy import insert

from applications.models import Answer
from extensions import db
from tests.support.now import NOW
from tests.support.statements import asked_of
from tests.web.applicant.walking import started

FILE_PAGES_AT_MOST = 10


@contextmanager
def counted(house):
    with house.app.app_context():
        engine = db.engine
    with asked_of(engine) as seen:
        yield seen


def statements(amira, path):
    with counted(amira.house) as seen:
        amira.open(path)
    assert amira.status == 200
    return seen


@pytest.mark.parametrize("path", ["/file", "/file/papers/1", "/file/answers/move/0", "/file/send"])
def test_pages_of_a_file_ask_few_things_and_not_more_when_it_has_a_long_history(house, path):
    amira = started(house)
    before = statements(amira, path)
    with_a_long_history(house, amira.files()[0].id)

    after = statements(amira, path)

    assert len(before) <= FILE_PAGES_AT_MOST, before
    assert len(after) == len(before)


def with_a_long_history(house, file_id):
    """Five hundred answers she has changed since."""
    old = {"application_id": file_id, "person_id": None, "given_at": NOW, "given_by": "applicant:1",
           "question_id": "address", "value": {"v": "elsewhere"}, "superseded_at": NOW}
    with house.app.app_context():
        db.session.execute(insert(Answer), [dict(old) for _ in range(500)])
        db.session.commit()
