"""Corrections: only what looks alike, only when it is the only way."""

import datetime as dt

from screening.mrz.mending import mend
from tests.screening import specimens

TODAY = dt.date(2026, 11, 25)
FIELDS = {"state": "UTO", "number": "PE2960481", "birth": "850423", "expiry": "320415", "sex": "F",
          "names": "SOLO<<OLGA"}  # fmt: skip


def read(lines, **cells):
    rows = [[{one: 0.98} for one in line] for line in lines]
    for place, cell in cells.items():
        line, column = (int(part) for part in place[1:].split("_"))
        rows[line][column] = cell
    return mend(rows, today=TODAY)


def lines(**changed):
    return specimens.build("TD3", **{**FIELDS, **changed})


def test_what_was_read_well_is_left_alone():
    mended = read(lines())
    assert (mended.zone.lines, mended.corrected, mended.doubtful) == (lines(), 0, False)


def test_a_letter_where_only_digits_stand_becomes_the_digit_it_looks_like():
    mended = read(lines(), p1_13={"B": 0.9})
    assert (mended.zone.birth_on, mended.corrected, mended.zone.holds) == ("1985-04-23", 1, True)


def test_a_digit_in_a_name_becomes_a_letter():
    assert read(lines(), p0_6={"0": 0.9}).zone.surname == "SOLO"


def test_the_one_look_alike_that_satisfies_the_digit_is_taken_and_counted():
    mended = read(lines(), p1_5={"O": 0.8})
    assert (mended.zone.number, mended.corrected, mended.searched) == ("PE2960481", 1, True)


def test_two_equal_ways_are_a_doubt_and_nothing_is_changed():
    # The first and the fourth character weigh the same: S for either 5 satisfies the digit.
    mended = read(lines(number="S00500000"), p1_0={"5": 0.8}, p1_3={"5": 0.8})
    assert (mended.doubtful, mended.zone.holds, mended.zone.number) == (True, False, "500500000")


def test_what_the_recogniser_is_sure_of_is_never_changed():
    mended = read(lines(), p1_2={"7": 0.99})
    assert (mended.zone.holds, mended.zone.number, mended.corrected) == (False, "PE7960481", 0)


def test_three_wrong_characters_are_not_searched_for():
    mended = read(lines(), p1_2={"Z": 0.99}, p1_4={"G": 0.99}, p1_6={"A": 0.99})
    assert not mended.zone.holds


def test_the_second_thought_of_the_recogniser_is_tried_before_anything_is_given_up():
    mended = read(lines(), p1_2={"7": 0.7, "2": 0.3})
    assert (mended.zone.number, mended.searched) == ("PE2960481", True)


def test_rows_of_unequal_length_are_no_zone():
    assert mend([[{"P": 1.0}], []], today=TODAY) is None
