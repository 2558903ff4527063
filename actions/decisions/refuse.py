"""A refusal is two people's work: one proposes, another confirms or returns it."""

from __future__ import annotations

from actions.unit import Unit, verb


@verb
def propose_refusal(work: Unit, application_id: int, person_id: int, *, reason_codes: list[str], why: str) -> int:
    """reason_codes: the legal grounds. Returns the decision's id."""
    doing = work.fire(work.lock(application_id), "propose_refusal", person_id=person_id, reason_codes=reason_codes,
                      why=why)
    return doing.made["decision"]


@verb
def confirm_decision(work: Unit, application_id: int, decision_id: int) -> None:
    work.fire(work.lock(application_id), "confirm_decision", decision_id=decision_id)


@verb
def return_decision(work: Unit, application_id: int, decision_id: int, *, reason: str) -> None:
    work.fire(work.lock(application_id), "return_decision", decision_id=decision_id, reason=reason)
