# ruff: noqa: E501  YAML of a test reads best on one line
"""Whose value a name means, and what each comparison says."""

from datetime import date

import pytest

from checklists.situation import EMPTY, NOT_SURE
from tests.checklists.support import may_need, needs

PEOPLE = "{applicant: {min: 1, max: 1, name: You}, spouse: {max: 1, name: Spouse}, child: {max: 3, name: Child}}"
QUESTIONS = """
    months: {per: file, type: number, ask: a, required: true}
    moves_on: {per: file, type: date, ask: a, required: true}
    coming: {per: file, type: yes_no, ask: a, required: true}
    relatives: {per: file, type: group, ask: a, fields: {full_name: {type: text, ask: a}}}
    citizenship: {per: person, type: country, many: true, ask: a, required: true}
    job: {per: applicant, type: choice, options: [work, study], ask: a, required: true, not_sure: true}
    nickname: {per: applicant, type: text, ask: a}
"""


def document(condition: str, per: str = "file") -> str:
    return f"[{{id: paper, name: Paper, per: {per}, needed: {{when: {condition}, because: it is so}}}}]"


@pytest.fixture
def decide(small):
    """decide(condition, answers, people) -> demanded True, not False, may be None."""

    def decided(condition, answers=None, people=None, *, per="file", **more):
        made = small(people=PEOPLE, questions=QUESTIONS, documents=document(condition, per), **more)
        assert made.codes == [], made.compiled.errors
        result = made.work_out(answers, people)
        return True if result.demands else None if result.may_need else False

    return decided


@pytest.mark.parametrize(
    ("condition", "months", "demanded"),
    [
        ("{months: 3}", 3, True), ("{months: 3}", 4, False), ("{months: 3}", None, None),
        ("{months: {is_not: 3}}", 4, True), ("{months: {in: [3, 4]}}", 4, True), ("{months: {not_in: [3]}}", 3, False),
        ("{months: {less_than: 3}}", 3, False), ("{months: {at_most: 3}}", 3, True),
        ("{months: {at_least: 3}}", 3, True), ("{months: {more_than: 3}}", 3, False),
        ("{months: {at_least: 3, less_than: 5}}", 4, True), ("{months: {at_least: 3, less_than: 5}}", 5, False),
        ("{not: {months: 3}}", 3, False), ("{not: {months: 3}}", None, None),
        ("{any: [{months: 3}, {months: 4}]}", 4, True), ("{all: [{months: 3}, {months: 4}]}", 4, False),
        ("{months: {answered: true}}", None, False), ("{months: {answered: false}}", None, True),
    ],
)  # fmt: skip
def test_numbers_are_compared(decide, condition, months, demanded):
    assert decide(condition, {} if months is None else {"months": months}) is demanded


@pytest.mark.parametrize(
    ("condition", "demanded"),
    [
        ("{moves_on: {before: 2026-05-02}}", True), ("{moves_on: {before: 2026-05-01}}", False),
        ("{moves_on: {on_or_before: 2026-05-01}}", True), ("{moves_on: {after: 2026-05-01}}", False),
        ("{moves_on: {on_or_after: sent + 2 months - 1 day}}", None), ("{moves_on: {on_or_after: sent + 8 weeks}}", True),
        ("{moves_on: {after: sent + 60 days}}", False), ("{moves_on: 2026-05-01}", True),
    ],
)  # fmt: skip
def test_dates_are_compared_with_date_expressions(small, decide, condition, demanded):
    if demanded is None:
        made = small(people=PEOPLE, questions=QUESTIONS, documents=document(condition))
        assert made.codes == ["date"]
    else:
        assert decide(condition, {"moves_on": "2026-05-01"}) is demanded


@pytest.mark.parametrize(
    ("condition", "demanded"),
    [
        ("{applicant.citizenship: {has_any: [SE, NO]}}", True),
        ("{applicant.citizenship: {has_all: [SE, FI]}}", True),
        ("{applicant.citizenship: {has_all: [SE, NO]}}", False),
        ("{applicant.citizenship: {has_none: [NO]}}", True),
    ],
)
def test_sets_are_compared(decide, condition, demanded):
    assert decide(condition, {}, {"applicant": {"citizenship": ["SE", "FI"]}}) is demanded


def test_i_do_not_know_is_unknown_to_every_comparison_but_its_own(decide):
    people = {"applicant": {"job": NOT_SURE}}
    assert decide("{applicant.job: work}", {}, people) is None
    assert decide("{applicant.job: not_sure}", {}, people) is True
    assert decide("{applicant.job: {answered: false}}", {}, people) is True


def test_an_optional_question_left_empty_is_nothing_and_an_unseen_one_is_unknown(decide):
    assert decide("{applicant.nickname: {is: Bo}}", {}, {"applicant": {}}) is None
    assert decide("{applicant.nickname: {is: Bo}}", {}, {"applicant": {"nickname": EMPTY}}) is False
    assert decide("{applicant.nickname: {is_not: Bo}}", {}, {"applicant": {"nickname": EMPTY}}) is True


def test_bare_names_belong_to_the_subject(small):
    made = small(people=PEOPLE, questions=QUESTIONS, documents=document("{citizenship: {has_any: [SE]}}", "person"))
    result = made.work_out(
        {}, {"applicant": {"citizenship": ["DK"]}, "child 1": {"citizenship": ["SE"]}, "child 2": {}}
    )
    assert needs(result) == {"child 1": ["paper"]}
    assert [one.person for one in result.may_need] == ["child 2"]


def test_a_question_of_another_role_is_nothing(decide):
    assert decide("{job: work}", {}, {"applicant": {"job": "study"}, "child 1": {}}, per="person") is False
    assert decide("{role: child, job: {is_not: work}}", {}, {"child 1": {}}, per="person") is True


@pytest.mark.parametrize(
    ("condition", "children", "demanded"),
    [
        ("{some: child, with: {citizenship: {has_any: [SE]}}}", [["SE"], None], True),
        ("{some: child, with: {citizenship: {has_any: [SE]}}}", [["DK"], None], None),
        ("{some: child, with: {citizenship: {has_any: [SE]}}}", [["DK"]], False),
        ("{every: child, with: {citizenship: {has_any: [SE]}}}", [], True),
        ("{every: child, with: {citizenship: {has_any: [SE]}}}", [["SE"], None], None),
        ("{every: child, with: {citizenship: {has_any: [SE]}}}", [["DK"], None], False),
        ("{count: child, with: {citizenship: {has_any: [SE]}}, at_least: 2}", [["SE"], ["SE"], None], True),
        ("{count: child, with: {citizenship: {has_any: [SE]}}, at_least: 3}", [["SE"], ["SE"], None], None),
        ("{count: child, with: {citizenship: {has_any: [SE]}}, at_most: 1}", [["SE"], ["SE"], None], False),
        ("{count: person, at_least: 3}", [["SE"], ["SE"]], True),
        ("{count: person, at_least: 3}", [["SE"]], False),
    ],
)
def test_people_are_counted(decide, condition, children, demanded):
    people = {f"child {n}": {} if c is None else {"citizenship": c} for n, c in enumerate(children, 1)}
    assert decide(condition, {}, people) is demanded


def test_a_person_who_is_not_there_is_nothing(decide):
    assert decide("{spouse.citizenship: {has_any: [SE]}}") is False
    assert decide("{spouse.citizenship: {has_none: [SE]}}") is True


def test_groups_are_counted(decide):
    assert decide("{count: relatives, at_least: 2}", {"relatives": [{"full_name": "A"}, {"full_name": "B"}]}) is True
    assert decide("{relatives: {count: {at_least: 2}}}", {"relatives": [{"full_name": "A"}]}) is False
    assert decide("{relatives: {answered: true}}", {"relatives": EMPTY}) is False
    assert decide("{count: relatives, at_least: 1}") is None


def test_a_hidden_question_is_nothing_and_its_answer_comes_back(small):
    questions = """
        coming: {per: file, type: yes_no, ask: a, required: true}
        how: {per: file, type: choice, options: [car, train], ask: a, when: {coming: true}, required: true}
    """
    made = small(questions=questions, documents=document("{how: {is_not: train}}"))
    answered = {"how": "train", "coming": False}
    assert needs(made.work_out(answered)) == {"file": ["paper"]}
    assert [one.id for one in made.work_out(answered).questions[None]] == ["coming"]
    assert needs(made.work_out({**answered, "coming": True})) == {}


def test_an_answer_to_a_question_that_may_be_hidden_is_that_or_nothing(small):
    questions = """
        coming: {per: file, type: yes_no, ask: a, required: true}
        how: {per: file, type: choice, options: [car, train], ask: a, when: {coming: true}, required: true}
    """
    given = {"how": "train"}
    assert may_need(small(questions=questions, documents=document("{how: train}")).work_out(given)) == ["paper"]
    result = small(questions=questions, documents=document("{how: car}")).work_out(given)
    assert (needs(result), may_need(result)) == ({}, [])


def test_figures_and_terms_are_used_like_answers(small):
    questions = "\nborn: {per: person, type: date, ask: a, required: true}\n"
    worked_out = """
        age: {per: person, years_from: born, to: sent}
        grown: {per: person, say: <person> is grown, when: {age: {at_least: 18}}}
        all_grown: {per: file, when: {every: person, with: {grown: true}}}
        months: {per: person, months_from: born, to: sent}
        days: {per: person, days_from: born, to: sent}
    """
    condition = "{grown: true, months: {at_least: 216}, days: {more_than: 6500}}"
    made = small(people=PEOPLE, questions=questions, worked_out=worked_out, documents=document(condition, "person"))
    result = made.work_out({}, {"applicant": {"born": "2008-03-02"}, "child 1": {"born": "2008-03-03"}, "child 2": {}})
    assert needs(result) == {"applicant": ["paper"]}
    assert [one.person for one in result.may_need] == ["child 2"]


def test_an_age_is_counted_to_the_day_of_sending_and_then_frozen(small):
    questions = "\nborn: {per: person, type: date, ask: a, required: true}\n"
    made = small(
        questions=questions,
        worked_out="{age: {per: person, years_from: born, to: sent}}",
        documents=document("{age: {less_than: 18}}", "person"),
    )
    people = {"applicant": {"born": "2008-03-02"}}
    assert needs(made.work_out({}, people, today=date(2026, 3, 5), sent_on=date(2026, 3, 1))) == {
        "applicant": ["paper"]
    }
    assert needs(made.work_out({}, people, today=date(2026, 3, 5))) == {}


def test_a_papers_facts_are_those_of_the_subject_or_of_the_file(small):
    documents = """
        - {id: card, name: Card, per: person, needed: always, facts: {blue: {type: yes_no, ask: a}}}
        - {id: lease, name: Lease, per: file, needed: always, facts: {short: {type: yes_no, ask: a}}}
        - {id: paper, name: Paper, per: person, needed: {when: {card.blue: true, lease.short: true}}}
        - {id: other, name: Other, per: file, needed: {when: {applicant.card.blue: true}}}
    """
    made = small(people=PEOPLE, documents=documents)
    papers = {"applicant card": {"blue": True}, "child 1 card": {"blue": False}, "file lease": {"short": True}}
    result = made.work_out({}, {"child 1": {}}, papers)
    assert needs(result)["applicant"] == ["card", "paper"]
    assert needs(result)["child 1"] == ["card"]
    assert needs(result)["file"] == ["lease", "other"]


def test_a_paper_that_is_not_demanded_has_no_facts(small):
    documents = """
        - {id: card, name: Card, per: file, needed: {when: {coming: true}}, facts: {blue: {type: yes_no, ask: a}}}
        - {id: paper, name: Paper, per: file, needed: {when: {card.blue: true}}}
        - {id: other, name: Other, per: file, needed: {when: {card.blue: {is_not: true}}}}
    """
    made = small(questions="\ncoming: {per: file, type: yes_no, ask: a, required: true}\n", documents=documents)
    papers = {"file card": {"blue": True}}
    assert needs(made.work_out({"coming": False}, papers=papers)) == {"file": ["other"]}
    assert needs(made.work_out({"coming": True}, papers=papers)) == {"file": ["card", "paper"]}
    assert may_need(made.work_out({}, papers=papers)) == ["card", "paper", "other"]


def test_a_paper_that_was_sent_can_cancel_another(small):
    documents = """
        - {id: lease, name: Lease, per: file, needed: always, optional: true}
        - {id: consent, name: Consent, per: file, needed: {when: {lease.present: false}}}
    """
    made = small(documents=documents)
    assert needs(made.work_out()) == {"file": ["lease", "consent"]}
    assert needs(made.work_out(papers={"file lease": {"sent": True}})) == {"file": ["lease"]}
