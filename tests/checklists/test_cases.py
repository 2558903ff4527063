# ruff: noqa: E501  YAML of a test reads best on one line
"""A checklist carries its own cases: what is compared, what is not, and which conditions nobody would miss."""

import pytest
from click.testing import CliRunner

from checklists.commands import checklist
from checklists.loose import looseness

PEOPLE = "{applicant: {min: 1, max: 1, name: You}, spouse: {max: 1, when: {married: true}, name: Spouse}, child: {max: 4, name: Child}}"
QUESTIONS = """
    married: {per: file, type: yes_no, ask: a, required: true}
    months: {per: file, type: number, ask: a, required: true}
    home: {per: person, type: country, many: true, ask: a, required: true}
    number: {per: person, type: choice, options: [had, none], ask: a, required: true, not_sure: true}
    from_on: {per: file, type: date, ask: a, required: true}
"""
RULES = """
    - {id: short, then: stop, when: {months: {less_than: 3}}, say: Too short.}
    - {id: early, then: wait, until: from_on - 1 month, say: From <until>.}
    - {id: unsure, then: flag, to: [desk], per: person, when: {number: not_sure}, say: Look it up.}
    - {id: stays, then: leave_out, per: person, when: {role: child, home: {has_any: [BR]}}, say: Stays.}
"""
DOCUMENTS = """
    - id: card
      name: Card
      per: person
      needed: always
      facts: {ends: {type: date, ask: a}, language: {type: language, many: true, ask: a}}
      checks: [{that: {document.ends: {on_or_after: meeting}}, else: expired}]
      attach: [{id: translation, name: T, needed: {when: {document.language: {has_none: [sv]}}}}]
    - {id: lease, name: Lease, per: file, needed: always, may_follow: {when: {married: false}}}
    - {id: proof, name: Proof, per: person, needed: {when: {number: had}}}
"""
DEFAULTS = """
    today: 2026-03-02
    file: {married: false, months: 12, from_on: 2026-03-10}
    person: {home: [SE], number: none}
    child: {home: [DK]}
    facts: {card: {ends: 2030-01-01, language: [sv]}}
    needs: {file: [lease], everyone: [card]}
"""


@pytest.fixture
def run(small):
    def outcomes(cases):
        made = small(
            people=PEOPLE,
            questions=QUESTIONS,
            rules=RULES,
            documents=DOCUMENTS,
            meeting="{minutes: {base: 10}, not_before: [from_on]}",
            case_defaults=DEFAULTS,
            cases=cases,
        )
        assert made.codes == [], made.compiled.errors
        return [outcome.differences for outcome in made.outcomes()]

    return outcomes


@pytest.mark.parametrize(
    "case",
    [
        "{name: Alone}",
        "{name: Had one, applicant: {number: had}, needs: {applicant: [proof]}}",
        "{name: Married, file: {married: true}, spouse: {}, minutes: 10, attend: [applicant, spouse]}",
        "{name: Children, children: [{}, {number: had}], needs: {child 2: [proof]}}",
        "{name: By role, child: [{}], needs: {}}",
        "{name: Unsure, applicant: {number: not_sure}, flags: [unsure], may_need: {applicant: [proof]}}",
        "{name: A default taken away, applicant: {number: null}, may_need: {applicant: [proof]}}",
        "{name: Stopped, file: {months: 2}, stops: short}",
        "{name: Waits, file: {from_on: 2026-05-10}, waits: 2026-04-10}",
        "{name: May follow, may_follow: {file: [lease]}}",
        "{name: May not, file: {married: true}, spouse: {}, may_follow: {}}",
        "{name: Left out, children: [{home: [BR]}, {}], left_out: {stays: [child 1]}}",
        "{name: Ended, facts: {applicant card: {ends: 2026-01-01}}, fails: {applicant card: [expired]}}",
        "{name: Ended at the meeting, meeting: 2026-05-01, facts: {card: {ends: 2026-04-30}}, fails: {applicant card: [expired]}}",
        "{name: Window, facts: {card: {ends: 2026-05-01}}, book_between: [2026-03-10, 2026-05-01]}",
        "{name: Translated, facts: {child 1 card: {language: [pt]}}, children: [{}], needs: {child 1: [card/translation]}}",
        "{name: Unknown language, facts: {applicant card: {language: null}}, may_need: {applicant: [card/translation]}}",
        "{name: Only a guess, facts: {applicant card: {ends: {value: 2020-01-01, trust: assumed}}}}",
        "{name: Read by a machine, facts: {applicant card: {ends: {value: 2020-01-01, trust: read}}}, fails: {applicant card: [expired]}}",
    ],
)
def test_a_case_that_is_right_holds(run, case):
    assert run(f"[{case}]") == [()]


@pytest.mark.parametrize(
    ("case", "difference"),
    [
        ("{name: A, applicant: {number: had}}", "needs applicant: not expected proof"),
        ("{name: A, needs: {applicant: [proof]}}", "needs applicant: missing proof"),
        ("{name: A, applicant: {number: null}}", "may_need applicant: not expected proof"),
        ("{name: A, applicant: {number: not_sure}, may_need: {applicant: [proof]}}", "flags: not expected unsure"),
        ("{name: A, facts: {card: {ends: 2026-01-01}}}", "fails applicant card: not expected expired"),
        ("{name: A, stops: short, needs: {}}", "stops: expected short, found nothing"),
        ("{name: A, waits: 2026-04-10}", "waits: expected 2026-04-10, found nothing"),
        ("{name: A, minutes: 12}", "minutes: expected 12, found 10"),
        ("{name: A, attend: [applicant, spouse]}", "attend: missing spouse"),
        ("{name: A, book_between: [2026-03-10, 2026-05-01]}", "book_between: expected [2026-03-10, 2026-05-01], found [2026-03-10, 2030-01-01]"),
        ("{name: A, left_out: {stays: [child 1]}}", "left_out stays: missing child 1"),
        ("{name: A, file: {married: true}, spouse: {}, may_follow: {file: [lease]}}", "may_follow file: missing lease"),
    ],
)  # fmt: skip
def test_a_case_that_is_wrong_says_what_differs(run, case, difference):
    assert run(f"[{case}]") == [(difference,)]


def test_a_door_the_case_does_not_speak_of_is_told_but_tested_only_if_said(small):
    made = small(
        people=PEOPLE,
        questions=QUESTIONS,
        rules=RULES,
        documents=DOCUMENTS,
        case_defaults=DEFAULTS,
        cases="[{name: A, file: {months: 1}}]",
    )
    (outcome,) = made.outcomes()
    assert outcome.holds
    assert "short" in outcome.notes[0]


def cli(made, *words):
    return CliRunner().invoke(checklist, ["--folder", str(made.folder), *words])


def test_the_command_fails_with_the_differences(small):
    made = small(documents="[{id: p, name: P, per: file, needed: always}]", cases="[{name: All is well}]")
    result = cli(made, "cases", "small")
    assert result.exit_code == 1
    assert "needs file: not expected p" in result.output
    assert "0 of 1 cases hold." in result.output


def test_conditions_that_no_case_would_miss_are_listed(small):
    documents = "[{id: p, name: P, per: file, needed: {when: {married: true, months: {at_least: 3}}}}]"
    cases = "[{name: Married, file: {married: true, months: 6}, needs: {file: [p]}}, {name: Not, file: {married: false, months: 6}}]"
    made = small(questions=QUESTIONS, documents=documents, cases=cases)
    result = looseness(made.compiled.content, made.compiled.found.checklist)
    assert (result.tried, [one.condition for one in result.loose]) == (2, ["months is 3 at least"])
    tight = cases.replace("}]", "}, {name: Short, file: {married: true, months: 2}}]")
    again = small(questions=QUESTIONS, documents=documents, cases=tight)
    assert looseness(again.compiled.content, again.compiled.found.checklist).loose == ()
    assert "0 of 2 conditions" in cli(again, "cases", "--loose").output


def test_a_shared_attachment_is_one_condition_however_many_papers_carry_it(small):
    shared = (
        "\nshared: papers\nversion: 2026-01-01\nattachments: {stamp: {name: S, needed: {when: {document.land: BR}}}}\n"
    )
    paper = (
        "{{id: {}, name: P, per: file, needed: always, facts: {{land: {{type: country, ask: a}}}}, attach: [stamp]}}"
    )
    made = small(
        documents=f"[{paper.format('one')}, {paper.format('two')}]",
        shared={"papers": shared},
        cases="[{name: A, facts: {one: {land: BR}, two: {land: SE}}, needs: {file: [one, one/stamp, two]}}]",
    )
    assert made.outcomes()[0].differences == ()
    result = looseness(made.compiled.content, made.compiled.found.checklist)
    assert (result.tried, result.loose) == (1, ())


def test_after_sending_a_case_sees_a_flag_where_somebody_was_left_out_before(run):
    case = "{name: Sent, sent: 2026-03-01, children: [{home: [BR]}], flags: [stays], left_out: {}}"
    assert run(f"[{case}]") == [()]


def test_everyone_and_a_role_of_several_stand_for_each_person(run):
    case = "{name: All, person: {}, children: [{number: had}, {number: had}], applicant: {number: had}, needs: {everyone: [proof]}}"
    assert run(f"[{case.replace('person: {}, ', '')}]") == [()]
    by_role = "{name: Children, children: [{number: had}, {number: had}], needs: {child: [proof]}}"
    assert run(f"[{by_role}]") == [()]
