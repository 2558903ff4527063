"""docs/workflow.md: the workflow in words and as a diagram, made from workflows.yaml. Never edited by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from applications.definition import Event, Step, Timer, Workflow

HEAD = """# How a file moves

Made from `workflows.yaml` by `flask workflow docs`; a test fails when it is not current. The words are explained at
the top of that file and in `docs/glossary.md`.

Six states are stored. What people see is the *stage*, worked out after every event by `settle()`
(`applications/stage.py`), together with who has the ball, the queue, the deadlines and the clocks.
"""


def page(flow: Workflow) -> str:
    parts = [HEAD, _diagram(flow), *_stages(flow), *_queues(flow), *_gates(flow), *_events(flow), *_timers(flow)]
    to_come = ", ".join(f"`{name}`" for name in flow.to_come)
    last = f"## Still to come\n\nEach is another entry in the YAML, its guards and its effects.\n\n{to_come}\n"
    return "\n".join([*parts, last])


def _diagram(flow: Workflow) -> str:
    """States and the events between them; the events that leave the state alone are in the table."""
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for event in flow.events.values():
        for source, target in _arrows(flow, event):
            arrows[source, target].append(event.name)
    lines = ["## Stored states\n", "```mermaid", "stateDiagram-v2", "    direction LR", "    state roll_up <<choice>>"]
    lines += [f"    {source} --> {target}: {', '.join(names)}" for (source, target), names in arrows.items()]
    lines += [f"    roll_up --> {state}: somebody {state}" for state in flow.roll_up]
    lines += [f"    {state} --> [*]" for state in flow.states if state in flow.finals]
    return "\n".join([*lines, "```", "", _diagram_said(flow)])


# A draft has no outcome but these: nobody on it has been decided about.
_ENDS_OF_DRAFT = {"withdraw": "withdrawn", "lapse": "lapsed"}


def _arrows(flow: Workflow, event: Event) -> Iterator[tuple[str, str]]:
    if event.to == "$before_lapse":
        yield from (("lapsed", "draft"), ("lapsed", "open"))
    elif event.to == "$roll_up":
        yield "open", "roll_up"
        if "draft" in event.sources and event.name in _ENDS_OF_DRAFT:
            yield "draft", _ENDS_OF_DRAFT[event.name]
    elif event.to is not None:
        yield from ((source, event.to) for source in _in_order(flow, event) or ["[*]"])


def _in_order(flow: Workflow, event: Event) -> list[str]:
    return [str(state) for state in flow.states if state in event.sources]


def _diagram_said(flow: Workflow) -> str:
    return (
        "A file is finished once nobody on it is pending and no meeting is open. It then takes the first of these "
        f"that anybody has: {', '.join(flow.roll_up)}. Whatever event finished it, this follows in the same "
        f"transaction: {_said(flow.when_final)}.\n"
    )


def _stages(flow: Workflow) -> Iterator[str]:
    yield "## Stages\n\nThe first line that holds.\n\n| stage | when | who has the ball | what she can do | what runs |"
    yield "|---|---|---|---|---|"
    for line in flow.stage_lines:
        names = [str(s) for s in flow.finals] if line.value == "$state" else [line.value]
        for name in sorted(names):
            spec = flow.stages[name]
            yield _row(name, _all(line.when), spec.ball, _names(spec.moves), _names(spec.watched_by))
    yield "\nThe office has something to do while one of these holds: " + _names(flow.office_todo) + ".\n"


def _queues(flow: Workflow) -> Iterator[str]:
    yield "## Queues\n\nThe first line that holds.\n\n| queue | when |\n|---|---|"
    yield from (_row(line.value, _all(line.when)) for line in flow.queue_lines)
    yield ""


def _gates(flow: Workflow) -> Iterator[str]:
    yield "## Gates\n\nEvery reason is told at once; none means yes.\n\n| gate | asks |\n|---|---|"
    yield from (_row(name, _names(reasons)) for name, reasons in flow.gates.items())
    yield ""


def _events(flow: Workflow) -> Iterator[str]:
    yield "## Events\n\n| event | from | to | by | guards | effects | messages |\n|---|---|---|---|---|---|---|"
    for event in flow.events.values():
        sources = ", ".join(_in_order(flow, event)) or "no file"
        yield _row(event.name, sources, event.to or "stays", ", ".join(event.by), _said(event.guards),
                   _said(event.effects), _names(event.notify))  # fmt: skip
    yield ""


def _timers(flow: Workflow) -> Iterator[str]:
    yield "## Deadlines\n\nPromises to the applicant.\n\n| deadline | length | runs while | pauses while | then |"
    yield "|---|---|---|---|---|"
    for timer in flow.deadlines.values():
        pauses = ", or ".join(timer.pauses_while)
        yield _row(timer.name, _length(timer), _all(timer.runs_while), pauses, timer.then or "")
    yield "\n## Clocks\n\nPromises about our own speed.\n\n| clock | length | runs while |\n|---|---|---|"
    yield from (_row(c.name, _length(c), _all(c.runs_while)) for c in flow.clocks.values())
    yield f"\nAn applicant may move one booked time {flow.moves} times herself; staff may always.\n"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", " or ") for cell in cells) + " |"


def _all(terms: tuple[str, ...]) -> str:
    return ", ".join(terms) or "always"


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(names)


def _said(steps: tuple[Step, ...]) -> str:
    texts = (" ".join((s.name, *s.words)) + (f" if {s.only_if}" if s.only_if else "") for s in steps)
    return ", ".join(texts)


def _length(timer: Timer) -> str:
    return ", ".join(f"{key.replace('_', ' ')}: {value}" for key, value in timer.settings.items())
