"""A checklist that asks for no municipality: its files still lie with an office."""

import shutil
from pathlib import Path

import pytest

from actions.applications.start_application import start_application
from checklists import library
from checklists.compiler import compile_all
from checklists.gather import FOLDER
from extensions import db
from offices.models import Office
from tests.support import world
from tests.support.world import AMIRA

EXAMPLE = Path(FOLDER).parent / "docs" / "examples" / "no-fodselsnummer" / "checklist.yaml"


@pytest.fixture
def norway(made, tmp_path):
    """The guide's example, compiled beside nothing else."""
    home = tmp_path / "definitions" / "no-fodselsnummer" / "2027-01-01"
    home.mkdir(parents=True)
    text = EXAMPLE.read_text(encoding="utf-8").replace("applies_from: 2027-01-01", "applies_from: 2026-01-01")
    (home / "checklist.yaml").write_text(text, encoding="utf-8")
    shutil.copytree(FOLDER / "shared", tmp_path / "shared")
    compile_all(tmp_path / "compiled", tmp_path)
    library.use(tmp_path / "compiled")
    yield "no-fodselsnummer"
    world.compile_once(tmp_path)


def test_its_file_lies_with_the_first_office(made, norway):
    started = start_application(checklist=norway, answers={"stay_months": 24}, language="en",
                                email="amira@example.org", actor=AMIRA, now=made.now)
    file = made.file(started["id"])
    first = db.session.scalars(db.select(Office.id).order_by(Office.name)).first()
    assert (file.office_id, file.municipality_id) == (first, None)


def test_a_file_whose_municipality_is_still_to_be_asked_lies_nowhere_yet(made):
    started = start_application(checklist="dk-cpr", answers={"stay_months": 24}, language="en",
                                email="amira@example.org", actor=AMIRA, now=made.now)
    assert made.file(started["id"]).office_id is None
