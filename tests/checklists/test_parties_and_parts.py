# ruff: noqa: E501  YAML of a test reads best on one line
"""Who answers without applying, parts that are only sometimes called for, and who comes to the meeting."""

import pytest

from tests.checklists.support import needs

PEOPLE = """
    applicant: {min: 1, max: 1, name: You}
    child: {max: 3, name: Your child}
    host: {max: 1, when: {hosted: true}, applies: false, name: Your host}
    deputy: {max: 1, when: {sends_deputy: true}, applies: false, name: Your deputy}
"""
QUESTIONS = """
    hosted: {per: file, type: yes_no, ask: a, required: true}
    sends_deputy: {per: file, type: yes_no, ask: a, required: true}
    sleepy: {per: person, type: yes_no, ask: a, required: true}
    guardians: {per: child, type: number, ask: a, required: true}
    owns: {per: host, type: yes_no, ask: a, required: true}
"""
PAGES = """[
    {id: p_file, title: The file, per: file, questions: [hosted, sends_deputy]},
    {id: p_person, title: Person, per: person, questions: [sleepy, guardians]},
    {id: p_host, title: Host, per: host, questions: [owns]}]
"""
DOCUMENTS = """
    - {id: card, name: Card, per: person, needed: always}
    - {id: couch, name: Picture of the couch, per: file, needed: {when: {count: person, at_least: 3}}}
    - {id: deed, name: Deed, per: host, needed: {when: {owns: true}}}
    - id: consent
      name: Consent
      per: child
      needed: always
      parts:
        - {id: form, name: Form}
        - {id: first_id, name: Card of a guardian}
        - {id: second_id, name: Card of the other guardian, when: {guardians: {at_least: 2}}}
    - id: power
      name: Power of attorney
      per: file
      needed: {when: {sends_deputy: true}}
      choices:
        - {id: paper, name: On paper, parts: [{id: letter, name: Letter}, {id: pillow, name: Pillow, when: {applicant.sleepy: true}}]}
        - {id: together, name: The host says so, instead: attends, who: host}
"""
MEETING = """
    minutes: {base: 10, per_extra_person: 5}
    attend: [child, {role: applicant, when: {sends_deputy: false}}, deputy]
"""
WAKEFUL = {"sleepy": False, "guardians": 1}


@pytest.fixture
def made(small):
    rules = "\n- {id: nap, then: flag, per: person, to: [desk], when: {sleepy: true}, say: <person> naps.}"
    found = small(people=PEOPLE, questions=QUESTIONS, pages=PAGES, documents=DOCUMENTS, meeting=MEETING, rules=rules)
    assert found.codes == [], found.compiled.errors
    return found


@pytest.fixture
def hosted(made):
    people = {"applicant": {"sleepy": False}, "child 1": WAKEFUL, "host": {"owns": True}}
    return made.work_out({"hosted": True, "sends_deputy": False}, people)


def test_a_party_is_asked_and_gives_its_own_papers(hosted):
    assert [question.id for question in hosted.questions["host"]] == ["owns"]
    assert needs(hosted)["host"] == ["deed"]


def test_a_party_is_no_person_who_applies(hosted):
    assert (hosted.people, hosted.parties) == (("applicant", "child 1", "host"), ("host",))
    assert "sleepy" not in [question.id for question in hosted.questions["host"]]
    assert "file" not in needs(hosted), "two who apply and a host are not three persons"
    assert hosted.minutes == 15


def test_a_party_comes_to_the_meeting_only_where_it_is_named(made, hosted):
    assert hosted.attend == ("applicant", "child 1")
    people = {"child 1": WAKEFUL, "deputy": {}}
    assert made.work_out({"hosted": False, "sends_deputy": True}, people).attend == ("child 1", "deputy")


def test_everyone_comes_does_not_mean_the_parties(small):
    made = small(people=PEOPLE, questions=QUESTIONS, pages=PAGES, documents=DOCUMENTS)
    result = made.work_out({"hosted": True, "sends_deputy": False}, {"host": {}, "child 1": {}})
    assert result.attend == ("applicant", "child 1")


def test_who_may_have_to_come_comes(made):
    assert "applicant" in made.work_out({"hosted": False}).attend


def test_a_party_that_comes_instead_of_a_paper_is_meant_by_its_role(made):
    people, papers = {"host": {}, "deputy": {}}, {"file power": {"choice": "together"}}
    result = made.work_out({"hosted": True, "sends_deputy": True}, people, papers)
    assert result.attend == ("deputy", "host")


def test_the_applicant_is_never_a_party(small):
    assert small(people="{applicant: {min: 1, max: 1, applies: false, name: You}}").codes == ["applicant"]


@pytest.mark.parametrize(("guardians", "parts"), [(1, ["form", "first_id"]), (2, ["form", "first_id", "second_id"])])
def test_a_part_is_called_for_only_when_its_condition_holds(made, guardians, parts):
    result = made.work_out({}, {"child 1": {"guardians": guardians}})
    assert [part for part, _ in result.demand("child 1", "consent").parts] == parts
    assert [one.item for one in result.unknowns if one.kind == "part"] == []


def test_a_part_of_which_nothing_is_known_is_not_asked_for_but_keeps_the_file_open(made):
    result = made.work_out({}, {"child 1": {}})
    assert result.demand("child 1", "consent").items == ("consent.form", "consent.first_id")
    assert [(one.person, one.item) for one in result.unknowns if one.kind == "part"] == [
        ("child 1", "consent.second_id")
    ]


def test_a_choices_own_parts_have_conditions_too(made):
    papers = {"file power": {"choice": "paper"}}
    asleep = made.work_out({"sends_deputy": True}, {"applicant": {"sleepy": True}}, papers)
    awake = made.work_out({"sends_deputy": True}, {"applicant": {"sleepy": False}}, papers)
    assert [one.demand(None, "power").items for one in (asleep, awake)] == [
        ("power.letter", "power.pillow"),
        ("power.letter",),
    ]


def test_what_a_part_hangs_on_is_known(made):
    assert made.definition.uses_of("consent.second_id") == {"guardians"}


def test_one_part_must_always_be_there(small):
    parts = "\n- {id: a, name: A, per: file, needed: always, parts: [{id: b, name: B, when: {x: true}}]}"
    made = small(questions="\nx: {per: file, type: yes_no, ask: a, required: true}", documents=parts)
    assert made.codes == ["parts"]


def test_cases_can_tell_parts(small):
    cases = """
        - {name: Two, children: [{guardians: 2}], needs: {applicant: [card], child 1: [card, consent]}, may_need: {}, parts: {child 1 consent: [form, first_id, second_id]}}
        - {name: One, children: [{guardians: 1}], needs: {applicant: [card], child 1: [card, consent]}, parts: {child 1 consent: [form, first_id, second_id]}}
    """
    defaults = "{today: 2026-03-02, file: {hosted: false, sends_deputy: false}}"
    made = small(
        people=PEOPLE, questions=QUESTIONS, pages=PAGES, documents=DOCUMENTS, cases=cases, case_defaults=defaults
    )
    assert [outcome.differences for outcome in made.outcomes()] == [
        (),
        ("parts child 1 consent: missing second_id",),
    ]
