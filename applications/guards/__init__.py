"""One predicate per guard name of workflows.yaml: (facts, actor, given) -> None, one refusal, or several.

What `given` may carry (all optional; a guard that needs a key and does not find it refuses):
  triage_passed, confirmed, identity_seen, other_visit_open, seats_left      plain yes / no (seats_left: a number)
  person_id, requirement_id, decision_id, item_ids                           what the event is about
  role                                                                        of a person to add
  pen, answers, seen_answer                       the device that saves, what it saves, the newest answer it had read
  verdict, seen_hash, seen_verdict_id, reason_codes, reason                   a caseworker's decision and what she saw
  seen_holder_id, due_on, ways, outcome                                       claim, extend_reply, tried_to_reach, desk
  answered                                                                    answers other than pages that came along
  deadline, subject_id                                                        what the clock fires for
  slot                                                                        the time wanted (facts.SlotFact)
"""

from __future__ import annotations

from applications.guards import (  # noqa: F401 - each module registers its guards
    answering,
    appointments,
    conditions,
    desk,
    judging,
    people,
    sending,
    timers,
)
from applications.guards.registry import CONDITIONS, GUARDS, WORKFLOW_GUARDS, Guard, WorkflowGuard, ask

__all__ = ["CONDITIONS", "GUARDS", "WORKFLOW_GUARDS", "ask"]


def __getattr__(name: str) -> Guard | WorkflowGuard:
    """guards.<name>, wherever it is written."""
    found = GUARDS.get(name) or WORKFLOW_GUARDS.get(name)
    if found is None:
        raise AttributeError(name)
    return found
