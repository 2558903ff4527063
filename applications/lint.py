"""Faults of workflows.yaml that can be found without running it. Pure; tests prove that each is found.

The search (tests/workflow) proves the rest: what is written here says that somebody can act in every stage, the
search that she really can.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from applications.definition import Workflow
from applications.facts import State
from applications.gates import GATES
from applications.guards import CONDITIONS, GUARDS, WORKFLOW_GUARDS
from applications.predicates import PREDICATES

COMPUTED_WORDS = frozenset({"office_todo"})
TARGETS = frozenset({"$roll_up", "$before_lapse"})
ACTORS = frozenset({"applicant", "helper", "guardian", "staff", "clock"})
# Which of the words in `by` can play which ball.
PLAYERS = {"applicant": frozenset({"applicant"}), "partner": frozenset({"partner"})}
BOOKING = frozenset({"booking"})  # gates that live outside applications/


def faults(flow: Workflow, effects: Collection[str] | None = None) -> list[str]:
    """Every fault as a sentence with its place. effects: the names that are written; None = not compared."""
    found = [*_states(flow), *_names(flow, effects), *_conditions(flow), *_stages(flow), *_timers(flow)]
    return list(dict.fromkeys(found))


def _states(flow: Workflow) -> Iterator[str]:
    missing = set(State) - set(flow.states)
    for state in sorted(missing):
        yield f"states: {state} is a state in code and not here"
    for state in flow.roll_up:
        if state not in flow.finals:
            yield f"roll_up: {state} is no final state"
    for state in sorted(set(flow.states) - _reachable(flow)):
        yield f"states: no event leads to {state}"
    for name in sorted(set(flow.events).intersection(flow.to_come)):
        yield f"to_come: {name} is already here"


def _reachable(flow: Workflow) -> set[str]:
    """By following events from no file at all; what rolls up may become any state of roll_up."""
    reached: set[str] = set()
    while True:
        more = set()
        for event in flow.events.values():
            if not event.sources or reached.intersection(event.sources):
                more |= set(_targets(flow, event.to))
        if more <= reached:
            return reached
        reached |= more


def _targets(flow: Workflow, to: str | None) -> Iterable[str]:
    if to is None:
        return ()
    return flow.roll_up if to == "$roll_up" else ("draft", "open") if to == "$before_lapse" else (to,)


def _names(flow: Workflow, effects: Collection[str] | None) -> Iterator[str]:
    guards = {*GUARDS, *WORKFLOW_GUARDS, "gate"}
    for event in flow.events.values():
        where = f"events.{event.name}"
        if event.to is not None and event.to not in {*flow.states, *TARGETS}:
            yield f"{where}: to {event.to} is no state"
        for who in event.by:
            if who not in {*ACTORS, *flow.staff_roles}:
                yield f"{where}: nobody is called {who}"
        for step in event.guards:
            if step.name not in guards:
                yield f"{where}: guard {step.name} is not written"
            if step.name == "gate" and step.words[0] not in {*GATES, *BOOKING}:
                yield f"{where}: gate {step.words[0]} is not written"
            if step.only_if and step.only_if not in CONDITIONS:
                yield f"{where}: condition {step.only_if} is not written"
        yield from _effects(where, (s.name for s in event.effects), effects)
    yield from _effects("when_final", (s.name for s in flow.when_final), effects)


def _effects(where: str, names: Iterable[str], known: Collection[str] | None) -> Iterator[str]:
    for name in names:
        if known is not None and name not in known:
            yield f"{where}: effect {name} is not written"


def _conditions(flow: Workflow) -> Iterator[str]:
    tables = [("office_todo", flow.office_todo)]
    tables += [(f"stage {line.value}", line.when) for line in flow.stage_lines]
    tables += [(f"queue {line.value}", line.when) for line in flow.queue_lines]
    for timer in (*flow.deadlines.values(), *flow.clocks.values()):
        tables += [(timer.name, timer.runs_while), (timer.name, timer.pauses_while)]
    for where, terms in tables:
        for term in terms:
            yield from _term(where, term, flow)
    for what, lines in (("stage", flow.stage_lines), ("queue", flow.queue_lines)):
        if not lines or lines[-1].when:
            yield f"{what}: the last line must hold always, or some file has none"


def _term(where: str, term: str, flow: Workflow) -> Iterator[str]:
    word, _, names = term.removeprefix("not ").partition(" ")
    if word == "stage":
        unknown = set(names.split("|")) - set(flow.stages)
    elif word == "ball":
        unknown = set(names.split("|")) - {"applicant", "office", "partner", "nobody"}
    else:
        unknown = {word} - {*PREDICATES, *COMPUTED_WORDS}
    for name in sorted(unknown):
        yield f"{where}: condition {name} is not written"


def _stages(flow: Workflow) -> Iterator[str]:
    shown = {line.value for line in flow.stage_lines if line.value != "$state"} | set(flow.finals)
    for name in sorted(shown - set(flow.stages)):
        yield f"stages: {name} is shown and has no holder"
    for line in flow.queue_lines:
        if line.value not in flow.queues:
            yield f"queue: {line.value} is no queue"
    for name in flow.stages:
        if name not in shown:
            yield f"stages: {name} is never shown"
        if name not in flow.finals:
            yield from _playable(name, flow)


def _playable(name: str, flow: Workflow) -> Iterator[str]:
    spec = flow.stages[name]
    where = f"stages.{name}"
    if spec.ball == "nobody":
        yield f"{where}: nobody has the ball"
    if not spec.moves:
        yield f"{where}: the {spec.ball} has the ball and no verb"
    if not spec.watched_by:
        yield f"{where}: no deadline and no clock runs"
    for move in spec.moves:
        yield from (f"{where}: {fault}" for fault in _move(move, name, spec.ball, flow))
    for watch in spec.watched_by:
        if watch in flow.deadlines:
            yield from [f"{where}: {watch} fires nothing"] if flow.deadlines[watch].then is None else []
        elif watch not in flow.clocks:
            yield f"{where}: {watch} is no deadline and no clock"


def _move(move: str, stage: str, ball: str, flow: Workflow) -> Iterator[str]:
    event = flow.events.get(move)
    source = State.DRAFT if stage == State.DRAFT else State.OPEN
    players = PLAYERS.get(ball, frozenset({"staff", *flow.staff_roles}))
    if event is None:
        yield f"{move} is no event"
    elif source not in event.sources:
        yield f"{move} may not fire in {source}"
    elif not players.intersection(event.by):
        yield f"{move} is not for the {ball}"


def _timers(flow: Workflow) -> Iterator[str]:
    for timer in flow.deadlines.values():
        if timer.then is None:
            continue
        event = flow.events.get(timer.then)
        if event is None:
            yield f"deadlines.{timer.name}: then {timer.then} is no event"
        elif "clock" not in event.by:
            yield f"deadlines.{timer.name}: {timer.then} is not for the clock"
    for timer in flow.clocks.values():
        if "working_days" not in timer.settings:
            yield f"clocks.{timer.name}: no working_days"
