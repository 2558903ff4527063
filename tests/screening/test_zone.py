"""The zone of a travel document, line by line (ICAO 9303 parts 3 to 7)."""

import datetime as dt

import pytest

from screening.mrz.characters import alike, check_digit
from screening.mrz.zone import is_national, parse
from tests.screening import specimens

TODAY = dt.date(2026, 11, 25)
FIELDS = {"state": "UTO", "number": "L898902C3", "birth": "740812", "expiry": "320415", "sex": "F",
          "names": "ERIKSSON<<ANNA<MARIA"}  # fmt: skip


def zone(layout: str, **changed):
    return parse(specimens.build(layout, **{**FIELDS, **changed}), today=TODAY)


@pytest.mark.parametrize("layout", specimens.SIZES_MM)
def test_every_layout_gives_its_fields(layout):
    read = zone(layout)
    assert (read.format, read.failed) == (layout, ())
    assert read.key() == ("L898902C3", "1974-08-12", "2032-04-15")
    assert (read.issuer, read.nationality, read.sex) == ("UTO", "UTO", "F")
    assert (read.surname, read.given_names, read.names_may_be_cut) == ("ERIKSSON", "ANNA MARIA", False)


def test_the_example_of_the_standard_is_read():
    lines = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
    read = parse(lines, today=TODAY)
    assert (read.failed, read.optional, read.expires_on) == ((), "ZE184226B", "2012-04-15")


@pytest.mark.parametrize("layout", ["TD1", "TD2"])
def test_a_number_of_more_than_nine_characters_goes_on_in_the_optional_data(layout):
    read = zone(layout, number="AB1234567890")
    assert (read.number, read.optional, read.failed) == ("AB1234567890", "", ())


def test_a_wrong_character_in_the_far_part_of_a_long_number_is_noticed():
    top, middle, low = specimens.build("TD1", **{**FIELDS, "number": "AB1234567890"})
    assert "number" in parse((top.replace("890", "790"), middle, low), today=TODAY).failed


def test_the_single_letter_of_germany_is_a_state():
    read = zone("TD3", state="D")
    assert (read.issuer, read.nationality, read.failed) == ("D", "D", ())


@pytest.mark.parametrize(
    ("written", "read"), [("740800", "1974-08"), ("740000", "1974"), ("74<<<<", "1974"), ("<<<<<<", "")]
)
def test_an_unknown_day_or_month_of_birth_is_left_out_not_guessed(written, read):
    found = zone("TD3", birth=written)
    assert (found.birth_on, found.failed) == (read, ())


def test_a_birth_in_the_future_belongs_to_the_century_before():
    assert zone("TD3", birth="261126").birth_on == "1926-11-26"
    assert zone("TD3", birth="261124").birth_on == "2026-11-24"


@pytest.mark.parametrize("field", ["birth", "expiry"])
def test_a_day_that_no_calendar_has_fails_though_its_digit_holds(field):
    assert field in zone("TD3", **{field: "741332"}).failed


@pytest.mark.parametrize(
    ("at", "field"), [((1, 3), "number"), ((1, 15), "birth"), ((1, 24), "expiry"), ((1, 30), "personal")]
)
def test_a_wrong_character_fails_its_field_and_the_whole(at, field):
    lines = [list(line) for line in specimens.build("TD3", **FIELDS, personal="ZE184226B")]
    line, column = at
    lines[line][column] = "4" if lines[line][column] != "4" else "5"
    assert parse(tuple("".join(line) for line in lines), today=TODAY).failed == (field, "whole")


def test_a_name_that_fills_its_line_may_be_cut():
    assert zone("TD1", names="KOWALCZYK<WISNIEWSKA<<MAGDALENA").names_may_be_cut


def test_lines_of_no_layout_are_no_zone():
    assert parse(("P<UTO", "L8989"), today=TODAY) is None
    assert parse((), today=TODAY) is None


def test_the_old_french_card_is_told_apart():
    assert is_national(("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6"))
    assert not is_national(specimens.build("TD2", **FIELDS))


def test_digits_are_blind_to_g_and_6_which_is_why_a_second_reader_is_asked():
    assert check_digit("G") == check_digit("6")
    assert alike("X6", "XG")
    assert not alike("X6", "X7")
