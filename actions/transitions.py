"""The only writer of a file's state. fire() asks and acts; finish() settles and writes what it came to.

Nothing else assigns state, version, stage or the other kept columns; a structure test looks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm.exc import StaleDataError

from actions import settle
from actions.doing import Doing
from actions.dossier import Dossier
from actions.effects import EFFECTS
from actions.errors import NotAllowed, StaleApplication
from actions.for_guards import facts_for
from actions.gather import facts_of
from applications import workflow
from applications.facts import FINAL
from applications.models import StateChange
from appointments import gate
from notifications import enqueue

if TYPE_CHECKING:
    from actions.unit import Unit


def fire(doing: Doing) -> None:
    """Raises NotAllowed with every reason, before anything was written by this event."""
    dossier, event = doing.dossier, doing.event.name
    before = None if dossier.is_new else facts_for(doing)
    refusals = workflow.may(before, event, doing.actor, doing.given, gates={"booking": gate.booking})
    if refusals:
        raise NotAllowed(event, refusals)
    doing.before = before
    run(doing, doing.event.effects)
    dossier.steps.append(doing)


def run(doing: Doing, steps: tuple[workflow.Step, ...]) -> None:
    for step in steps:
        EFFECTS[step.name](doing, *step.words)


def finish(work: Unit, dossier: Dossier) -> None:
    """Close every event of this unit on this file, in order, then settle once and write the outcome."""
    if not dossier.steps:
        return
    file = dossier.file
    old_stage, old_queue = file.stage, (file.office_id, file.municipality_id, file.queue)
    for doing in dossier.steps:
        _move_on(doing)
    outcome = settle.write(dossier)
    if outcome.state != file.state:
        _enter(dossier, outcome.state)
    _bump(work, dossier, outcome)
    _record(work, dossier, old_stage)
    settle.count_queues(dossier, None if dossier.is_new else old_queue)
    for doing in dossier.steps:
        for kind in _messages(doing):
            enqueue.from_event(doing, kind)
    if file.stage == "complete" and old_stage != "complete":
        enqueue.from_event(dossier.steps[-1], "file_complete")  # the invitation to book goes out by itself


def _messages(doing: Doing) -> list[str]:
    """What the event sends. Whoever was asked for something is told so and until when, not to sit back."""
    if not doing.made.get("asked"):
        return list(doing.event.notify)
    return [*(k for k in doing.event.notify if k not in ("answers_received", "answers_changed")), "consultation_opened"]


def _move_on(doing: Doing) -> None:
    dossier = doing.dossier
    state = workflow.next_state(doing.before, doing.event.name, facts_of(dossier))
    if workflow.becomes_final(doing.before, state):
        run(doing, workflow.load().when_final)
    if state != dossier.file.state:
        _enter(dossier, state)


def _enter(dossier: Dossier, state: str) -> None:
    """closed_at and submitted_at follow from the state; the database checks that they do."""
    file, now = dossier.file, dossier.now
    if state == "open" and file.submitted_at is None:
        file.submitted_at = now
        file.sent_on = dossier.today
    if state == "lapsed":
        file.lapsed_from = file.state
    file.closed_at = now if state in FINAL else None
    file.state = str(state)


def _bump(work: Unit, dossier: Dossier, outcome: settle.Settlement) -> None:
    settle.keep(dossier, outcome)
    raise_version(work, dossier, by=len(dossier.steps))


def raise_version(work: Unit, dossier: Dossier, *, by: int) -> None:
    """With the file's other columns in one statement, which looks for the version that was seen."""
    dossier.file.version += by
    dossier.version_moved = True
    try:
        work.session.flush()
    except StaleDataError as error:
        raise StaleApplication from error


def _record(work: Unit, dossier: Dossier, old_stage: str) -> None:
    file = dossier.file
    first = file.version - len(dossier.steps) + 1
    for number, doing in enumerate(dossier.steps):
        before = doing.before
        work.session.add(StateChange(
            application_id=file.id, version=first + number, old=str(before.state) if before else "none",
            new=file.state, old_stage=old_stage if before else "none", new_stage=file.stage,
            event=doing.event.name, actor=str(work.actor), at=work.now,
        ))
        work.audit(f"file:{file.id}", doing.event.name, f"application:{file.id}", doing.made)
