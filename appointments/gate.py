"""The booking gate: may this file have this time? Pure; all reasons at once, none means yes.

actions/ asks it inside the writing transaction, through the "gate booking" guard, so that no way in can skip it.
"""

# ruff: noqa: ARG001 - all have one signature, so that the engine can ask any of them
from __future__ import annotations

from collections.abc import Mapping

from applications import gates
from applications.completeness import active_persons
from applications.facts import Actor, Facts, Given, Refusal, SlotFact
from applications.gates import Reason


def complete_on_slot_day(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    slot: SlotFact = given["slot"]
    return gates.incomplete_on(facts, active_persons(facts), slot.day_on, "complete_on_slot_day")


def slot_open(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    return [] if given["slot"].open else [Refusal("slot_open")]


def slot_in_future(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    return [] if given["slot"].starts_at > facts.now_at else [Refusal("slot_in_future")]


def slot_long_enough(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    short = given["slot"].minutes < facts.minutes_needed
    return [Refusal("slot_long_enough", {"minutes": facts.minutes_needed})] if short else []


def office_serves_municipality(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    return [] if given["slot"].serves else [Refusal("office_serves_municipality")]


def mode_allowed(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    return [] if given["slot"].mode in facts.modes else [Refusal("mode_allowed", {"mode": given["slot"].mode})]


def seats_left(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    return [] if given["slot"].seats_left > 0 else [Refusal("seats_left")]


ABOUT_FILE: Mapping[str, Reason] = {
    "state_open": gates.state_open,
    "all_required_signatures": gates.all_required_signatures,
    "no_blocking_partner": gates.no_blocking_partner,
    "no_hold": gates.no_hold,
    "no_decision_proposed": gates.no_decision_proposed,
    "no_meeting_open": gates.no_meeting_open,
}
ABOUT_SLOT: Mapping[str, Reason] = {
    "complete_on_slot_day": complete_on_slot_day,
    "slot_open": slot_open,
    "slot_in_future": slot_in_future,
    "slot_long_enough": slot_long_enough,
    "office_serves_municipality": office_serves_municipality,
    "mode_allowed": mode_allowed,
    "seats_left": seats_left,
}
BOOKING: Mapping[str, Reason] = {**ABOUT_FILE, **ABOUT_SLOT}


def booking(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    """given: slot, a SlotFact. Hand it to workflow.may() as gates={"booking": booking}."""
    return gates.all_of(BOOKING, facts, actor, given)


def closed_because(facts: Facts) -> list[Refusal]:
    """What keeps the booking page shut whatever time she would choose; judged for the first day that could do.

    With every paper judged fine the days themselves decide, and the page shows them instead.
    """
    first = max(d for d in (facts.today_on, facts.not_before_on) if d)
    about_file = gates.all_of(ABOUT_FILE, facts, Actor("clock"), {})
    papers = gates.incomplete_on(facts, active_persons(facts), first, "complete_on_slot_day")
    later_may_do = ("not_good_yet",)
    return about_file + [r for r in papers if r.values["why"] not in later_may_do]
