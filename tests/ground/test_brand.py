"""Colours a city may choose, and those nobody could read."""

import pytest

from brand import Brand, contrast, faults_in


def test_our_own_colours_can_be_read():
    assert faults_in(Brand()) == []


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1)])
def test_contrast_runs_from_one_to_twenty_one(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio)
    assert contrast(other, one) == pytest.approx(ratio)


def test_the_grey_that_just_passes_and_the_one_that_just_fails():
    assert contrast("#767676", "#ffffff") > 4.5
    assert contrast("#777777", "#ffffff") < 4.5


def test_a_faint_colour_is_named_with_every_ground_it_fails_on():
    faults = faults_in(Brand(sea="#8fd3e0"))
    assert len(faults) == 2
    assert all("BRAND_SEA on" in fault for fault in faults)


def test_a_malformed_colour_is_one_fault_not_several():
    assert faults_in(Brand(ink="red; background:url(x)")) == ["BRAND_INK must be a colour written as #rrggbb"]


def test_a_house_without_a_name_is_refused():
    assert len(faults_in(Brand(name=" "))) == 1
