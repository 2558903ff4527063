"""Can a condition ever hold? Finds documents, choices, questions and rules that nothing can reach.

A condition is unfolded into the ways it can hold; each way limits what answers may be. A way
whose limits leave some answer no value is impossible. What is too large to unfold counts as
possible: this never calls a reachable thing unreachable.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from checklists.codes import COUNTRIES, FORMER_STATES
from checklists.conditions import _COMPARE, NOTHING, TRUE_OF_NOTHING
from checklists.situation import NOT_SURE

Way = dict[tuple, frozenset]
WAYS_MAX: Final = 300
DEPTH_MAX: Final = 8


class TooMany(Exception):
    """Too many ways to look at; the condition counts as possible."""


class Reach:
    """Answers for one plan."""

    def __init__(self, plan: Mapping[str, Any]):
        self.plan = plan
        self.documents = {one["id"]: one for one in plan["documents"]}

    def possible(self, condition: list, roles: Iterable[str]) -> bool:
        """Could the condition hold for somebody of these roles (("file",): for the file)?"""
        start: Way = {("role",): frozenset(roles)}
        try:
            return any(True for _ in self._settled(start, condition))
        except TooMany:
            return True

    def _settled(self, start: Way, condition: list) -> list[Way]:
        ways = self._and([start], self._ways(condition, True, 0))
        return [way for way in ways if self._asked(way)]

    def _asked(self, way: Way) -> bool:
        """A question with a value must have been asked: its own `when` must be possible too."""
        ways = [way]
        for key, allowed in way.items():
            question = self.plan["questions"].get(key[-1]) if key[0] in ("file", "own", "of") else None
            if question is not None and NOTHING not in allowed:
                when = question["when"] if key[0] != "of" else moved(question["when"], key[1])
                ways = self._and(ways, self._ways(when, True, 1))
        return bool(ways)

    def _and(self, left: list[Way], right: list[Way]) -> list[Way]:
        if len(left) * len(right) > WAYS_MAX * WAYS_MAX:
            raise TooMany
        found = [merged for one in left for other in right if (merged := _merge(one, other)) is not None]
        if len(found) > WAYS_MAX:
            raise TooMany
        return found

    def _ways(self, c: list, wanted: bool, depth: int) -> list[Way]:
        kind = c[0]
        if kind in ("always", "never"):
            return [{}] if (kind == "always") is wanted else []
        if kind == "not":
            return self._ways(c[1], not wanted, depth)
        if kind in ("all", "any"):
            return self._several(c, wanted, depth)
        return self._test(c, wanted, depth) if kind == "test" else [{}]

    def _several(self, c: list, wanted: bool, depth: int) -> list[Way]:
        if (c[0] == "all") is wanted:
            ways: list[Way] = [{}]
            for part in c[1]:
                ways = self._and(ways, self._ways(part, wanted, depth))
            return ways
        found = [way for part in c[1] for way in self._ways(part, wanted, depth)]
        if len(found) > WAYS_MAX:
            raise TooMany
        return found

    def _test(self, c: list, wanted: bool, depth: int) -> list[Way]:
        _, ref, op, value = c
        term = self.plan["worked_out"].get(ref[-1]) if ref[0] in ("file", "own", "of") else None
        if term is not None:
            return self._term(ref, term, op, value, wanted, depth)
        domain = self._domain(ref)
        if domain is None or op not in _COMPARE or isinstance(value, dict):
            return [{}]
        allowed = frozenset(one for one in domain if _holds(one, op, value) is wanted)
        return [{tuple(ref): allowed}] if allowed else []

    def _term(self, ref: list, term: Mapping[str, Any], op: str, value: Any, wanted: bool, depth: int) -> list[Way]:
        if term["kind"] != "term" or op not in ("is", "is_not") or not isinstance(value, bool) or depth > DEPTH_MAX:
            return [{}]
        truth = value if (op == "is") is wanted else not value
        when = moved(term["when"], ref[1]) if ref[0] == "of" else term["when"]
        ways = self._ways(when, truth, depth + 1)
        # "Is not true" also holds for somebody the term is not about.
        return [*ways, {}] if (op == "is_not") is wanted else ways

    def _domain(self, ref: list) -> frozenset | None:
        if ref[0] == "role":
            return frozenset(self.plan["roles"])
        if ref[0] in ("file", "own", "of"):
            spec = self.plan["questions"].get(ref[-1])
        elif ref[0] == "paper":
            spec = self.documents[ref[2]]["facts"].get(ref[3])
        else:
            spec = None
        if spec is None or spec["many"]:
            return None
        values = {"yes_no": (True, False), "choice": spec["options"], "country": (*COUNTRIES, *FORMER_STATES)}.get(
            spec["type"]
        )
        if values is None:
            return None
        return frozenset([*values, NOTHING, *([NOT_SURE] if spec.get("not_sure") else [])])


def _holds(value: Any, op: str, wanted: Any) -> bool:
    if value is NOTHING:
        return op in TRUE_OF_NOTHING
    wanted = frozenset(wanted) if isinstance(wanted, list) else wanted
    if value == NOT_SURE and wanted != NOT_SURE and not (isinstance(wanted, frozenset) and NOT_SURE in wanted):
        return False
    try:
        return bool(_COMPARE[op](value, wanted))
    except (TypeError, AttributeError):
        return True


def _merge(one: Way, other: Way) -> Way | None:
    merged = dict(one)
    for key, allowed in other.items():
        both = merged[key] & allowed if key in merged else allowed
        if not both:
            return None
        merged[key] = both
    return merged


def moved(c: list, role: str) -> list:
    """The condition as said about the one person of another role."""
    kind = c[0]
    if kind in ("all", "any"):
        return [kind, [moved(part, role) for part in c[1]]]
    if kind == "not":
        return [kind, moved(c[1], role)]
    if kind != "test":
        return ["always"] if kind not in ("always", "never") else c
    ref = c[1]
    if ref[0] == "own":
        return ["test", ["of", role, ref[1]], *c[2:]]
    if ref == ["role"]:
        return ["always"] if _holds(role, c[2], c[3]) else ["never"]
    return c
