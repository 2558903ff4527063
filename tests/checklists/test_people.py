# ruff: noqa: E501  YAML of a test reads best on one line
"""Who is on the file, who must be, who may be, and what the meeting needs of them."""

import pytest

from tests.checklists.support import may_need, needs

PEOPLE = """
    applicant: {min: 1, max: 1, name: You}
    spouse: {max: 1, when: {married: true}, name: Your spouse}
    child: {max: 2, when: {children: true}, name: Your child, may_follow: true}
    guest: {max: 2, name: Your guest}
"""
QUESTIONS = """
    married: {per: file, type: yes_no, ask: a, required: true}
    children: {per: file, type: yes_no, ask: a, required: true}
    from_here: {per: person, type: yes_no, ask: a, required: true}
"""
DOCUMENTS = """
    - {id: card, name: Card, per: person, needed: always}
    - {id: family, name: Family book, per: file, needed: {when: {some: child, with: {from_here: true}}}}
    - {id: couple, name: Certificate, per: file, needed: {when: {spouse.from_here: true}}}
    - {id: many, name: Permit for many, per: file, needed: {when: {count: person, at_least: 3}}}
"""
MEETING = """
    modes: [office, video]
    minutes: {base: 20, per_extra_person: 5, at_most: 30, add: [{when: {married: true}, minutes: 3, because: you are two}]}
    attend: [applicant, spouse]
    confirm: [identity]
"""


@pytest.fixture
def made(small):
    found = small(people=PEOPLE, questions=QUESTIONS, documents=DOCUMENTS, meeting=MEETING)
    assert found.codes == [], found.compiled.errors
    return found


@pytest.mark.parametrize(
    ("married", "wanted", "missing", "free"), [(True, "yes", 1, 1), (False, "no", 0, 0), (None, "unknown", 0, 1)]
)
def test_a_role_must_may_or_must_not_be_filled(made, married, wanted, missing, free):
    role = made.work_out({} if married is None else {"married": married}).roles["spouse"]
    assert (role.wanted, role.missing, role.free) == (wanted, missing, free)


def test_a_filled_role_is_missing_nobody(made):
    roles = made.work_out({"married": True, "children": True}, {"spouse": {}, "child 1": {}}).roles
    assert (roles["spouse"].missing, roles["spouse"].free, roles["child"].free, roles["applicant"].missing) == (
        0,
        0,
        1,
        0,
    )


def test_persons_of_a_role_that_is_not_wanted_are_put_aside_not_deleted(made):
    result = made.work_out({"married": False}, {"spouse": {"from_here": True}})
    assert (result.aside, result.people) == (("spouse",), ("applicant",))
    assert needs(result) == {"applicant": ["card"]}
    assert "spouse" not in result.questions
    assert needs(made.work_out({"married": True}, {"spouse": {"from_here": True}}))["spouse"] == ["card"]


def test_somebody_who_must_still_come_is_unknown_not_nothing(made):
    result = made.work_out({"married": True, "children": True})
    assert may_need(result) == ["family", "couple"]
    assert needs(result)["file"] == ["many"]
    assert result.can_be_sent is False


def test_somebody_who_may_still_come_keeps_the_count_open(made):
    assert may_need(made.work_out({})) == ["family", "couple", "many"]


def test_a_role_without_when_is_empty_by_choice(made):
    result = made.work_out({"married": False, "children": False})
    assert may_need(result) == []
    assert (result.roles["guest"].wanted, result.roles["guest"].missing) == ("unknown", 0)


def test_those_who_are_there_are_all_there_are(made):
    answers = {"married": False, "children": True}
    assert may_need(made.work_out(answers, {"child 1": {"from_here": False}})) == []


def test_minutes_grow_with_persons_and_reasons_up_to_the_limit(made):
    assert made.work_out({"married": False, "children": False}).minutes == 20
    result = made.work_out({"married": True, "children": False}, {"spouse": {}})
    assert result.minutes == 28
    assert [said.path for said in result.meeting.because] == ["meeting.minutes.add.1.because"]
    assert made.work_out({"married": True, "children": True}, {"spouse": {}, "child 1": {}}).minutes == 30


def test_those_who_must_come_are_named_by_role(made):
    result = made.work_out({"married": True, "children": True}, {"spouse": {}, "child 1": {}})
    assert result.attend == ("applicant", "spouse")
    assert (result.meeting.modes, result.meeting.confirm) == (("office", "video"), ("identity",))


def test_a_person_of_an_unknown_role_is_ignored(made):
    assert needs(made.work_out({}, {"uncle": {}})) == needs(made.work_out({}))


def test_questions_come_in_the_order_of_triage_and_pages(small):
    made = small(
        people=PEOPLE,
        questions=QUESTIONS,
        triage="[children, applicant.from_here]",
        pages="[{id: a, title: A, per: file, questions: [married]}, {id: b, title: B, per: person, questions: [from_here]}]",
    )
    asked = made.work_out({"married": True}).questions
    assert [(one.id, one.page, one.in_triage, one.state) for one in asked[None]] == [
        ("children", None, True, "missing"),
        ("married", "a", False, "answered"),
    ]
    assert [(one.id, one.page, one.in_triage) for one in asked["applicant"]] == [("from_here", "b", True)]


def test_questions_for_staff_are_told_apart_and_do_not_stop_sending(small):
    questions = """
        married: {per: file, type: yes_no, ask: a, required: true}
        checked: {per: applicant, type: yes_no, ask: a, required: true, asked_of: staff}
    """
    made = small(questions=questions, pages="[{id: a, title: A, per: file, questions: [married]}]", triage="[]")
    result = made.work_out({"married": True})
    assert [(one.id, one.asked_of) for one in result.missing_answers] == [("checked", "staff")]
    assert result.can_be_sent is True
    assert [one.id for one in result.questions["applicant"]] == ["checked"]


@pytest.mark.parametrize("broken", [["a"], {"x": 1}, 7, "9" * 400, None, b"x", float("nan"), [["a"], {}]])
def test_nonsense_among_stored_answers_never_breaks_anything(made, broken):
    result = made.work_out(
        {"married": broken, "children": broken, "unheard_of": broken},
        {"applicant": {"from_here": broken}, "child 1": {"from_here": broken}},
    )
    assert result.door is None
    assert "card" in needs(result)["applicant"]
