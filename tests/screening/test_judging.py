"""From what was seen to a result. Nothing is called genuine, nothing blocks, and a child's words prove nothing."""

import datetime as dt

import pytest

from screening.asking import Answers, Asked, answers_from, usual_levels
from screening.judging import judge
from tests.screening import specimens

TODAY = dt.date(2026, 11, 25)
FIELDS = {"state": "UTO", "number": "L898902C3", "birth": "740812", "expiry": "320415", "sex": "F",
          "names": "ERIKSSON<<ANNA<MARIA"}  # fmt: skip
GOOD = {"lines": 12, "sharp": 0.3, "light": 200.0, "contrast": 120.0, "glare": 0.0, "text_height": 30.0,
        "at_edge": 0.0, "edges": []}  # fmt: skip
BAD = {**GOOD, "sharp": 0.05, "light": 30.0, "contrast": 20.0, "glare": 0.2, "at_edge": 0.5, "edges": ["left"]}


def page(first=None, second="same", measured=GOOD, text=(), **more):
    second = first if second == "same" else second
    zone = {"holds": True, "place": [0.1, 0.8, 0.8, 0.1], "first": told(first), "second": told(second)}
    return {"number": 0, "text": list(text), "legibility": measured, "zone": zone if first else None, **more}


def told(lines):
    return lines and {"lines": list(lines), "corrected": 0, "doubtful": False, "searched": False}


def zone(layout="TD3", **changed):
    return specimens.build(layout, **{**FIELDS, **changed})


def asked(document="passport", answers=None, **levels):
    return Asked(document, TODAY, {**usual_levels(document), **levels}, answers or Answers())


def test_a_zone_that_two_readers_read_alike_is_verified():
    found = judge(asked(), [page(zone())])
    assert (found.result, found.kind, found.findings) == ("verified", "passport", ())
    assert found.mrz["fields"]["number"] == "L898902C3"
    assert (found.mrz["check_digits_valid"], found.mrz["agreed"]) == (True, True)


def test_a_verified_zone_silences_every_complaint_about_the_picture():
    assert judge(asked(), [page(zone(), measured=BAD)]).findings == ()


def test_without_a_zone_the_same_picture_is_complained_about():
    found = judge(asked(), [page(measured=BAD, text=["PASSPORT of somebody in Utopia"])])
    assert {"blurred", "dark", "glare", "cut_off", "zone_missing"} <= found.codes
    assert found.result == "look_again"


@pytest.mark.parametrize("second", [None, zone(number="L898902D3"), zone(birth="740813"), zone(expiry="330415")])
def test_one_reader_alone_verifies_nothing(second):
    found = judge(asked(), [page(zone(), second)])
    assert (found.result, found.mrz["agreed"]) == ("look_again", False)
    assert "zone_unsure" in found.codes


def test_two_readings_that_a_search_found_verify_nothing():
    seen = page(zone())
    for which in ("first", "second"):
        seen["zone"][which]["searched"] = True
    assert judge(asked(), [seen]).result == "look_again"


def test_a_value_whose_check_digit_fails_is_not_told():
    top, low = zone()
    found = judge(asked(), [page((top, low.replace("L898902C3", "L898907C3")))])
    assert (found.mrz["fields"]["number"], found.mrz["fields"]["birth_date"]) == (None, "1974-08-12")


def test_another_persons_passport_is_looked_at_again():
    found = judge(asked(answers=Answers("Sven Eriksson")), [page(zone())])
    assert (found.result, found.codes) == ("look_again", {"name_differs"})


def test_own_name_birth_and_number_pass():
    names = {"given_names": "Anna", "surname": "Eriksson"}
    own = answers_from({**names, "birth_date": "1974-08-12", "number": "l898902c3"})
    assert judge(asked(answers=own), [page(zone())]).result == "verified"


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (Answers(birth_date=dt.date(1974, 8, 13)), "birth_date_differs"),
        (Answers(number="L898902C4"), "number_differs"),
        (Answers(number="L8989O2C3"), "number_looks_alike"),
        (Answers(expires_on=dt.date(2032, 4, 16)), "expiry_differs"),
    ],
)
def test_what_differs_from_the_answers_is_told_at_its_place(answers, code):
    found = judge(asked(answers=answers), [page(zone())])
    assert found.codes == {code}
    assert found.findings[0].where == {"page": 0, "place": [0.1, 0.8, 0.8, 0.1]}


def test_an_unknown_day_of_birth_contradicts_no_answer():
    found = judge(asked(answers=Answers(birth_date=dt.date(1974, 8, 12))), [page(zone(birth="740000"))])
    assert found.result == "verified"


def test_an_expired_passport_is_told_and_still_read():
    found = judge(asked(), [page(zone(expiry="261124"))])
    assert (found.result, found.codes, found.mrz["agreed"]) == ("look_again", {"expired"}, True)
    assert judge(asked(), [page(zone(expiry="261125"))]).result == "verified"


def test_the_level_is_the_checklists():
    found = judge(asked(name="must", answers=Answers("Sven Eriksson")), [page(zone())])
    assert [finding.level for finding in found.findings] == ["must"]


def test_what_is_not_asked_is_not_said():
    only = Asked("passport", TODAY, {"mrz": "look"}, Answers("Sven Eriksson", dt.date(2000, 1, 1)))
    assert judge(only, [page(zone())]).findings == ()


def test_a_visa_in_the_place_of_a_passport_is_told():
    assert judge(asked(), [page(zone("MRV-A"))]).codes == {"kind_differs"}


def test_a_payslip_in_the_place_of_a_bank_statement_is_told():
    found = judge(asked("bank_statement"), [page(text=["Payslip", "Gross pay 3000 Net pay 2000", "Taxcode 12 L"])])
    assert (found.result, found.kind, found.codes) == ("look_again", "payslip", {"kind_differs"})


def test_a_contract_in_another_name_is_told():
    text = ["LEASE AGREEMENT", "Landlord: Peter Hall", "Tenant: Lisa Berg", "Monthly rent 900"]
    own, other = (judge(asked("tenancy_contract", Answers(name)), [page(text=text)]) for name in ("Lisa Berg", "Jo Li"))
    assert (own.result, own.codes) == ("verified", set())
    assert (other.result, other.codes) == ("look_again", {"name_missing"})


def test_an_empty_page_could_not_be_read():
    empty = {**GOOD, "lines": 0, "contrast": 3.0}
    found = judge(asked("payslip"), [page(measured=empty)])
    assert found.result == "could_not_read"
    assert "blank" in found.codes


def test_no_page_at_all_could_not_be_read():
    assert judge(asked(), []).result == "could_not_read"


def test_lines_with_other_characters_are_no_zone_whoever_says_so():
    found = judge(asked(), [page(("P<" + "é" * 42, "1" * 44))])
    assert (found.mrz, found.result) == (None, "could_not_read")
