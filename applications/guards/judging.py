"""Of what the back office does: hold, judge, ask, decide."""

# ruff: noqa: ARG001 - all have one signature, so that the engine can ask any of them
from __future__ import annotations

from applications.facts import Actor, Facts, Given, Refusal
from applications.guards.registry import Answer, guard, requirement_of, unless
from applications.predicates import Seen

WAIVABLE = frozenset({"missing", "sent", "recheck", "refused", "promised", "cannot_get"})
JUDGEABLE = frozenset({"sent", "recheck", "accepted", "refused"})
WAYS_TRIED = 2


@guard
def compare_and_set_holder(facts: Facts, actor: Actor, given: Given) -> Answer:
    seen = "seen_holder_id" in given and given["seen_holder_id"] == facts.holder_id
    return unless(seen, "holder_changed", holder_id=facts.holder_id)


@guard
def not_own_file(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(actor.id not in facts.own_file_of, "own_file")


@guard
def verdict_fits_status(facts: Facts, actor: Actor, given: Given) -> Answer:
    """A paper nobody can get cannot be accepted, but may be asked for in another way: that is a refusal with a cure."""
    requirement, verdict = requirement_of(facts, given), given.get("verdict")
    if requirement is None:
        return Refusal("no_such_requirement")
    if verdict not in ("accepted", "refused"):
        return Refusal("verdict_unknown")
    fits = requirement.kind == "document" and requirement.status in JUDGEABLE
    return unless(fits or (requirement.status == "cannot_get" and verdict == "refused"),
                   "nothing_to_judge", status=requirement.status)  # fmt: skip


@guard
def saw_this_version(facts: Facts, actor: Actor, given: Given) -> Answer:
    requirement = requirement_of(facts, given)
    same = requirement is not None and "seen_hash" in given and given["seen_hash"] == requirement.document_hash
    return unless(same, "document_changed")


@guard
def saw_this_verdict(facts: Facts, actor: Actor, given: Given) -> Answer:
    requirement = requirement_of(facts, given)
    same = requirement is not None and "seen_verdict_id" in given and given["seen_verdict_id"] == requirement.verdict_id
    return unless(same, "verdict_changed")


@guard
def coded_reason_if_refused(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(given.get("verdict") != "refused" or given.get("reason_codes"), "no_reason")


@guard
def legal_reason_given(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(given.get("reason_codes"), "no_reason")


@guard
def reason_given(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(str(given.get("reason") or "").strip(), "no_reason")


@guard
def requirement_waivable(facts: Facts, actor: Actor, given: Given) -> Answer:
    requirement = requirement_of(facts, given)
    if requirement is None or requirement.person_id not in Seen(facts).pending_ids:
        return Refusal("no_such_requirement")
    return unless(requirement.kind == "document" and requirement.status in WAIVABLE, "not_waivable",
                   status=requirement.status)  # fmt: skip


@guard
def has_unsent_items(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _has_items("unsent", facts, given)


@guard
def has_asked_items(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _has_items("asked", facts, given)


def _has_items(status: str, facts: Facts, given: Given) -> Refusal | None:
    """Without item_ids all of them are meant; a named item that is not there was changed by somebody else."""
    there = {i.id for i in facts.items if i.status == status}
    named = set(given.get("item_ids") or there)
    return unless(there and named <= there, f"no_{status}_items")


@guard
def no_proposal_about_person(facts: Facts, actor: Actor, given: Given) -> Answer:
    proposed = any(d.status == "proposed" and d.person_id == given.get("person_id") for d in facts.decisions)
    return unless(not proposed, "decision_proposed")


@guard
def saw_this_proposal(facts: Facts, actor: Actor, given: Given) -> Answer:
    seen = any(d.id == given.get("decision_id") and d.status == "proposed" for d in facts.decisions)
    return unless(seen, "proposal_changed")


@guard
def second_person_differs(facts: Facts, actor: Actor, given: Given) -> Answer:
    proposal = next((d for d in facts.decisions if d.id == given.get("decision_id")), None)
    return unless(proposal is not None and actor.id not in (None, proposal.proposed_by), "same_person")


@guard
def two_other_ways_tried(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(len(set(given.get("ways") or ())) >= WAYS_TRIED, "too_few_ways_tried")


@guard
def identity_seen(facts: Facts, actor: Actor, given: Given) -> Answer:
    return unless(given.get("identity_seen"), "identity_not_seen")
