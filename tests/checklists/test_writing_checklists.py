"""docs/writing-checklists.md keeps its word: its example has no fault, and each of its snippets stands in it."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from checklists.commands import checklist
from checklists.gather import FOLDER
from checklists.loose import looseness
from tests.checklists.support import compile_version

DOCS = Path(FOLDER).parent / "docs"
GUIDE = (DOCS / "writing-checklists.md").read_text(encoding="utf-8")
EXAMPLE = DOCS / "examples" / "no-fodselsnummer" / "checklist.yaml"
NAME, VERSION = "no-fodselsnummer", "2027-01-01"


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(FOLDER / "shared", tmp_path / "shared")
    (tmp_path / "definitions").mkdir()
    return tmp_path


@pytest.fixture
def home(folder):
    home = folder / "definitions" / NAME / VERSION
    home.mkdir(parents=True)
    shutil.copy(EXAMPLE, home)
    return home


def run(folder, *words, **more):
    return CliRunner().invoke(checklist, ["--folder", str(folder), *words], **more)


@pytest.mark.usefixtures("home")
def test_the_finished_example_has_no_fault_and_no_loose_condition(folder):
    found = compile_version(NAME, VERSION, folder)
    assert found.errors == []
    assert looseness(found.content, found.found.checklist).loose == ()
    assert run(folder, "cases").exit_code == 0


def test_every_snippet_stands_in_the_finished_example():
    finished = EXAMPLE.read_text(encoding="utf-8").replace("$neighbours", "$nordic").splitlines()
    snippets = re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
    missing = [line for snippet in snippets for line in snippet.splitlines() if line not in finished]
    assert len(snippets) > 10
    assert missing == []


def test_the_answers_it_tells_to_give_begin_that_checklist(folder):
    answers = re.search(r"Answer: (.*?)\. Now", GUIDE, re.DOTALL)[1]
    result = run(folder, "new", NAME, input="\n".join(re.findall(r"`(.*?)`", answers)) + "\n")
    assert result.exit_code == 0, result.output
    assert "0 faults" in run(folder, "lint", NAME).output
    assert compile_version(NAME, VERSION, folder).definition().title == "Norwegian national identity number"


def test_the_mistake_it_makes_on_purpose_is_found_by_a_case(folder, home):
    text = EXAMPLE.read_text(encoding="utf-8").replace("$neighbours", "$nordic")
    (home / "checklist.yaml").write_text(text, encoding="utf-8")
    result = run(folder, "cases", NAME)
    assert result.exit_code == 1
    assert "needs applicant: not expected registration_certificate" in result.output


def test_a_question_without_a_page_is_told_in_the_words_it_quotes(folder, home):
    text = EXAMPLE.read_text(encoding="utf-8").replace(
        "moving_date, evidence, spouse_moves", "moving_date, spouse_moves"
    )
    (home / "checklist.yaml").write_text(text, encoding="utf-8")
    quoted = re.search(r"^> (.*)$", GUIDE, re.MULTILINE)[1]
    assert quoted in run(folder, "lint", NAME).output


def test_commands_it_names_exist():
    named = set(re.findall(r"flask checklist ([a-z]+)", GUIDE))
    assert named <= set(checklist.list_commands(None))
