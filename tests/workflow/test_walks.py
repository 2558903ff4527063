"""Longer walks than the search takes, drawn by chance: every rule holds on the way."""

from hypothesis import given, settings
from hypothesis import strategies as st

from applications.facts import Facts
from applications.stage import settled
from tests.workflow.model import Rules, canonical, complete, draft, fire, moves, sent, with_deadlines
from tests.workflow.mutants import silences
from tests.workflow.search import Graph, Slice, _expand

ANYTHING = Slice(starts=(), environment=silences)
RULES = Rules()


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([draft(), sent(), complete()]), st.lists(st.integers(0, 10_000), min_size=1, max_size=12))
def test_no_walk_breaks_a_rule(start, choices):
    facts = canonical(settled(start)[1])
    graph = Graph()
    for choice in choices:
        steps = _expand(facts, graph, RULES, ANYTHING)
        if not steps:
            break
        facts = steps[choice % len(steps)][1]
    assert not graph.faults, str(graph.faults[0])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([draft(), sent(), complete()]), st.lists(st.integers(0, 10_000), min_size=1, max_size=10))
def test_settling_what_is_settled_changes_nothing(start, choices):
    facts = canonical(settled(start)[1])
    for choice in choices:
        tried = list(moves(facts))
        after = fire(with_deadlines(facts, settled(facts)[0]), tried[choice % len(tried)], RULES)
        facts = after if isinstance(after, Facts) else facts
        once, settled_facts = settled(facts)
        twice, again = settled(settled_facts)
        assert twice.changes_nothing
        assert (again, twice.stage, twice.queue) == (settled_facts, once.stage, once.queue)
