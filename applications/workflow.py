"""The engine: may this event fire, and where does it lead? Pure.

It knows no event by name: another event is another entry in workflows.yaml, its guards in applications/guards and
its effects in actions/effects.
"""

from __future__ import annotations

from collections.abc import Mapping

from applications.definition import COMPILED, SOURCE, Event, Step, Workflow, compile, compiled, load, read
from applications.facts import FINAL, Actor, Facts, Given, Refusal, State
from applications.gates import GATES, Gate
from applications.guards import CONDITIONS, ask
from applications.stage import rolled_up

__all__ = [
    "COMPILED", "SOURCE", "Event", "State", "Step", "Workflow", "becomes_final", "compile", "compiled", "load", "may",
    "names_of", "next_state", "read", "rolled_up", "second_person_needed",
]  # fmt: skip


def may(
    facts: Facts | None,
    event: str,
    actor: Actor,
    given: Given | None = None,
    *,
    gates: Mapping[str, Gate] | None = None,
    workflow: Workflow | None = None,
) -> list[Refusal]:
    """Every reason why this event may not fire now; empty means it may.

    facts: None only for an event that makes a file. gates: functions for the "gate x" guards; those of
    applications/gates.py are always there, the booking gate is handed in by actions/. Raises KeyError for an event,
    guard or gate nobody knows: that is a fault of ours, not a refusal.
    """
    flow = workflow or load()
    spec = flow.events[event]
    refusals = [*_wrong_state(spec, facts), *_wrong_actor(spec, actor, flow)]
    if any(r.code in ("wrong_state", "erased") for r in refusals):
        return refusals  # guards speak about facts that are not there in this state
    for step in spec.guards:
        refusals.extend(_ask(step, facts, actor, given or {}, gates or {}, flow))
    return _each_once(refusals)


def _wrong_state(spec: Event, facts: Facts | None) -> list[Refusal]:
    if facts is None:
        return [] if not spec.sources else [Refusal("wrong_state", {"state": None})]
    if facts.erased:
        return [Refusal("erased")]
    return [] if facts.state in spec.sources else [Refusal("wrong_state", {"state": str(facts.state)})]


def _wrong_actor(spec: Event, actor: Actor, flow: Workflow) -> list[Refusal]:
    return [] if names_of(actor, flow).intersection(spec.by) else [Refusal("wrong_actor", {"kind": actor.kind})]


def names_of(actor: Actor, flow: Workflow) -> frozenset[str]:
    """What `by` may call this actor. Somebody of the staff without one of its roles (admin) is nobody here.

    Another system may what the applicant may for whom it acts.
    """
    if actor.kind != "staff":
        return frozenset({"applicant" if actor.kind == "system" else actor.kind})
    roles = actor.roles.intersection(flow.staff_roles)
    return roles | {"staff"} if roles else frozenset()


def _ask(
    step: Step, facts: Facts | None, actor: Actor, given: Given, gates: Mapping[str, Gate], flow: Workflow
) -> list[Refusal]:
    if step.only_if and not CONDITIONS[step.only_if](facts, given):
        return []
    if step.name == "gate":
        return {**GATES, **gates}[step.words[0]](facts, actor, given)
    return ask(step.name, facts, actor, given, flow)


def _each_once(refusals: list[Refusal]) -> list[Refusal]:
    """Two guards may give the same reason; it is told once."""
    kept: dict[tuple[str, str], Refusal] = {}
    for refusal in refusals:
        kept.setdefault((refusal.code, repr(sorted(refusal.values.items(), key=str))), refusal)
    return list(kept.values())


def next_state(before: Facts | None, event: str, after: Facts, workflow: Workflow | None = None) -> State:
    """The state after the event's effects were applied. before: None for an event that makes a file."""
    flow = workflow or load()
    to = flow.events[event].to
    if to == "$before_lapse":
        return State.OPEN if after.submitted else State.DRAFT
    if to == "$roll_up":
        return rolled_up(after, flow)
    if to is not None:
        return State(to)
    return after.state if before is None else before.state


def becomes_final(before: Facts | None, state: State) -> bool:
    """Whether this step closes the file, so that when_final must follow."""
    return state in FINAL and (before is None or before.state not in FINAL)


def second_person_needed(facts: Facts, kind: str, actor: Actor, person_id: int, flow: Workflow | None = None) -> bool:
    """Whether this decision about this person becomes a proposal that a colleague confirms."""
    rules = flow or load()
    if kind in rules.second_person:
        return True
    person = facts.person(person_id)
    return kind in rules.second_person_if_judged and person is not None and actor.id in person.judged_by
