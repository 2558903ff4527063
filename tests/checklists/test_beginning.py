"""`flask checklist new`: from a few answers to a checklist without a fault."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from checklists.commands import checklist
from checklists.gather import FOLDER
from checklists.loose import looseness
from tests.checklists.support import compile_version

ANSWERS = ["2027-01-01", "no", "A number: for Norway", 'The "number"', "", "n", "n", "0", "15"]
WHOLE = ["2027-01-01", "NO", "A number", "Number", "nb en", "y", "y", "6", "200"]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "definitions").mkdir()
    shutil.copytree(FOLDER / "shared", tmp_path / "shared")
    return tmp_path


def new(folder: Path, answers: list[str], name: str = "no-number"):
    return CliRunner().invoke(checklist, ["--folder", str(folder), "new", name], input="\n".join(answers) + "\n")


@pytest.mark.parametrize("answers", [ANSWERS, WHOLE], ids=["alone", "family"])
def test_it_has_no_fault_and_no_condition_without_a_case(folder, answers):
    result = new(folder, answers)
    assert result.exit_code == 0, result.output
    found = compile_version("no-number", "2027-01-01", folder)
    assert found.errors == []
    assert looseness(found.content, found.found.checklist).loose == ()
    cases = CliRunner().invoke(checklist, ["--folder", str(folder), "cases"])
    assert cases.exit_code == 0, cases.output


def test_it_says_what_was_answered(folder):
    new(folder, WHOLE)
    found = compile_version("no-number", "2027-01-01", folder).definition()
    assert (found.country, found.title, found.number_name) == ("NO", "A number", "Number")
    assert (found.languages, list(found.people)) == (("en", "nb"), ["applicant", "spouse", "child"])


def test_signs_that_mean_something_to_yaml_stay_signs(folder):
    new(folder, ANSWERS)
    found = compile_version("no-number", "2027-01-01", folder).definition()
    assert (found.title, found.number_name) == ("A number: for Norway", 'The "number"')


def test_it_works_in_a_folder_without_shared_files(tmp_path):
    assert new(tmp_path, ANSWERS).exit_code == 0
    assert compile_version("no-number", "2027-01-01", tmp_path).errors == []


@pytest.mark.parametrize("name", ["No-Number", "../elsewhere", "7up", ""])
def test_a_name_that_is_none_writes_nothing(folder, name):
    assert new(folder, ANSWERS, name).exit_code != 0
    assert list((folder / "definitions").iterdir()) == []


def test_it_never_overwrites_a_checklist(folder):
    new(folder, ANSWERS)
    result = new(folder, WHOLE)
    assert result.exit_code != 0
    assert "flask checklist bump no-number" in result.output
    assert compile_version("no-number", "2027-01-01", folder).definition().title == "A number: for Norway"
