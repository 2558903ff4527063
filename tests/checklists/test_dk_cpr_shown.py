"""What the Danish checklist shows and asks, beyond what its cases can say: choices, originals, promises, questions."""

from dataclasses import replace

import pytest

from checklists.cases import situation_of
from checklists.compiler import compile_version
from checklists.rules import work_out


@pytest.fixture(scope="module")
def compiled():
    return compile_version("dk-cpr", "2026-11-01")


@pytest.fixture(scope="module")
def situation(compiled):
    """The situation of a case, with answers of the applicant changed if wanted."""
    checklist, definition = compiled.found.checklist, compiled.definition()

    def of(name, **changed):
        case = next(one for one in checklist.cases if one.name == name)
        found = situation_of(definition, case, checklist.case_defaults)
        first, *others = found.people
        return replace(found, people=(replace(first, answers={**first.answers, **changed}), *others))

    return of


@pytest.fixture(scope="module")
def worked_out(compiled, situation):
    definition = compiled.definition()
    return lambda name, **changed: work_out(definition, situation(name, **changed))


def asked(result, person):
    return {one.id for one in result.questions[person]}


SPANIARD = "A Spanish student alone, two years"
SWEDE = "A Swede whose driving licence does not show the place of birth"
INDIAN = "An Indian engineer alone, married in India, a copy is enough"
FAMILY = "An Indian family with a child, papers in English"
MOTHER = "A Polish mother, the father stays in Poland, they never married"
MARRIED_PARENTS = "Married parents, the father lives elsewhere in Denmark, only his consent is missing"


@pytest.mark.parametrize(
    ("case", "choices"),
    [
        (SPANIARD, ("passport", "national_id")),
        (SWEDE, ("passport", "national_id", "driving_licence")),
        (INDIAN, ("passport",)),
    ],
)
def test_who_may_show_what_as_identity(worked_out, case, choices):
    assert worked_out(case).demand("applicant", "passport").choices == choices


def test_the_marriage_certificate_is_brought_in_original_only_when_the_family_comes(worked_out):
    assert worked_out(FAMILY).demand("applicant", "marriage_certificate").original_at_meeting
    assert not worked_out(INDIAN).demand("applicant", "marriage_certificate").original_at_meeting


def test_one_marriage_certificate_serves_both_spouses(worked_out):
    family = worked_out(FAMILY)
    assert family.demand("applicant", "marriage_certificate").serves == ("applicant", "spouse")
    assert family.demand("spouse", "marriage_certificate") is None


def test_a_custody_decision_may_stand_for_consent_only_if_none_was_demanded_already(worked_out):
    assert "sole_custody" in worked_out(MARRIED_PARENTS).demand("child 1", "other_parent_consent").choices
    (maybe,) = worked_out(MOTHER).may_need
    assert "sole_custody" not in maybe.choices


def test_a_residence_document_may_be_promised_only_while_it_is_not_there(worked_out):
    assert worked_out(SPANIARD, has_eu_document="applied").demand("applicant", "eu_residence_document").may_follow
    assert not worked_out(SPANIARD).demand("applicant", "eu_residence_document").may_follow


def test_a_child_may_come_another_day_and_the_applicant_may_not(compiled):
    roles = compiled.definition().people
    assert roles["child"].may_follow
    assert not roles["applicant"].may_follow


def test_a_child_that_is_deferred_takes_its_papers_and_minutes_along(compiled, situation):
    family = situation(FAMILY)
    without = replace(family, people=tuple(one for one in family.people if one.role != "child"))
    left = work_out(compiled.definition(), without)
    assert left.demand("applicant", "marriage_certificate/apostille")
    assert not [one for one in left.demands if one.person == "child 1"]
    assert left.minutes == 14


def test_everyone_comes_to_the_meeting_children_too(worked_out):
    assert set(worked_out(FAMILY).attend) == {"applicant", "spouse", "child 1"}


def test_a_mover_from_a_nordic_country_is_asked_for_number_and_municipality_there(worked_out):
    nordic = {"nordic_number", "nordic_municipality"}
    assert nordic <= asked(worked_out(SWEDE), "applicant")
    assert not nordic & asked(worked_out(SPANIARD), "applicant")


def test_dates_of_civil_status_are_asked_only_of_those_who_were_married(worked_out):
    dates = {"civil_status_on", "civil_status_country", "civil_status_authority"}
    assert dates <= asked(worked_out(INDIAN), "applicant")
    assert not dates & asked(worked_out(SPANIARD), "applicant")


def test_danes_and_swedes_are_asked_for_no_ground_and_no_permit(worked_out):
    assert not {"ground", "has_permit", "has_eu_document", "lived_in_denmark"} & asked(worked_out(SWEDE), "applicant")


def test_whom_they_join_is_asked_only_of_those_who_join_their_family(worked_out):
    about = {"main_person", "main_person_number", "joins_as"}
    assert about <= asked(worked_out(SPANIARD, ground="family"), "applicant")
    assert not about & asked(worked_out(SPANIARD), "applicant")


def test_the_earlier_number_is_asked_only_of_those_who_had_one(worked_out):
    assert "earlier_cpr" in asked(worked_out(SPANIARD, earlier_number="yes_full"), "applicant")
    assert "earlier_cpr" not in asked(worked_out(SPANIARD), "applicant")


def test_the_reason_for_an_apostille_names_the_country_in_both_languages(compiled, worked_out):
    definition = compiled.definition()
    (reason,) = worked_out(FAMILY).demand("applicant", "marriage_certificate/apostille").reasons
    assert "India" in definition.say(reason, "en")
    assert "الهند" in definition.say(reason, "ar")


def test_the_own_municipality_is_the_door_of_those_it_registers_itself(worked_out):
    assert worked_out("An American in Furesø goes to the own municipality").door.next == "https://furesoe.dk"
    assert worked_out("An American joins his Danish wife in Aarhus, which we do not serve").door.next == (
        "https://international.aarhus.dk"
    )
