"""How the kinds of input that WTForms lacks read what people type."""

import re
from datetime import date

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from web.fields import CodeField, CountryField, DayField, DayRequired, NameField, YesNoField, countries, country_options


class Person(Form):
    born_on = DayField("Born", validators=[DayRequired("Write your date of birth.")])
    left_on = DayField("Left")
    code = CodeField("Code")
    name = NameField("Name")
    married = YesNoField("Married", not_sure=True)


class Journey(Form):
    to = CountryField("To", common=("DK",))


def typed(**values):
    form = Person(MultiDict({name.replace("__", "-"): value for name, value in values.items()}))
    form.validate()
    return form


def born(day, month, year):
    return typed(born_on__day=day, born_on__month=month, born_on__year=year)


def test_three_boxes_make_a_day():
    form = born("27", "3", "1998")
    assert form.born_on.data == date(1998, 3, 27)
    assert not form.born_on.errors


def test_digits_of_an_arabic_keyboard_are_read():
    assert born("٢٧", "٣", "١٩٩٨").born_on.data == date(1998, 3, 27)


@pytest.mark.parametrize(
    "boxes",
    [
        ("31", "2", "1998"), ("x", "3", "1998"), ("27", "3", "98"),
        ("0", "3", "1998"), ("1", "1", "99999999999"), ("1_9", "3", "1998"),
    ],
)
def test_what_is_no_day_is_refused_and_stays_in_the_boxes(boxes):
    form = born(*boxes)
    assert form.born_on.data is None
    assert form.born_on.errors
    assert tuple(form.born_on.typed.values()) == boxes


def test_a_half_typed_day_marks_only_the_empty_box():
    form = born("27", "3", "")
    assert form.born_on.faulty == {"year"}
    assert form.born_on.errors


def test_an_empty_required_day_says_the_words_of_its_page():
    assert born("", " ", "").born_on.errors == ["Write your date of birth."]


def test_an_empty_optional_day_is_no_error():
    form = born("27", "3", "1998")
    assert form.left_on.data is None
    assert not form.left_on.errors


def test_a_half_typed_optional_day_is_refused():
    assert typed(left_on__day="3").left_on.errors


def test_a_known_day_fills_the_boxes():
    assert Person(data={"born_on": date(1998, 3, 27)}).born_on.typed == {"day": "27", "month": "3", "year": "1998"}


def test_a_code_forgives_spaces_dashes_and_case():
    assert typed(code=" k7f3-92 md").code.data == "K7F392MD"


def test_a_name_keeps_what_stands_inside():
    assert typed(name="  María  de la Cruz ").name.data == "María  de la Cruz"


def test_an_unanswered_question_is_not_called_an_invalid_choice():
    assert not typed().married.errors


def test_an_answer_that_was_not_offered_is_refused():
    assert typed(married="perhaps").married.errors


def test_countries_are_sorted_in_the_readers_language_with_common_ones_first():
    codes = re.findall(r'<option value="([^"]*)"', country_options("da", ("DK", "SE"), ()))
    assert codes[:3] == ["", "DK", "SE"]
    assert len(codes) == len(set(codes)) > 200


def test_unions_and_pseudo_places_are_no_countries():
    assert not {"EU", "UN", "XA", "ZZ", "001"} & countries("en").keys()


def test_the_country_that_was_chosen_is_the_only_one_chosen():
    field = Journey(MultiDict({"to": "SE"})).to
    assert re.findall(r'<option value="([^"]*)" selected>', field.options()) == ["SE"]


def test_a_country_that_nobody_knows_is_refused_and_not_written_into_the_page():
    form = Journey(MultiDict({"to": '"><script>'}))
    assert not form.validate()
    assert "<script>" not in form.to.options()
