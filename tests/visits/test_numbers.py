"""Numbers are warned of and never blocked: the register is right, whatever a rule of ours says."""

from datetime import date

import pytest

from visits.numbers import WARNINGS, compact, warnings

BORN = date(1990, 5, 5)


def test_a_good_number_brings_no_warning_however_it_is_written():
    assert warnings("dk.cpr", "050590-1235", BORN) == []
    assert warnings("dk.cpr", "0505901235", BORN) == []
    assert warnings("dk.cpr", " 050590 1235 ", BORN) == []


def test_a_replacement_number_with_the_day_plus_sixty_is_a_good_one():
    assert warnings("dk.cpr", "650590-1235", BORN) == []


@pytest.mark.parametrize(("number", "code"), [
    ("050590-123", "length"), ("050590-123A", "format"), ("310290-1235", "date"), ("000090-1235", "date"),
    ("060590-1235", "birth_date_differs"), ("660590-1235", "birth_date_differs"), ("920590-1235", "date"),
])
def test_what_looks_wrong_is_told_by_one_code(number, code):
    assert warnings("dk.cpr", number, BORN) == [code]
    assert code in WARNINGS


def test_without_a_day_of_birth_it_is_not_compared():
    assert warnings("dk.cpr", "060590-1235") == []


def test_another_country_brings_its_own_check():
    assert warnings("se.personnummer", "880320-0016") == []
    assert warnings("se.personnummer", "880320-0018") == ["checksum"]


@pytest.mark.parametrize("check", [None, "", "dk", "dk.nothing", "..", "os.path", "xx.yy"])
def test_a_check_nobody_knows_warns_of_nothing(check):
    assert warnings(check, "whatever") == []


def test_the_blanks_and_dashes_between_the_groups_do_not_count():
    assert compact("05 05 90\u201112.35") == "0505901235"
