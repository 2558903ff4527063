"""Small files searched to the end with the real rules, and every rule missed when it is left out."""

import pytest

from tests.workflow.mutants import MUTANTS, SLICES, Mutant
from tests.workflow.search import check_liveness, search


def _nothing_is_broken(graph) -> None:
    shown = {fault.rule: str(fault) for fault in reversed(graph.faults)}
    assert not shown, "\n".join(shown.values())


@pytest.mark.check
@pytest.mark.parametrize("name", SLICES)
def test_no_rule_is_broken_and_no_file_is_stuck(name):
    graph = search(SLICES[name])
    check_liveness(graph)
    print(name, *graph.size)  # noqa: T201
    _nothing_is_broken(graph)


@pytest.mark.parametrize("part", sorted({id(m.part): m.part for m in MUTANTS}.values(), key=lambda p: str(p.starts)))
@pytest.mark.check
def test_no_rule_is_broken_in_the_slices_the_mutants_are_caught_in(part):
    _nothing_is_broken(search(part))


@pytest.mark.parametrize("mutant", MUTANTS, ids=[m.name.replace(" ", "-") for m in MUTANTS])
def test_a_rule_left_out_is_missed(mutant: Mutant, monkeypatch):
    graph = search(mutant.part, mutant.rules(monkeypatch), enough=None if mutant.liveness else mutant.caught_by)
    if mutant.liveness:
        check_liveness(graph)
    assert mutant.caught_by in graph.broken
