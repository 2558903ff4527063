"""workflows.yaml as typed objects, and the engine that asks whether an event may fire and where it leads.

Pure apart from reading the file once. The engine knows no event by name: another event is another entry in the
YAML, its guards in applications/guards.py and its effects in actions/effects.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from applications import completeness
from applications.facts import FINAL, Actor, Facts, Given, Refusal, State

SOURCE = Path(__file__).resolve().parent.parent / "workflows.yaml"
COMPILED = SOURCE.parent / "var" / "compiled"
FORMAT = 3

Gate = Callable[[Facts, Actor, Given], list[Refusal]]


@dataclass(frozen=True, slots=True)
class Step:
    """One guard or effect: a name, the words after it, and "if issuing" where it depends on what is given."""

    name: str
    words: tuple[str, ...] = ()
    only_if: str | None = None

    @classmethod
    def read(cls, text: str) -> Step:
        call, _, condition = text.partition(" if ")
        name, *words = call.split()
        return cls(name, tuple(words), condition.strip() or None)


@dataclass(frozen=True, slots=True)
class Event:
    name: str
    sources: frozenset[State]
    to: str | None
    by: tuple[str, ...]
    guards: tuple[Step, ...] = ()
    effects: tuple[Step, ...] = ()
    notify: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a decision table: the value holds when every term does."""

    value: str
    when: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StageSpec:
    ball: str
    moves: tuple[str, ...] = ()
    watched_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timer:
    """A deadline or a clock. settings: the rest of its entry, see applications/deadlines.py."""

    name: str
    runs_while: tuple[str, ...] = ()
    pauses_while: tuple[str, ...] = ()
    then: str | None = None
    per: str | None = None
    settings: Mapping[str, Any] = None  # type: ignore[assignment]

    @property
    def is_kept_by_settle(self) -> bool:
        return bool(self.runs_while)


@dataclass(frozen=True, slots=True)
class Workflow:
    name: str
    staff_roles: tuple[str, ...]
    finals: frozenset[State]
    states: tuple[State, ...]
    roll_up: tuple[str, ...]
    when_final: tuple[Step, ...]
    events: Mapping[str, Event]
    office_todo: tuple[str, ...]
    stage_lines: tuple[Line, ...]
    queue_lines: tuple[Line, ...]
    stages: Mapping[str, StageSpec]
    gates: Mapping[str, tuple[str, ...]]
    deadlines: Mapping[str, Timer]
    clocks: Mapping[str, Timer]
    second_person: frozenset[str]
    second_person_if_judged: frozenset[str]
    shown_reason_for: Mapping[str, str]
    queues: tuple[str, ...]
    to_come: tuple[str, ...]

    def event(self, name: str) -> Event:
        """Raises KeyError for an event the YAML does not know."""
        return self.events[name]


def compile(path: Path = SOURCE) -> dict[str, Any]:  # noqa: A001 - the word of the trade
    """The YAML as plain data. Raises ruamel.yaml.YAMLError with line and column."""
    from ruamel.yaml import YAML

    data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    if data.get("format") != FORMAT:
        raise ValueError(f"{path.name}: format {data.get('format')!r}, this code reads {FORMAT}")
    return data


def compiled(path: Path = SOURCE, folder: Path = COMPILED) -> dict[str, Any]:
    """The compiled copy, made when it is not there. Its name carries the content's hash, so it is never stale."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    copy = folder / f"workflows-{digest}.json"
    if copy.exists():
        return json.loads(copy.read_text(encoding="utf-8"))
    data = compile(path)
    folder.mkdir(parents=True, exist_ok=True)
    draft = copy.with_suffix(f".{os.getpid()}.tmp")
    draft.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    draft.replace(copy)  # rename, not write in place: another process must never read half a file
    return data


@cache
def load(name: str = "registration") -> Workflow:
    """The workflow of that name. Raises KeyError if there is none."""
    data = compiled()
    return read(name, data["workflows"][name], tuple(data["queues"]))


def read(name: str, data: Mapping[str, Any], queues: tuple[str, ...]) -> Workflow:
    computed = data["computed"]
    return Workflow(
        name=name,
        staff_roles=tuple(data["actors"]["staff"]),
        states=tuple(State(s) for s in data["states"]),
        finals=frozenset(State(s) for s, says in data["states"].items() if (says or {}).get("final")),
        roll_up=tuple(data["roll_up"]),
        when_final=_steps(data["when_final"]),
        events={key: _event(key, says) for key, says in data["events"].items()},
        office_todo=tuple(computed["office_todo"]),
        stage_lines=_lines(computed["stage"], "stage"),
        queue_lines=_lines(computed["queue"], "queue"),
        stages={key: _stage(says) for key, says in computed["stages"].items()},
        gates={key: tuple(names) for key, names in data["gates"].items()},
        deadlines={key: _timer(key, says) for key, says in data["deadlines"].items()},
        clocks={key: _timer(key, says) for key, says in data["clocks"].items()},
        second_person=frozenset(data["review"]["second_person"]),
        second_person_if_judged=frozenset(data["review"]["if_judged_by_same_person"]),
        shown_reason_for=dict(computed["shown_reason_for"]),
        queues=queues,
        to_come=tuple(data["to_come"]),
    )


def _steps(texts: list[str] | None) -> tuple[Step, ...]:
    return tuple(Step.read(text) for text in texts or ())


def _event(name: str, says: Mapping[str, Any]) -> Event:
    return Event(
        name=name,
        sources=frozenset(State(s) for s in says["from"]),
        to=says.get("to"),
        by=tuple(says["by"]),
        guards=_steps(says.get("guards")),
        effects=_steps(says.get("effects")),
        notify=tuple(says.get("notify") or ()),
    )


def _lines(rows: list[Mapping[str, Any]], key: str) -> tuple[Line, ...]:
    return tuple(Line(row[key], tuple(row["when"])) for row in rows)


def _stage(says: Mapping[str, Any]) -> StageSpec:
    return StageSpec(says["ball"], tuple(says.get("moves") or ()), tuple(says.get("watched_by") or ()))


def _timer(name: str, says: Mapping[str, Any]) -> Timer:
    rest = {k: v for k, v in says.items() if k not in ("runs_while", "pauses_while", "then", "per")}
    return Timer(
        name,
        tuple(says.get("runs_while") or ()),
        tuple(says.get("pauses_while") or ()),
        says.get("then"),
        says.get("per"),
        rest,
    )


# --- the engine -----------------------------------------------------------------------------------------------


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
    """What `by` may call this actor. Somebody of the staff without one of its roles (admin) is nobody here."""
    if actor.kind != "staff":
        return frozenset({actor.kind})
    roles = actor.roles.intersection(flow.staff_roles)
    return roles | {"staff"} if roles else frozenset()


def _ask(
    step: Step, facts: Facts | None, actor: Actor, given: Given, gates: Mapping[str, Gate], flow: Workflow
) -> list[Refusal]:
    from applications.gates import GATES
    from applications.guards import CONDITIONS, GUARDS

    if step.only_if and not CONDITIONS[step.only_if](facts, given):
        return []
    if step.name == "gate":
        return {**GATES, **gates}[step.words[0]](facts, actor, given)
    found = GUARDS[step.name](facts, actor, given)
    return [] if found is None else [found] if isinstance(found, Refusal) else list(found)


def _each_once(refusals: list[Refusal]) -> list[Refusal]:
    """Two guards may give the same reason; it is told once."""
    kept: dict[tuple[str, str], Refusal] = {}
    for refusal in refusals:
        kept.setdefault((refusal.code, repr(sorted(refusal.values.items(), key=str))), refusal)
    return list(kept.values())


def rolled_up(facts: Facts, flow: Workflow | None = None) -> State:
    """The state the outcomes of the people give the file.

    Nobody pending and no meeting open: the first outcome of roll_up that anybody has. People who left count for
    nothing. Else the state it has.
    """
    if facts.state in FINAL or facts.meeting is not None or completeness.pending_persons(facts):
        return facts.state
    outcomes = {p.outcome for p in facts.people if not p.left}
    return next((State(o) for o in (flow or load()).roll_up if o in outcomes), facts.state)


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
