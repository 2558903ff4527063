"""workflows.yaml as typed objects. The web reads the compiled copy; only set-up and tools parse YAML."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from applications.facts import State

SOURCE = Path(__file__).resolve().parent.parent / "workflows.yaml"
COMPILED = SOURCE.parent / "var" / "compiled"
FORMAT = 3


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
    settings: Mapping[str, Any] = field(default_factory=dict)

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
    moves: int  # how often an applicant may move one booked time herself

    def event(self, name: str) -> Event:
        """Raises KeyError for an event the YAML does not know."""
        return self.events[name]


def compile(path: Path = SOURCE) -> dict[str, Any]:
    """The YAML as plain data. Raises ruamel.yaml.YAMLError with line and column."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - a web process never needs it, so it never loads it

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
        moves=int(data["limits"]["moves"]),
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
