"""A whole house for each journey, and the people who come to it with a browser each."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.amira import Amira
from tests.support.house import house
from tests.support.now import NOW
from tests.support.staff_people import Clara, Dora

ASSETS = Path(__file__).resolve().parents[2] / "var" / "assets"


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture
def home(databases, smtp, tmp_path, visit):
    """home("sqlite") or home("postgres") -> a house that runs until the journey is over."""
    with ExitStack() as until_the_end:

        def opens(kind: str):
            url = until_the_end.enter_context(databases.copy(kind))
            assert ASSETS.exists(), "Build the styles and scripts first: ./dev does."
            (tmp_path / "assets").symlink_to(ASSETS)
            return until_the_end.enter_context(house(url, tmp_path, smtp, NOW))

        yield opens


@pytest.fixture
def somebody(visit):
    """somebody(Amira, house, phone=True) -> a person at a browser of her own."""

    def comes(who, house, **manner):
        person = who(house, visit(**manner))
        person.has_scripts = manner.get("javascript", True)
        return person

    return comes


@pytest.fixture
def on_a_phone(home, somebody):
    """Amira on a phone, Clara and Dora at their desks; data in SQLite."""
    here = home("sqlite")
    return somebody(Amira, here, phone=True), somebody(Clara, here), somebody(Dora, here)


@pytest.fixture
def at_a_desk(home, somebody):
    """Amira at a computer, Clara and Dora at their desks; data in PostgreSQL."""
    here = home("postgres")
    return somebody(Amira, here), somebody(Clara, here), somebody(Dora, here)
