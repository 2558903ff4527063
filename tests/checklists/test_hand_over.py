"""A file of one checklist begins a file of another: what is taken over, and what is asked anew."""

from datetime import date

import pytest
from click.testing import CliRunner

from checklists.commands import checklist
from checklists.compiler import definition_from_yaml
from checklists.hand_over import hand_over
from checklists.situation import EMPTY, NOT_SURE, SEEN, STATED, Fact, Paper, PersonSituation, Situation
from tests.checklists.support import BASE, REASONS, VERSION, pages_of, write, write_shared

PEOPLE = """
    applicant: {min: 1, max: 1, name: You}
    child: {max: 3, name: Your child}
    uncle: {max: 1, name: Your uncle}
"""
QUESTIONS = """
    moved_on: {per: file, type: date, ask: a, required: true}
    town: {per: file, type: text, ask: a, required: true}
    colour: {per: person, type: choice, options: [red, blue], ask: a, required: true}
    home: {per: person, type: country, ask: a, required: true}
    pets: {per: person, type: number, ask: a, not_sure: true}
    hobby: {per: person, type: text, ask: a, when: {colour: red}}
    faith: {per: person, type: text, ask: a, sensitive: true}
"""
DOCUMENTS = """
    - id: card
      name: Card
      per: person
      needed: always
      choices: [{id: old_card, name: Old}, {id: new_card, name: New}]
      facts: {ends: {type: date, ask: a}, number: {type: text, ask: a}}
    - {id: lease, name: Lease, per: file, needed: always, facts: {from: {type: date, ask: a}}}
"""
NEW_PEOPLE = """
    applicant: {min: 1, max: 1, name: You}
    child: {max: 1, name: Your child}
"""
NEW_QUESTIONS = """
    moved_on: {per: file, type: date, ask: a, required: true}
    town: {per: file, type: text, ask: a, required: true, carry: never}
    colour: {per: person, type: choice, options: [red, green], ask: a, required: true, carry: anywhere}
    home: {per: person, type: country, many: true, ask: a, required: true, carry: anywhere}
    pets: {per: person, type: number, ask: a, not_sure: true, carry: anywhere}
    hobby: {per: person, type: text, ask: a, carry: anywhere}
    faith: {per: person, type: text, ask: a, carry: anywhere}
    shoe: {per: person, type: number, ask: a, carry: anywhere}
"""
NEW_DOCUMENTS = """
    - id: card
      name: Card
      per: person
      needed: always
      carry: anywhere
      choices: [{id: new_card, name: New}, {id: other, name: Other}]
      facts: {ends: {type: date, ask: a}, number: {type: number, ask: a}}
    - {id: lease, name: Lease, per: file, needed: always, facts: {from: {type: date, ask: a}}}
"""


@pytest.fixture(scope="module")
def definitions(tmp_path_factory):
    """old of Denmark, same of Denmark, abroad of Sweden; `same` and `abroad` differ in nothing else."""
    folder = tmp_path_factory.mktemp("countries")
    write_shared(folder, "reasons", REASONS)
    new = {"people": NEW_PEOPLE, "questions": NEW_QUESTIONS, "documents": NEW_DOCUMENTS}
    parts = {
        "old": {"country": "DK", "people": PEOPLE, "questions": QUESTIONS, "documents": DOCUMENTS},
        "same": {"country": "DK", **new},
        "abroad": {"country": "SE", **new},
    }
    for name, more in parts.items():
        every = {
            **BASE,
            "checklist": name,
            "uses": f"[reasons@{VERSION}]",
            "pages": pages_of(more["questions"]),
            **more,
        }
        write(folder, every, name=name)
    return {name: definition_from_yaml(name, folder=folder) for name in parts}


def situation(answers=None, people=(), papers=None, **applicant):
    lead = PersonSituation("7", "applicant", applicant)
    return Situation(date(2026, 3, 2), answers=answers or {}, people=(lead, *people), papers=papers or {})


def handed(definitions, to, *given, **more):
    return hand_over(definitions["old"], definitions[to], situation(*given, **more))


def test_answers_of_the_same_name_are_taken_over_within_a_country(definitions):
    result = handed(definitions, "same", {"moved_on": "2026-02-01"}, colour="red")
    assert (result.answers, result.people[0].answers) == ({"moved_on": "2026-02-01"}, {"colour": "red"})


def test_another_country_takes_only_what_it_says_holds_anywhere(definitions):
    result = handed(definitions, "abroad", {"moved_on": "2026-02-01"}, colour="red")
    assert (result.answers, result.people[0].answers) == ({}, {"colour": "red"})
    assert result.left_behind == ("moved_on",)


def test_what_is_never_carried_is_asked_anew_in_the_same_country_too(definitions):
    result = handed(definitions, "same", {"town": "Lund"})
    assert (result.answers, result.left_behind) == ({}, ("town",))


def test_a_value_the_new_question_does_not_offer_is_left_behind(definitions):
    result = handed(definitions, "abroad", colour="blue")
    assert (result.people[0].answers, result.left_behind) == ({}, ("applicant.colour",))


def test_one_value_fits_a_question_that_takes_several(definitions):
    assert handed(definitions, "abroad", home="SE").people[0].answers == {"home": ["SE"]}


def test_not_sure_and_left_empty_are_answers_too(definitions):
    assert handed(definitions, "abroad", pets=NOT_SURE).people[0].answers == {"pets": NOT_SURE}
    assert handed(definitions, "abroad", pets=EMPTY).people[0].answers == {"pets": EMPTY}


def test_an_answer_that_was_put_aside_stays_behind(definitions):
    assert handed(definitions, "abroad", colour="red", hobby="chess").people[0].answers["hobby"] == "chess"
    assert "hobby" not in handed(definitions, "abroad", colour="blue", hobby="chess").people[0].answers


def test_a_sensitive_answer_does_not_become_a_plain_one(definitions):
    assert handed(definitions, "abroad", faith="secret").people[0].answers == {}


def test_people_keep_their_keys_and_those_without_a_place_are_named(definitions):
    people = [
        PersonSituation(key, role, {"colour": "red"}) for key, role in (("8", "child"), ("9", "child"), ("10", "uncle"))
    ]
    result = handed(definitions, "abroad", None, people)
    assert [(person.key, person.role, person.answers) for person in result.people] == [
        ("7", "applicant", {}),
        ("8", "child", {"colour": "red"}),
    ]
    assert result.left_behind == ("child", "uncle")


def test_what_was_said_about_a_paper_goes_along_but_not_that_staff_saw_it(definitions):
    card = Paper("new_card", {"ends": Fact("2030-01-01", SEEN), "number": Fact("A1", STATED)}, present=True)
    paper = handed(definitions, "abroad", papers={("7", "card"): card}).papers["7", "card"]
    assert (paper.choice, paper.facts, paper.present) == ("new_card", {"ends": Fact("2030-01-01", STATED)}, False)


def test_a_choice_the_new_checklist_does_not_know_is_open_again(definitions):
    assert handed(definitions, "abroad", papers={("7", "card"): Paper("old_card")}).papers["7", "card"].choice is None


def test_papers_about_the_place_stay_in_their_country(definitions):
    lease = {(None, "lease"): Paper(None, {"from": Fact("2026-01-01")}, present=True)}
    assert handed(definitions, "abroad", papers=lease).papers == {}
    assert set(handed(definitions, "same", papers=lease).papers) == {(None, "lease")}


def test_a_route_says_whether_it_leads_to_a_checklist_or_to_an_address(small):
    rules = """
        - {id: over, then: route, when: {months: 1}, say: a, next: other-list}
        - {id: away, then: route, when: {months: 2}, say: a, next: "https://example.org"}
    """
    made = small(questions="\nmonths: {per: file, type: number, ask: a, required: true}", rules=rules)
    assert [made.work_out({"months": months}).door.checklist for months in (1, 2)] == ["other-list", None]


def test_lint_tells_of_a_route_to_a_checklist_that_is_not_there(small):
    made = small(rules="\n- {id: over, then: route, when: false, say: a, next: smalls}")
    result = CliRunner().invoke(checklist, ["--folder", str(made.folder), "lint"])
    assert "over leads to smalls, and there is no such checklist." in result.output
    assert "small?" in result.output
