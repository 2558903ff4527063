"""How a guard is registered and asked, and what most of them ask."""


from __future__ import annotations

from collections.abc import Callable

from applications.definition import Workflow
from applications.facts import Actor, Facts, Given, PersonFact, Refusal, RequirementFact
from applications.predicates import PREDICATES, Seen

Answer = Refusal | list[Refusal] | None
Guard = Callable[[Facts, Actor, Given], Answer]

WorkflowGuard = Callable[[Facts, Actor, Given, Workflow], Answer]

GUARDS: dict[str, Guard] = {}
WORKFLOW_GUARDS: dict[str, WorkflowGuard] = {}  # these settle the facts, so they must know by which workflow
CONDITIONS: dict[str, Callable[[Facts, Given], bool]] = {}


def guard(question: Guard) -> Guard:
    """Register under the function's own name, with the guard's name in YAML the same."""
    GUARDS[question.__name__] = question
    return question


def workflow_guard(question: WorkflowGuard) -> WorkflowGuard:
    WORKFLOW_GUARDS[question.__name__] = question
    return question


def ask(name: str, facts: Facts, actor: Actor, given: Given, flow: Workflow) -> list[Refusal]:
    """Raises KeyError for a guard nobody wrote."""
    if name in WORKFLOW_GUARDS:
        found = WORKFLOW_GUARDS[name](facts, actor, given, flow)
    else:
        found = GUARDS[name](facts, actor, given)
    return [] if found is None else [found] if isinstance(found, Refusal) else list(found)


def unless(holds: object, code: str, **values: object) -> Refusal | None:
    return None if holds else Refusal(code, values)


def is_so(name: str, facts: Facts) -> bool:
    return PREDICATES[name](Seen(facts))


def person_of(facts: Facts, given: Given) -> PersonFact | None:
    return facts.person(given.get("person_id"))


def requirement_of(facts: Facts, given: Given) -> RequirementFact | None:
    return facts.requirement(given.get("requirement_id"))


def is_staff(actor: Actor) -> bool:
    return actor.kind == "staff"
