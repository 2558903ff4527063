import pytest

from offices.calendar import WeeklySpan
from offices.hours import faults_in_hours, faults_in_settings


def codes(faults):
    return [fault.code for fault in faults]


def test_several_spans_a_day_that_touch_are_fine():
    assert faults_in_hours([WeeklySpan(0, "12:00", "24:00", 1), WeeklySpan(0, "09:00", "12:00", 200)]) == []


@pytest.mark.parametrize(
    ("span", "code"),
    [
        (WeeklySpan(7, "09:00", "12:00", 1), "weekday_unknown"),
        (WeeklySpan(0, "9:00", "12:00", 1), "time_unknown"),
        (WeeklySpan(0, "09:60", "12:00", 1), "time_unknown"),
        (WeeklySpan(0, "24:00", "24:00", 1), "time_unknown"),
        (WeeklySpan(0, "12:00", "12:00", 1), "closes_before_it_opens"),
        (WeeklySpan(0, "09:00", "12:00", 0), "counters_out_of_range"),
        (WeeklySpan(0, "09:00", "12:00", 201), "counters_out_of_range"),
    ],
)
def test_a_span_that_makes_no_sense_is_named(span, code):
    (fault,) = faults_in_hours([span, WeeklySpan(1, "09:00", "12:00", 1)])
    assert fault.code == code
    assert fault.values["opens"] == span.opens


def test_spans_that_overlap_on_one_day_are_refused_and_on_two_days_are_not():
    one, other = WeeklySpan(0, "09:00", "12:00", 1), WeeklySpan(0, "11:50", "15:00", 1)
    assert codes(faults_in_hours([other, one])) == ["spans_overlap"]
    assert faults_in_hours([one, WeeklySpan(1, "11:50", "15:00", 1)]) == []


def test_every_wrong_setting_is_told_at_once():
    wrong = {"name": " ", "zone": "Europe/Nowhere", "country": "XX", "grid_minutes": 4, "modes": ["pigeon"]}
    assert set(codes(faults_in_settings(wrong))) == {
        "name_empty", "zone_unknown", "holidays_unknown", "grid_minutes_out_of_range", "modes_unknown",
    }  # fmt: skip


def test_settings_that_are_left_alone_are_not_judged():
    assert faults_in_settings({}) == []
