"""Assumed may demand, read may only fill in, stated is used, seen is strongest."""

import pytest

from checklists.situation import ASSUMED, READ, SEEN, STATED, Fact
from tests.checklists.support import may_need, needs

QUESTIONS = """
    home: {per: applicant, type: country, ask: a, required: true}
    born: {per: applicant, type: date, ask: a, required: true, prefill: card.born}
"""
DOCUMENTS = """
    - id: card
      name: Card
      per: applicant
      needed: always
      facts:
        country: {type: country, ask: a, prefill: home}
        born: {type: date, read_by: mrz, known: review}
        ends: {type: date, ask: a}
      checks: [{that: {document.ends: {on_or_after: meeting}}, else: expired}]
      attach: [{id: stamp, name: Stamp, because: b, needed: {when: {document.country: BR}}}]
    - {id: school, name: School, per: applicant, needed: {when: {born: {after: 2010-01-01}}}}
"""


@pytest.fixture
def made(small):
    return small(
        questions=QUESTIONS,
        documents=DOCUMENTS,
        rules="[{id: brazil, then: stop, when: {applicant.card.country: BR}, say: Not from there.}]",
    )


def test_an_assumed_value_demands_but_only_probably_and_completes_nothing(made):
    result = made.work_out({}, {"applicant": {"home": "BR", "born": "2000-01-01"}})
    stamp = result.demand("applicant", "card/stamp")
    assert stamp.probably is True
    assert [one.item for one in result.unknowns if one.kind == "assumed"] == ["card/stamp"]
    assert result.demands[0].missing_facts == ("country", "ends")


def test_an_assumed_value_refuses_nobody(made):
    assert made.work_out({}, {"applicant": {"home": "BR"}}).door is None
    assert made.work_out({}, {"applicant": {"home": "BR"}}, {"applicant card": {"country": "BR"}}).door.rule == "brazil"


def test_an_assumed_no_keeps_the_file_from_being_complete(made):
    result = made.work_out({}, {"applicant": {"home": "SE", "born": "2000-01-01"}})
    assert needs(result) == {"applicant": ["card"]}
    assert may_need(result) == []
    assert [(one.kind, one.item) for one in result.unknowns if one.item == "card/stamp"] == [("assumed", "card/stamp")]


def test_a_stated_value_is_certain(made):
    result = made.work_out({}, {"applicant": {"home": "SE"}}, {"applicant card": {"country": "BR"}})
    assert result.demand("applicant", "card/stamp").probably is False


def test_what_a_machine_read_demands_nothing_but_fills_the_form(made):
    read = {"applicant card": {"born": Fact("2015-05-05", READ)}}
    result = made.work_out({}, {"applicant": {}}, read)
    assert "school" not in needs(result)["applicant"]
    assert may_need(result)[-1] == "school"
    (asked,) = [one for one in result.questions["applicant"] if one.id == "born"]
    assert (asked.state, str(asked.value)) == ("prefilled", "2015-05-05")
    assert ("born", "applicant") in [(one.id, one.person) for one in result.missing_answers]


@pytest.mark.parametrize(
    ("trust", "state"), [(ASSUMED, "to_decide"), (READ, "fails"), (STATED, "fails"), (SEEN, "fails")]
)
def test_a_check_fails_on_a_readers_word_but_not_on_a_guess(made, trust, state):
    result = made.work_out({}, {}, {"applicant card": {"ends": Fact("2020-01-01", trust)}})
    (check,) = result.demands[0].checks
    assert check.state == state
    assert check.trust == (None if trust == ASSUMED else trust)


def test_the_strongest_word_counts_and_a_weaker_one_that_differs_is_told(made):
    facts = {"country": (Fact("SE", STATED), Fact("BR", SEEN), Fact("DE", READ))}
    result = made.work_out({}, {}, {"applicant card": facts})
    (fact,) = [one for one in result.demands[0].facts if one.id == "country"]
    assert (fact.value, fact.trust, fact.differs) == ("BR", SEEN, True)
    assert result.demand("applicant", "card/stamp") is not None


def test_an_answer_filled_in_from_another_person_waits_for_a_yes(small):
    people = "{applicant: {min: 1, max: 1, name: You}, child: {max: 2, name: Child}}"
    questions = "\nhome: {per: person, type: country, ask: a, required: true, prefill: applicant.home}\n"
    documents = "[{id: p, name: P, per: person, needed: {when: {home: SE}}}]"
    result = small(people=people, questions=questions, documents=documents).work_out(
        {}, {"applicant": {"home": "SE"}, "child 1": {}}
    )
    assert {one.person: one.probably for one in result.demands} == {"applicant": False, "child 1": True}
    assert [(one.id, one.person) for one in result.missing_answers] == [("home", "child 1")]


def test_a_fact_that_is_not_asked_is_nothing(small):
    documents = """
        - id: p
          name: P
          per: file
          needed: always
          facts: {country: {type: country, ask: a}, form: {type: yes_no, ask: a, when: {document.country: SE}}}
          attach: [{id: t, name: T, needed: {when: {document.form: {is_not: true}}}}]
    """
    made = small(documents=documents)
    assert needs(made.work_out(papers={"file p": {"country": "BR", "form": True}})) == {"file": ["p", "p/t"]}
    assert needs(made.work_out(papers={"file p": {"country": "SE", "form": True}})) == {"file": ["p"]}
    assert may_need(made.work_out(papers={"file p": {"country": "SE"}})) == ["p/t"]
