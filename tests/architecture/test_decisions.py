"""Decisions have numbers of their own and stand in the list."""

import re

from tests.architecture.tree import ROOT

ADR = ROOT / "docs" / "adr"
PAGES = sorted(path for path in ADR.glob("*.md") if path.name != "README.md")


def test_every_decision_has_a_number_of_its_own():
    numbers = [path.name[:4] for path in PAGES]
    assert len(numbers) > 12
    assert all(number.isdigit() for number in numbers)
    assert sorted(set(numbers)) == numbers


def test_a_decision_carries_its_number_in_its_title():
    wrong = [path.name for path in PAGES
             if not path.read_text(encoding="utf-8").startswith(f"# {int(path.name[:4])}. ")]
    assert wrong == []


def test_the_list_names_every_decision_once():
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (ADR / "README.md").read_text(encoding="utf-8"))
    assert listed == [path.name for path in PAGES]


def test_the_map_of_the_house_names_every_part_of_it():
    drawn = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    from tests.architecture.test_imports import AUDIENCES, LEAVES, NOUNS

    for part in {*NOUNS, *LEAVES, *(each.replace(".", "/") for each in AUDIENCES), "actions", "jobs"}:
        assert part in drawn, part
