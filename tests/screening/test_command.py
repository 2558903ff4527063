"""`flask screen`: the same engine over files, a line of JSON for each."""

import json

import pytest
from click.testing import CliRunner

from screening.commands import screen
from tests.screening import specimens


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    made = specimens.make("TD3", 61, surname="HANSEN", given_names="ANNA")
    (folder / "a.jpg").write_bytes(specimens.as_jpeg(specimens.resized(made.picture, 1700)))
    (folder / "b.txt").write_text("no document")
    (folder / "answers.yaml").write_text(f"name: Jens Hansen\nbirth_date: {made.birth_on}\n")
    return folder


def test_a_line_for_each_file_in_the_order_given(folder):
    names = [str(folder / "b.txt"), str(folder / "a.jpg")]
    ran = CliRunner().invoke(screen, [*names, "--document", "passport", "--json"])
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    assert (ran.exit_code, [line["file"] for line in lines]) == (0, names)
    assert [line["result"] for line in lines] == ["could_not_read", "verified"]
    assert list(lines[1]) == ["file", "document", "result", "kind", "mrz", "findings", "seconds", "peak_mb"]
    assert {"format", "fields", "check_digits_valid", "corrected"} <= set(lines[1]["mrz"])


def test_levels_come_from_the_checklist_and_answers_are_compared(folder):
    words = [str(folder / "a.jpg"), "--document", "passport", "--checklist", "dk-cpr"]
    ran = CliRunner().invoke(screen, [*words, "--answers", str(folder / "answers.yaml")])
    (line,) = (json.loads(line) for line in ran.stdout.splitlines())
    (finding,) = line["findings"]
    assert (finding["code"], finding["level"], finding["value"]) == ("name_differs", "look", "ANNA HANSEN")
    assert finding["where"]["page"] == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--document", "passport", "--checklist", "xx"], "There is no checklist xx"),
        (["--document", "moon_rock", "--checklist", "dk-cpr"], "has no document moon_rock"),
    ],
)
def test_what_cannot_be_asked_is_said_before_anything_starts(folder, words, says):
    ran = CliRunner().invoke(screen, [str(folder / "a.jpg"), *words])
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert says in ran.stderr
