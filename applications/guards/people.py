"""Of the people on a file."""

# ruff: noqa: ARG001 - all have one signature, so that the engine can ask any of them
from __future__ import annotations

from applications import completeness
from applications.facts import LEAD, Actor, Facts, Given, Refusal
from applications.guards.registry import Answer, guard, person_of, requirement_of, unless
from applications.predicates import Seen


@guard
def people_max(facts: Facts, actor: Actor, given: Given) -> Answer:
    limit = next((x for x in facts.role_limits if x.role == given.get("role")), None)
    if limit is None:
        return Refusal("role_unknown")
    here = sum(1 for p in facts.people if p.role == limit.role and not p.left)
    return unless(limit.most is None or here < limit.most, "too_many_people", role=limit.role, most=limit.most)


@guard
def not_lead(facts: Facts, actor: Actor, given: Given) -> Answer:
    person = person_of(facts, given)
    return unless(person is not None and person.role != LEAD, "lead_cannot_leave")


@guard
def person_pending(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(person_of(facts, given) in completeness.pending_persons(facts), "person_not_pending")


@guard
def person_pending_if_named(facts: Facts, actor: Actor, given: Given) -> Answer:
    """The file's own papers belong to nobody; a person's only matter while she is pending."""
    requirement = requirement_of(facts, given)
    person_id = given.get("person_id") if requirement is None else requirement.person_id
    return unless(person_id in Seen(facts).pending_ids, "person_not_pending")


@guard
def person_active(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(person_of(facts, given) in completeness.active_persons(facts), "person_not_active")


@guard
def person_deferred(facts: Facts, actor: Actor, given: Given) -> Answer:
    person = person_of(facts, given)
    return unless(person in completeness.pending_persons(facts) and person.deferred, "person_not_deferred")


@guard
def person_may_follow(facts: Facts, actor: Actor, given: Given) -> Answer:
    person = person_of(facts, given)
    return unless(person is not None and person.may_follow, "person_may_not_follow")


@guard
def someone_else_active(facts: Facts, actor: Actor, given: Given) -> Answer:
    others = [p for p in completeness.active_persons(facts) if p.id != given.get("person_id")]
    return unless(others, "nobody_else_active")
