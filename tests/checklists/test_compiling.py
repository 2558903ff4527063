"""Compiled once at set-up; the web loads only what was compiled, and says so if it is missing."""

import json
from datetime import date

import pytest

from checklists import library
from checklists.compiler import compile_all
from checklists.faults import ChecklistFaulty
from tests.checklists.support import needs

DOCUMENTS = "[{id: p, name: P, per: file, needed: always}]"


@pytest.fixture
def compiled(small, tmp_path):
    made = small(documents=DOCUMENTS)
    target = tmp_path / "compiled"
    compile_all(target, made.folder)
    library.use(target)
    yield made, target
    library.use(library.COMPILED)


def test_what_was_compiled_works_like_what_was_written(compiled):
    made, _ = compiled
    definition = library.get("small", "2026-01-01")
    assert definition == made.definition
    assert (library.names(), library.versions("small"), definition.title) == (
        ["small"],
        ["2026-01-01"],
        "A small checklist",
    )
    assert needs(made.work_out()) == {"file": ["p"]}


def test_each_definition_lies_in_a_file_named_by_its_content(compiled):
    _, target = compiled
    assert {path.name for path in target.iterdir()} == {"index.json", f"{library.get('small', '2026-01-01').hash}.json"}


def test_the_same_content_always_has_the_same_name(compiled):
    made, target = compiled
    assert compile_all(target, made.folder) == compile_all(target, made.folder)


def test_the_newest_version_that_applies_is_found_by_day(compiled, small):
    _, target = compiled
    made = small(version="2026-02-01", applies_from="2026-04-01", documents=DOCUMENTS)
    compile_all(target, made.folder)
    library.forget()
    assert library.newest("small", date(2026, 3, 31)).version == "2026-01-01"
    assert library.newest("small", date(2026, 4, 1)).version == "2026-02-01"
    with pytest.raises(library.UnknownChecklist):
        library.newest("small", date(2025, 1, 1))


def test_unknown_names_are_refused(compiled):
    with pytest.raises(library.UnknownChecklist):
        library.get("gone", "2026-01-01")
    with pytest.raises(library.UnknownChecklist):
        library.versions("gone")


def test_before_compiling_the_error_says_what_to_do(tmp_path):
    library.use(tmp_path)
    with pytest.raises(library.NotCompiled, match="flask compile"):
        library.names()
    library.use(library.COMPILED)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_text("{"),
        lambda path: path.write_text(path.read_text().replace("A small", "A false")),
    ],
)
def test_a_damaged_file_is_refused(compiled, damage):
    _, target = compiled
    damage(next(path for path in target.iterdir() if path.name != "index.json"))
    library.forget()
    with pytest.raises(library.NotCompiled, match="flask compile"):
        library.get("small", "2026-01-01")


def test_a_fault_leaves_the_old_compilation_standing(compiled, small):
    _, target = compiled
    before = json.loads((target / "index.json").read_text())
    made = small(documents="[{id: p, name: P, per: uncle, needed: always}]")
    with pytest.raises(ChecklistFaulty) as refused:
        compile_all(target, made.folder)
    assert [fault.code for fault in refused.value.faults] == ["unknown_role"]
    assert json.loads((target / "index.json").read_text()) == before


def test_every_checklist_of_the_project_is_compiled(tmp_path):
    assert "dk-cpr" in compile_all(tmp_path / "compiled")
