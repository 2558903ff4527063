"""Amira's complete file, booked for Thursday ten o'clock, and Dora at the desk."""

from datetime import UTC, datetime

import pytest

from actions.appointments.book_appointment import book_appointment
from extensions import db
from tests.support import world as w
from tests.support.statements import asked_of
from tests.support.world import AMIRA

THURSDAY_TEN = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def amira(house):
    """Her file's id; the clock stands ten minutes before her time."""
    with house.app.app_context():
        house.file_id = w.amira_sends(house.made)
        w.clara_accepts_all(house.made, house.file_id)
        book_appointment(house.file_id, THURSDAY_TEN, actor=AMIRA, now=house.made.now)
        file = house.made.file(house.file_id)
        house.reference, house.amira_id = file.reference, house.made.people(house.file_id)["applicant"]
        db.session.remove()
    house.made.now = THURSDAY_TEN.replace(hour=8, minute=50)
    return house


@pytest.fixture
def dora(amira):
    browser = amira.browser()
    browser.sign_in("dora")
    return browser


@pytest.fixture
def statements(amira):
    """with statements() as seen: ... -> what was asked of the database meanwhile."""

    def watch():
        with amira.app.app_context():
            engine = db.engine
        return asked_of(engine)

    return watch
