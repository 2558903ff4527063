"""Of answers to what was asked, promises and more time."""

# ruff: noqa: ARG001 - all have one signature, so that the engine can ask any of them
from __future__ import annotations

from applications import completeness
from applications.facts import Actor, Facts, Given, Refusal, RequirementFact, State
from applications.guards.registry import Answer, guard, is_staff, requirement_of, unless
from applications.predicates import Seen


@guard
def something_answered(facts: Facts, actor: Actor, given: Given) -> Answer:
    asked = any(i.status == "asked" and i.answer_kind for i in facts.items)
    return unless(asked or any(r.gathered for r in facts.requirements), "nothing_answered")


@guard
def something_answered_or_nothing_owed(facts: Facts, actor: Actor, given: Given) -> Answer:
    """A file that lapsed because no time was booked owes nothing; asking for an answer would close it for ever."""
    lapsed = [p for p in facts.people if p.outcome == "lapsed" and not p.left]
    theirs = completeness.requirements_of(facts, lapsed)
    owes = any(r.blocking and r.status in completeness.OWED for r in theirs)
    if not facts.submitted or not owes or given.get("answered"):
        return None
    return something_answered(facts, actor, given)


@guard
def buffered_promises_allowed(facts: Facts, actor: Actor, given: Given) -> Answer:
    promised = [i.requirement_id for i in facts.items if i.status == "asked" and i.answer_kind == "promise"]
    found = [_promise_refused(r, actor) for r in facts.requirements if r.id in promised]
    return [refusal for refusal in found if refusal]


def _promise_refused(requirement: RequirementFact, actor: Actor) -> Refusal | None:
    if not requirement.may_follow:
        return Refusal("may_not_follow", {"item": requirement.item})
    again = requirement.promises > 0 and not is_staff(actor)
    return Refusal("promised_before", {"item": requirement.item}) if again else None


@guard
def within_revival(facts: Facts, actor: Actor, given: Given) -> Answer:
    until = facts.revival_until_on
    return unless(until is not None and facts.today_on <= until, "revival_over")


@guard
def requirement_unanswered(facts: Facts, actor: Actor, given: Given) -> Answer:
    """Staff may also turn "I cannot get this" into a promise."""
    requirement = requirement_of(facts, given)
    if requirement is None or requirement.person_id not in Seen(facts).pending_ids:
        return Refusal("no_such_requirement")
    may_change_mind = is_staff(actor) or facts.state == State.DRAFT
    may_answer = completeness.OWED | ({"cannot_get"} if may_change_mind else set())
    return unless(requirement.status in may_answer, "requirement_locked", status=requirement.status)


@guard
def requirement_is_document(facts: Facts, actor: Actor, given: Given) -> Answer:
    requirement = requirement_of(facts, given)
    return unless(requirement is not None and requirement.kind == "document", "not_a_document")


@guard
def may_follow_meeting(facts: Facts, actor: Actor, given: Given) -> Answer:
    requirement = requirement_of(facts, given)
    return unless(requirement is not None and requirement.may_follow, "may_not_follow")


@guard
def not_promised_before_or_staff(facts: Facts, actor: Actor, given: Given) -> Answer:
    requirement = requirement_of(facts, given)
    return unless(is_staff(actor) or (requirement is not None and requirement.promises == 0), "promised_before")


@guard
def consultation_open(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(facts.consultation_open, "no_consultation")


@guard
def later_than_before(facts: Facts, actor: Actor, given: Given) -> Answer:
    wanted, now = given.get("due_on"), facts.reply_due_on
    return unless(wanted is not None and (now is None or wanted > now), "not_later")


@guard
def more_time_once_or_staff(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(is_staff(actor) or not facts.more_time_used, "more_time_used")
