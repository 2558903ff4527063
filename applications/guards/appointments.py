"""Of booked times."""

# ruff: noqa: ARG001 - all have one signature, so that the engine can ask any of them
from __future__ import annotations

from applications.definition import Workflow
from applications.facts import Actor, Facts, Given
from applications.guards.registry import Answer, guard, is_so, is_staff, unless, workflow_guard


@guard
def live_appointment(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(facts.appointment is not None, "no_appointment")


@guard
def no_live_appointment(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(facts.appointment is None, "has_appointment")


@guard
def no_live_unfrozen_appointment(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(facts.appointment is None or facts.appointment.frozen, "has_appointment")


@workflow_guard
def moves_left_or_staff(facts: Facts, actor: Actor, given: Given, flow: Workflow) -> Answer:
    """A time that became too short must be moved, however often it was moved before."""
    live = facts.appointment
    left = live is None or live.too_short or live.moves < flow.moves
    return unless(is_staff(actor) or left, "no_moves_left")


@guard
def start_passed(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(is_so("start_passed", facts), "not_begun")


@guard
def start_ahead(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(not is_so("start_passed", facts), "begun")


@guard
def start_ahead_or_staff(facts: Facts, actor: Actor, given: Given) -> Answer:
    return None if is_staff(actor) else start_ahead(facts, actor, given)


@guard
def frozen(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(is_so("frozen", facts), "not_frozen")


@guard
def not_frozen(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(not is_so("frozen", facts), "frozen")


@guard
def no_show_today(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(facts.no_show_on == facts.today_on, "no_no_show_today")


@guard
def seats_left(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(given.get("seats_left", 0) > 0, "no_seats_left")
