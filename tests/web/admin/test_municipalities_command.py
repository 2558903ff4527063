"""`flask municipalities`: a house that is set up for real knows the municipalities its offices can work for."""

from __future__ import annotations

from extensions import db
from offices.models import Municipality


def codes(house) -> set[str]:
    return set(house.rows(db.select(Municipality.code)))


def run(house, *words):
    return house.app.test_cli_runner().invoke(args=["municipalities", *words])


def test_those_of_the_named_checklists_are_taken_over_and_no_others(house):
    before = codes(house)
    result = run(house, "de-anmeldung")
    assert result.exit_code == 0, result.output
    assert {"aachen", "berlin"} <= codes(house) - before
    assert not {"stockholm", "groningen"} & codes(house)


def test_all_are_taken_over_once_and_known_ones_stay_as_they_are(house):
    assert run(house).output.endswith("2 known already.\n")
    every = codes(house)
    assert {"stockholm", "groningen", "aachen", "aarhus"} <= every
    assert run(house).output.startswith("0 new")
    assert codes(house) == every
    assert house.rows(db.select(Municipality.name).where(Municipality.code == "copenhagen")) == ["København"]


def test_an_unknown_checklist_takes_over_nothing(house):
    before = codes(house)
    result = run(house, "de-anmeldung", "no-such-list")
    assert (result.exit_code, "There is no checklist no-such-list." in result.output) == (1, True)
    assert codes(house) == before
