"""A whole house for each journey, and the people who come to it with a browser each.

Every journey is walked once, on a phone with SQLite or at a desk with PostgreSQL; ./dev check walks each in all four
ways (tests/support/ways.py).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import ways
from tests.support.amira import Amira
from tests.support.house import house
from tests.support.now import NOW
from tests.support.staff_people import Clara, Dora

ASSETS = Path(__file__).resolve().parents[2] / "var" / "assets"


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


def pytest_generate_tests(metafunc):
    if "way" in metafunc.fixturenames:
        metafunc.parametrize("way", ways.of(Path(metafunc.module.__file__)), ids=str)


@pytest.fixture
def home(way, databases, smtp, tmp_path):
    """A house that runs until the journey is over, on this way's database."""
    assert ASSETS.exists(), "Build the styles and scripts first: ./dev does."
    (tmp_path / "assets").symlink_to(ASSETS)
    with databases.copy(way.kind) as url, house(url, tmp_path, smtp, NOW) as here:
        yield here


@pytest.fixture
def somebody(way, home, visit):
    """somebody(Amira) -> a person at a browser of her own: applicants' as wide as this way says, staff at desks."""

    def comes(who, *, phone: bool = way.phone, javascript: bool = True):
        person = who(home, visit(phone=phone and issubclass(who, Amira), javascript=javascript))
        person.has_scripts = javascript
        return person

    return comes


@pytest.fixture
def people(somebody):
    """Amira, Clara who works on her file, and Dora at the front desk."""
    return somebody(Amira), somebody(Clara), somebody(Dora)
