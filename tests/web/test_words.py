"""Nobody is refused without words: every code that a guard, a gate or an action can answer is in the table."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from applications.facts import Refusal
from web.words import all_words, said_for, words
from web.words_of_refusals import _PAPERS, WORDS

ROOT = Path(__file__).resolve().parents[2]
WRITERS = ("applications", "appointments", "actions", "consultations", "visits", "offices")
WHERE_THE_CODE_STANDS = {"Refusal": 0, "unless": 1, "_refused_if": 1}
ALWAYS_WITH_WHY = {"complete_on_slot_day", "person_complete_today", "confirm_ticks_for_mode"}


def codes_in_the_code() -> set[str]:
    found = set()
    for folder in WRITERS:
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                found |= code_of(node)
    return found


def code_of(node: ast.AST) -> set[str]:
    if not isinstance(node, ast.Call):
        return set()
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    place = WHERE_THE_CODE_STANDS.get(name)
    if place is None or len(node.args) <= place or not isinstance(node.args[place], ast.Constant):
        return set()
    return {node.args[place].value}


@pytest.fixture
def request_in(house):
    return house.app.test_request_context


def test_the_search_for_codes_finds_what_is_known_to_be_there():
    assert {"seats_left", "no_reason", "no_hold", "required_missing"} <= codes_in_the_code()


def test_every_code_has_words():
    assert codes_in_the_code() - ALWAYS_WITH_WHY - set(WORDS) == set()


def test_every_way_a_paper_can_stand_in_the_way_has_words():
    statuses = {"missing", "sent", "recheck", "refused", "cannot_get", "not_good_yet", "ran_out", "too_early",
                "to_decide", "nobody_active"}
    assert statuses <= set(_PAPERS)
    for why in statuses:
        assert said_for(Refusal("complete_on_slot_day", {"why": why})) is not None


def test_no_words_lead_staff_or_applicant_to_a_code():
    for said in WORDS.values():
        for text in filter(None, (said.applicant, said.staff)):
            assert not re.search(r"[a-z]_[a-z]", re.sub(r"%\(\w+\)s", "", text)), text


def test_four_causes_look_the_same_from_outside_and_staff_know_which(request_in):
    causes = ("no_hold", "no_suspected_duplicate", "no_blocking_partner", "no_decision_proposed")
    silent = [Refusal(code) for code in causes]
    with request_in():
        assert all_words(silent) == [words(Refusal("no_hold"))]
        assert len(all_words(silent, "staff")) == 4
        assert "hold" not in words(Refusal("no_hold"))


def test_values_are_said_in_words(request_in):
    with request_in():
        too_early = Refusal("complete_on_slot_day", {"why": "too_early", "from_on": date(2026, 12, 4)})
        assert words(too_early) == "The meeting can be on Friday 4 December 2026 at the earliest."
        missing = Refusal("required_missing", {"item": "passport", "person_id": 3})
        assert words(missing, item_name={"passport": "Passport"}.get) == "Still missing: Passport."


def test_a_code_nobody_knows_still_says_something_true(request_in):
    with request_in():
        assert words(Refusal("never_heard_of", {"item": "x"})) == "This cannot be done now."


def test_a_value_that_is_missing_breaks_no_page(request_in):
    with request_in():
        assert words(Refusal("slot_long_enough")) == "This time is too short: your meeting needs … minutes."
