# ruff: noqa: E501  YAML of a test reads best on one line
"""Rules: stop, route, wait, leave out, flag; before sending they act, after it they tell staff."""

from datetime import date

import pytest

from tests.checklists.support import TODAY, needs

PEOPLE = "{applicant: {min: 1, max: 1, name: You}, child: {max: 3, name: Your child}}"
QUESTIONS = """
    months: {per: file, type: number, ask: a, required: true}
    from_on: {per: file, type: date, ask: a, required: true}
    permit: {per: person, type: yes_no, ask: a, required: true}
    full_name: {per: person, type: name, ask: a}
"""
RULES = """
    - {id: short, then: stop, when: {months: {less_than: 3}}, say: Too short., next: "https://example.org/short"}
    - {id: other, then: route, when: {months: {less_than: 6}}, say: Go there., next: "https://example.org/other"}
    - {id: no_permit, then: stop, per: person, when: {role: applicant, permit: false}, say: <person> needs a permit.}
    - {id: child_stays, then: leave_out, per: person, when: {role: child, permit: false}, say: <person> stays.}
    - {id: early, then: wait, until: from_on - 1 month, say: You can send this from <until>.}
    - {id: later, then: wait, until: from_on - 1 week, when: {months: 12}, say: You can send this from <until>.}
    - {id: family, then: flag, to: [caseworker, desk], when: {count: person, at_least: 2}, say: A family.}
    - {id: permitted, then: flag, to: [applicant], per: person, when: {permit: true}, say: <person> has a permit.}
"""
DOCUMENTS = "[{id: card, name: Card, per: person, needed: always}]"


@pytest.fixture
def made(small):
    found = small(people=PEOPLE, questions=QUESTIONS, rules=RULES, documents=DOCUMENTS)
    assert found.codes == [], found.compiled.errors
    return found


def test_the_first_stop_or_route_that_holds_is_the_door(made):
    door = made.work_out({"months": 2}).door
    assert (door.rule, door.kind, door.next) == ("short", "stop", "https://example.org/short")
    assert made.work_out({"months": 4}).door.rule == "other"
    assert made.work_out({"months": 6}).door is None
    assert made.work_out({}).door is None


def test_a_stop_per_person_says_which_person(made):
    door = made.work_out({"months": 8}, {"applicant": {"permit": False, "full_name": "Amira"}}).door
    assert (door.person, made.definition.say(door.said, "en")) == ("applicant", "Amira needs a permit.")


def test_after_sending_a_stop_is_a_flag_for_the_caseworker_and_shuts_no_door(made):
    result = made.work_out({"months": 2}, sent_on=date(2026, 2, 1))
    assert result.door is None
    assert [(flag.rule, flag.to) for flag in result.flags] == [("short", ("caseworker",)), ("other", ("caseworker",))]


def test_sending_opens_on_the_latest_waiting_day(made):
    answers = {"months": 12, "from_on": "2026-06-30"}
    wait = made.work_out(answers).wait
    assert (wait.rule, wait.until_on) == ("later", date(2026, 6, 23))
    assert made.definition.say(wait.said, "en") == "You can send this from June 23, 2026."
    assert made.work_out({**answers, "months": 8}).wait.until_on == date(2026, 5, 30)
    assert made.work_out(answers, today=date(2026, 6, 23)).wait is None
    assert made.work_out(answers, sent_on=TODAY).wait is None
    assert made.work_out({"months": 12}).wait is None


def test_who_is_left_out_is_asked_for_no_paper_and_counts_for_nothing(made):
    people = {"applicant": {"permit": True}, "child 1": {"permit": False}, "child 2": {"permit": True}, "child 3": {}}
    result = made.work_out({"months": 8}, people)
    assert result.left_out == {"child_stays": ("child 1",)}
    assert set(needs(result)) == {"applicant", "child 2", "child 3"}
    assert result.attend == ("applicant", "child 2", "child 3")
    assert ("leave_out", "child 3", "child_stays") in [(one.kind, one.person, one.item) for one in result.unknowns]


def test_the_one_left_out_still_sees_the_question_that_can_bring_her_back(made):
    result = made.work_out({"months": 8}, {"applicant": {"permit": True}, "child 1": {"permit": False}})
    assert [one.id for one in result.questions["child 1"]] == ["permit", "full_name"]
    assert all(one.person != "child 1" for one in result.missing_answers)


def test_counting_comes_after_leaving_out(made):
    alone = made.work_out({"months": 8}, {"applicant": {"permit": True}, "child 1": {"permit": False}})
    assert "family" not in [flag.rule for flag in alone.flags]
    assert alone.minutes == 10


def test_after_sending_nobody_is_left_out_anew_but_staff_are_told(made):
    people = {"applicant": {"permit": True}, "child 1": {"permit": False}}
    result = made.work_out({"months": 8}, people, sent_on=date(2026, 2, 1))
    assert result.left_out == {}
    assert "child 1" in needs(result)
    assert ("child_stays", "child 1", ("caseworker",)) in [(flag.rule, flag.person, flag.to) for flag in result.flags]


def test_who_was_left_out_at_sending_stays_out_while_the_rule_holds(made):
    people = {"applicant": {"permit": True}, "child 1": {"permit": False}}
    more = {"sent_on": date(2026, 2, 1), "left_out": frozenset({"child 1"})}
    still_out = made.work_out({"months": 8}, people, **more)
    assert still_out.left_out == {"child_stays": ("child 1",)}
    assert "child_stays" not in [flag.rule for flag in still_out.flags]
    people["child 1"] = {"permit": True}
    assert made.work_out({"months": 8}, people, **more).left_out == {}


def test_flags_go_to_those_they_name(made):
    result = made.work_out({"months": 8}, {"applicant": {"permit": True}, "child 1": {"permit": True}})
    assert [(flag.rule, flag.person, flag.to) for flag in result.flags] == [
        ("family", None, ("caseworker", "desk")),
        ("permitted", "applicant", ("applicant",)),
        ("permitted", "child 1", ("applicant",)),
    ]


def test_the_next_address_may_come_from_the_municipality(small):
    towns = """
        shared: towns
        version: 2026-01-01
        municipalities: {lund: {name: Lund, page: "https://lund.example"}}
    """
    made = small(
        questions="\ntown: {per: file, type: municipality, ask: a, required: true}\n",
        settings="{page: {type: url, default: null}}",
        rules='[{id: away, then: route, when: {town: lund}, say: "<municipality.name> does it itself.", next: "<municipality.page>"}]',
        shared={"towns": towns},
    )
    door = made.work_out({"town": "lund"}).door
    assert (door.next, made.definition.say(door.said, "en")) == ("https://lund.example", "Lund does it itself.")
