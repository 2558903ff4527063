"""Of what happens by itself, and of what stops it."""

# ruff: noqa: ARG001 - all have one signature, so that the engine can ask any of them
from __future__ import annotations

from applications.definition import Workflow
from applications.facts import Actor, Facts, Given
from applications.guards.registry import Answer, guard, is_so, requirement_of, unless, workflow_guard
from applications.stage import only_applicant_has_ball as _nothing_with_office
from applications.stage import settle


@guard
def good_until_passed(facts: Facts, actor: Actor, given: Given) -> Answer:
    requirement = requirement_of(facts, given)
    accepted = requirement is not None and requirement.status == "accepted"
    until = requirement.good_until_on if accepted else None
    return unless(until is not None and until < facts.today_on, "still_good")


@workflow_guard
def deadline_really_passed(facts: Facts, actor: Actor, given: Given, flow: Workflow) -> Answer:
    """Paused, stopped or moved since the worker looked, or no longer what the file waits for: then it did not pass."""
    wanted = (given.get("deadline"), given.get("subject_id", 0))
    passed = any((d.kind, d.subject_id) == wanted and d.passed and not d.paused for d in facts.deadlines)
    runs = any((w.kind, w.subject_id) == wanted and not w.paused for w in settle(facts, flow).deadlines)
    return unless(passed and runs, "deadline_not_passed")


def _clock_is_up(kind: str, facts: Facts) -> bool:
    return any(d.kind == kind and d.passed and not d.paused for d in facts.deadlines)


@guard
def frozen_time_is_up(facts: Facts, actor: Actor, given: Given) -> Answer:
    """Moved to another day since the worker looked, the time is not given back early."""
    return unless(_clock_is_up("frozen_appointment", facts), "deadline_not_passed")


@guard
def meeting_time_is_up(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(_clock_is_up("meeting_left_open", facts), "deadline_not_passed")


@guard
def visit_time_is_up_if_clock(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(actor.kind != "clock" or _clock_is_up("visit_left_open", facts), "deadline_not_passed")


@workflow_guard
def only_applicant_has_ball(facts: Facts, actor: Actor, given: Given, flow: Workflow) -> Answer:
    return unless(_nothing_with_office(facts, flow), "office_has_ball")


@workflow_guard
def only_applicant_has_ball_or_start_passed(facts: Facts, actor: Actor, given: Given, flow: Workflow) -> Answer:
    """Before the start the time is hers while the office is slow; afterwards there is nothing left to keep."""
    return None if is_so("start_passed", facts) else only_applicant_has_ball(facts, actor, given, flow)


@guard
def reachable(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(not facts.unreachable, "unreachable")


@guard
def unreachable(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(facts.unreachable, "reachable")


@guard
def no_unread_message(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(not facts.unread_message, "unread_message")


@guard
def no_hold(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(not facts.hold, "no_hold")


@guard
def no_appeal_open(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(not facts.appeal_open, "appeal_open")


@guard
def no_decision_proposed(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(not is_so("decision_proposed", facts), "no_decision_proposed")


@guard
def erase_on_reached(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(facts.erase_on is not None and facts.erase_on <= facts.today_on, "not_yet_erasable")


@guard
def nothing_queued_for_file(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(not facts.message_queued, "message_queued")
