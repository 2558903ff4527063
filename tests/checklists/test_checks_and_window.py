# ruff: noqa: E501  YAML of a test reads best on one line
"""The meeting's day decides: before it is known, a check narrows the days that can be booked."""

from datetime import date

import pytest

from checklists.said import Said
from checklists.situation import EMPTY

QUESTIONS = """
    town: {per: file, type: municipality, ask: a, required: true}
    moves_on: {per: file, type: date, ask: a, required: true}
    left_on: {per: file, type: date, ask: a}
"""
SETTINGS = "{newest: {type: number, default: null}}"
TOWNS = """
    shared: towns
    version: 2026-01-01
    municipalities: {lund: {name: Lund}, malmo: {name: Malmö, newest: 3}}
"""
DOCUMENTS = """
    - id: card
      name: Card
      per: applicant
      needed: always
      facts: {from: {type: date, ask: a, required: false}, until: {type: date, ask: a, required: false}, issued: {type: date, ask: a, required: false}}
      checks:
        - {that: {document.until: {on_or_after: meeting}}, else: expired}
        - {that: {document.issued: {on_or_after: meeting - 6 months}}, else: too_old, limit: 6 months}
        - {that: {document.from: {on_or_before: meeting}}, else: expired}
        - {when: {municipality.newest: {answered: true}}, that: {document.issued: {after: meeting - municipality.newest months}}, else: too_old}
        - {that: {document.issued: {after: left_on}}, else: too_old}
"""
MEETING = "{minutes: {base: 10}, not_before: [moves_on, sent + 1 week], should_be_within: {days: 5, of: moves_on}}"


@pytest.fixture
def work(small):
    made = small(questions=QUESTIONS, settings=SETTINGS, documents=DOCUMENTS, meeting=MEETING, shared={"towns": TOWNS})
    assert made.codes == [], made.compiled.errors

    def worked(facts, answers=None, **more):
        return made.work_out(
            {"town": "lund", "left_on": EMPTY, **(answers or {})}, papers={"applicant card": facts}, **more
        )

    return worked


def states(result):
    return [(check.reason, check.state) for check in result.demands[0].checks]


def test_before_a_booking_a_check_leaves_the_days_on_which_it_would_pass(work):
    result = work({"until": "2026-12-31", "issued": "2026-02-10", "from": "2026-04-01"})
    assert states(result) == [("expired", "fine"), ("too_old", "fine"), ("expired", "fine")]
    assert (result.window.from_on, result.window.until_on) == (date(2026, 4, 1), date(2026, 8, 10))
    assert (result.demands[0].good_from_on, result.demands[0].good_until_on) == (date(2026, 4, 1), date(2026, 8, 10))
    ends = [(one.end, one.on, one.reason, one.item) for one in result.window.reasons]
    assert ("until", date(2026, 12, 31), "expired", "card") in ends
    assert ("until", date(2026, 8, 10), "too_old", "card") in ends


def test_a_check_that_no_day_from_today_on_can_pass_fails(work):
    result = work({"until": "2026-03-01"})
    assert states(result)[0] == ("expired", "fails")
    assert result.window.until_on is None
    assert states(work({"until": "2026-03-02"}))[0] == ("expired", "fine")


@pytest.mark.parametrize(("meeting", "state"), [(date(2026, 8, 10), "fine"), (date(2026, 8, 11), "fails")])
def test_a_booked_day_is_judged(work, meeting, state):
    result = work({"issued": "2026-02-10"}, meeting_on=meeting)
    assert dict(states(result))["too_old"] == state


def test_days_that_fit_no_two_checks_together_are_told_as_an_empty_window(work):
    result = work({"until": "2026-04-01", "from": "2026-05-01"})
    assert [state for _, state in states(result) if state == "fails"] == []
    assert result.window.is_empty is True
    assert result.window.allows(date(2026, 4, 15)) is False


def test_the_meetings_own_days_count_and_the_latest_wins(work):
    result = work({}, {"moves_on": "2026-03-05"})
    assert result.window.from_on == date(2026, 3, 9)
    assert work({}, {"moves_on": "2026-06-05"}).window.from_on == date(2026, 6, 5)


def test_the_days_after_the_move_are_a_hint_and_no_wall(work):
    result = work({}, {"moves_on": "2026-06-05"})
    assert result.meeting.advice.until_on == date(2026, 6, 10)
    assert result.window.until_on is None


def test_a_check_naming_nothing_is_skipped(work):
    assert states(work({"until": EMPTY})) == [("too_old", "to_decide"), ("expired", "to_decide")]
    assert len(states(work({"issued": "2026-02-10"}, {"left_on": "2026-02-11"}))) == 4


def test_a_check_without_meeting_fails_at_once(work):
    result = work({"issued": "2026-02-10"}, {"left_on": "2026-02-11"})
    assert states(result)[-1] == ("too_old", "fails")


def test_unknown_facts_are_for_staff_to_decide(work):
    result = work({})
    assert states(result)[0] == ("expired", "to_decide")
    assert ("check", "card:expired") in [(one.kind, one.item) for one in result.unknowns]


def test_a_setting_can_be_the_number_in_a_date_expression(work):
    assert states(work({"issued": "2026-02-10"}, {"town": "malmo"}))[-1] == ("too_old", "fine")
    assert work({"issued": "2026-02-10"}, {"town": "malmo"}).window.until_on == date(2026, 5, 9)
    assert states(work({"issued": "2025-11-10"}, {"town": "malmo"}))[-1] == ("too_old", "fails")


def test_a_refusal_can_tell_what_was_seen(small):
    reasons = """
        shared: reasons
        version: 2026-01-01
        always: []
        reasons: {expired: {seen: It ended on <document.until>., why: "It must be good for <limit>.", cure: Renew <document.name>.}}
    """
    documents = "[{id: card, name: Card, per: file, needed: always, facts: {until: {type: date, ask: a}}, checks: [{that: {document.until: {after: meeting + 1 month}}, else: expired, limit: a month}]}]"
    made = small(documents=documents, shared={"reasons": reasons})
    (check,) = made.work_out(papers={"file card": {"until": "2026-01-31"}}).demands[0].checks
    said = [
        made.definition.say(Said(f"reasons.expired.{word}", check.values), "en") for word in ("seen", "why", "cure")
    ]
    assert said == ["It ended on January 31, 2026.", "It must be good for a month.", "Renew Card."]


def test_a_condition_turned_round_leaves_the_other_days(small):
    documents = "[{id: card, name: Card, per: file, needed: always, facts: {until: {type: date, ask: a}}, checks: [{that: {not: {document.until: {after: meeting}}}, else: expired}]}]"
    result = small(documents=documents).work_out(papers={"file card": {"until": "2026-05-01"}})
    assert result.window.from_on == date(2026, 5, 1)
    assert result.window.until_on is None


def test_the_checks_of_a_choice_count_only_if_it_is_picked(small):
    documents = """
        - id: p
          name: P
          per: file
          needed: always
          choices:
            - {id: a, name: A, facts: {ends: {type: date, ask: a}}, checks: [{that: {document.ends: {after: meeting}}, else: expired}]}
            - {id: b, name: B}
    """
    made = small(documents=documents)
    assert [
        c.state for c in made.work_out(papers={"file p": {"choice": "a", "ends": "2020-01-01"}}).demands[0].checks
    ] == ["fails"]
    assert made.work_out(papers={"file p": {"choice": "b", "ends": "2020-01-01"}}).demands[0].checks == ()


def test_an_optional_paper_narrows_no_window(small):
    documents = "[{id: card, name: Card, per: file, needed: always, optional: true, facts: {until: {type: date, ask: a}}, checks: [{that: {document.until: {after: meeting}}, else: expired}]}]"
    result = small(documents=documents).work_out(papers={"file card": {"until": "2026-05-01"}})
    assert result.window.until_on is None
    assert result.demands[0].good_until_on == date(2026, 4, 30)
