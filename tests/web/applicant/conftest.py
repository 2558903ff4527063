"""Walking through many pages: templates are compiled once for all of these tests, not once for each."""

from __future__ import annotations

from datetime import date

import pytest
from jinja2 import FileSystemBytecodeCache

from extensions import db
from offices.models import Municipality, OfficeServes


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory):
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(autouse=True)
def _quick_templates(house, compiled_templates):
    house.app.jinja_env.bytecode_cache = compiled_templates


@pytest.fixture
def serves(house):
    """serves("stockholm"): the house works for that municipality, too."""

    def add(code: str) -> None:
        with house.app.app_context():
            place = Municipality(code=code, name=code.title())
            db.session.add(place)
            db.session.flush()
            office = house.made.offices["house"]
            db.session.add(OfficeServes(office_id=office, municipality_id=place.id, from_on=date(2020, 1, 1)))
            db.session.commit()

    return add


@pytest.fixture
def stockholm(serves):
    serves("stockholm")
