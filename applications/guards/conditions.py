"""Conditions that stand after "if" in workflows.yaml."""


from __future__ import annotations

from applications.facts import Facts, Given
from applications.guards.registry import CONDITIONS


def _issuing(facts: Facts, given: Given) -> bool:
    """Whether this step would give somebody a number: an outcome said at the desk, or a proposal confirmed."""
    if given.get("outcome") == "issued":
        return True
    return any(d.id == given.get("decision_id") and d.kind == "issue" for d in facts.decisions)


CONDITIONS["issuing"] = _issuing
