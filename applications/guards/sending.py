"""Of starting, filling in, signing and sending a file."""

# ruff: noqa: ARG001 - all have one signature, so that the engine can ask any of them
from __future__ import annotations

from applications import completeness
from applications.facts import LEAD, Actor, Facts, Given, Refusal, RequirementFact, State
from applications.guards.answering import within_revival
from applications.guards.registry import Answer, guard, is_staff, person_of, requirement_of, unless
from applications.predicates import Seen

OPEN_FOR_UPLOAD = frozenset({"missing", "refused", "promised", "cannot_get"})


@guard
def triage_passed(facts: Facts | None, actor: Actor, given: Given) -> Answer:
    return unless(given.get("triage_passed"), "triage_not_passed")


@guard
def holds_pen(facts: Facts, actor: Actor, given: Given) -> Answer:
    """Two devices fill in one draft: the one that did not see the other's last answers may not save over them."""
    return unless(facts.pen is None or given.get("pen") == facts.pen, "somebody_else_writes")


@guard
def requirement_open_for_upload(facts: Facts, actor: Actor, given: Given) -> Answer:
    requirement = requirement_of(facts, given)
    if requirement is None or requirement.status == "not_needed":
        return Refusal("no_such_requirement")
    known = requirement.status in OPEN_FOR_UPLOAD and requirement.kind == "document"
    return unless((known and requirement.person_id in Seen(facts).pending_ids) or _lapsed_with(facts, requirement),
                   "requirement_locked", status=requirement.status)  # fmt: skip


def _lapsed_with(facts: Facts, requirement: RequirementFact) -> bool:
    """In a lapsed file nobody is pending; what was owed then may still be sent."""
    person = facts.person(requirement.person_id)
    theirs = requirement.person_id is None or (person is not None and person.outcome == "lapsed" and not person.left)
    return facts.state == State.LAPSED and theirs and requirement.status in OPEN_FOR_UPLOAD


@guard
def within_revival_if_lapsed(facts: Facts, actor: Actor, given: Given) -> Answer:
    return within_revival(facts, actor, given) if facts.state == State.LAPSED else None


@guard
def not_sent_yet(facts: Facts, actor: Actor, given: Given) -> Answer:
    requirement = requirement_of(facts, given)
    return unless(requirement is not None and requirement.gathered, "already_sent")


@guard
def may_sign_for_person(facts: Facts, actor: Actor, given: Given) -> Answer:
    person = person_of(facts, given)
    if person is None or person.left or person.outcome != "pending":
        return Refusal("no_such_person")
    return unless(person.role == LEAD or is_staff(actor), "may_not_sign_for_person")


@guard
def nothing_required_missing(facts: Facts, actor: Actor, given: Given) -> Answer:
    missing = completeness.required_not_given(facts)
    return [Refusal("required_missing", {"item": r.item, "person_id": r.person_id}) for r in missing]


@guard
def lead_signed(facts: Facts, actor: Actor, given: Given) -> Answer:
    lead = facts.lead
    ours = [r for r in facts.requirements if r.kind == "signature" and lead and r.person_id == lead.id]
    return unless(ours and all(r.status in completeness.FINE for r in ours), "not_signed")


@guard
def office_known(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(facts.office_id is not None, "no_office")


@guard
def change_confirmed(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(given.get("confirmed"), "not_confirmed")


@guard
def withdrawal_confirmed(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(given.get("confirmed"), "not_confirmed")
