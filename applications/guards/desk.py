"""Of visits and meetings."""

# ruff: noqa: ARG001 - all have one signature, so that the engine can ask any of them
from __future__ import annotations

from applications import completeness
from applications.facts import Actor, Facts, Given, Refusal
from applications.guards.registry import Answer, guard, is_so, is_staff, unless

OUTCOMES = frozenset({"issued", "not_come", "paper_missing", "identity_doubt", "withdrawn"})


@guard
def visit_open(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(facts.visit_open, "no_visit")


@guard
def no_visit_open(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(not facts.visit_open, "has_arrived")


@guard
def other_visit_open(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(given.get("other_visit_open"), "no_visit")


@guard
def not_arrived(facts: Facts, actor: Actor, given: Given) -> Answer:
    return no_visit_open(facts, actor, given)


@guard
def meeting_open(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(facts.meeting is not None, "no_meeting")


@guard
def no_meeting_open(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(facts.meeting is None, "in_meeting")


@guard
def no_meeting_open_or_staff(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(facts.meeting is None or is_staff(actor), "in_meeting")


@guard
def meeting_not_yet_overdue(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(not is_so("meeting_overdue", facts), "already_known")


@guard
def outcome_known(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(given.get("outcome") in OUTCOMES, "outcome_unknown")


@guard
def every_active_person_has_outcome(facts: Facts, actor: Actor, given: Given) -> Answer:
    if facts.meeting is None:
        return Refusal("no_meeting")
    without = [p for p in completeness.active_persons(facts) if facts.meeting.outcome_of(p.id) is None]
    return [Refusal("no_outcome_yet", {"person_id": p.id}) for p in without]
