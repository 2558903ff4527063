"""Rules left out one at a time, each with the smallest slice of the search in which its absence shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import pytest

from applications import gates as file_gates
from applications import stage
from applications.completeness import pending_persons
from applications.definition import Event, Step, Workflow
from applications.facts import Actor, Facts, State
from applications.workflow import load
from appointments import gate as booking_gate
from tests.workflow.model import CHILD_PAPER, CONTRACT, LEAD, PASSPORT, Rules, complete, draft, only, sent
from tests.workflow.search import Slice

REAL = load()
DESK = frozenset({
    "arrive", "leave", "start_meeting", "record_outcome", "end_meeting", "abandon_meeting", "meeting_forgotten",
})  # fmt: skip
TIMES = frozenset({"book_appointment", "move_appointment", "cancel_appointment", "office_cancels", "mark_no_show"})
TWO_PERSONS = frozenset({"propose_refusal", "confirm_decision", "return_decision"})
SLOW = frozenset({"note_unreachable", "withdraw_items"})
ODD = frozenset({"note_unreachable", "tried_to_reach", "withdraw_items", "change_answers", "undo_no_show"})


@dataclass(frozen=True)
class Mutant:
    """caught_by: the fault the search must find. liveness: whether that needs the whole slice searched to its end."""

    name: str
    caught_by: str
    part: Slice
    workflow: Callable[[Workflow], Workflow] = lambda flow: flow
    gates: Callable[[], dict] = lambda: {"booking": booking_gate.booking}
    without: tuple[tuple[str, Callable], ...] = ()
    liveness: bool = False

    def rules(self, patch: pytest.MonkeyPatch) -> Rules:
        for name, stand_in in self.without:
            patch.setattr(stage, name, stand_in)
        return Rules(workflow=self.workflow(REAL), gates=self.gates())


# --- leaving out ----------------------------------------------------------------------------------------------------


def event(name: str, *, guard: str = "", effect: str = "") -> Callable[[Workflow], Workflow]:
    def left_out(flow: Workflow) -> Workflow:
        spec: Event = flow.events[name]
        kept = replace(spec, guards=_without(spec.guards, guard), effects=_without(spec.effects, effect))
        assert kept != spec, f"{name} has no {guard}{effect}"
        return replace(flow, events={**flow.events, name: kept})

    return left_out


def _without(steps: tuple[Step, ...], name: str) -> tuple[Step, ...]:
    return tuple(s for s in steps if " ".join((s.name, *s.words)) != name)


def no_event(name: str) -> Callable[[Workflow], Workflow]:
    return lambda flow: replace(flow, events={**flow.events, name: replace(flow.events[name], sources=frozenset())})


def no_deadline(name: str) -> Callable[[Workflow], Workflow]:
    return lambda flow: replace(flow, deadlines={k: v for k, v in flow.deadlines.items() if k != name})


def never_pauses(name: str, term: str) -> Callable[[Workflow], Workflow]:
    def left_out(flow: Workflow) -> Workflow:
        timer = flow.deadlines[name]
        kept = replace(timer, pauses_while=tuple(t for t in timer.pauses_while if t != term))
        assert kept != timer, f"{name} does not pause while {term}"
        return replace(flow, deadlines={**flow.deadlines, name: kept})

    return left_out


def no_final(effect: str) -> Callable[[Workflow], Workflow]:
    return lambda flow: replace(flow, when_final=_without(flow.when_final, effect))


def no_stage(value: str) -> Callable[[Workflow], Workflow]:
    return lambda flow: replace(flow, stage_lines=tuple(x for x in flow.stage_lines if x.value != value))


def both(*changes: Callable[[Workflow], Workflow]) -> Callable[[Workflow], Workflow]:
    def left_out(flow: Workflow) -> Workflow:
        for change in changes:
            flow = change(flow)
        return flow

    return left_out


def _number_gate_without(name: str) -> Callable[[], dict]:
    reasons = {k: v for k, v in file_gates.NUMBER.items() if k != name}
    assert len(reasons) < len(file_gates.NUMBER)
    return lambda: {"booking": booking_gate.booking, "number": lambda *a: file_gates.all_of(reasons, *a)}


def _judged_for_today() -> dict:
    def booking(facts: Facts, actor: Actor, given: dict) -> list:
        return booking_gate.booking(facts, actor, {**given, "slot": replace(given["slot"], day_on=facts.today_on)})

    return {"booking": booking}


def _rolls_up_in_meetings(facts: Facts, flow: Workflow | None = None) -> State:
    if pending_persons(facts):
        return facts.state
    outcomes = {p.outcome for p in facts.people if not p.left}
    return next((State(o) for o in REAL.roll_up if o in outcomes), facts.state)


def silences(facts: Facts) -> Iterable[tuple[str, Facts]]:
    """What later events will do: a hold placed and lifted, a message written and read."""
    if facts.state in (State.DRAFT, State.OPEN):
        yield "hold", replace(facts, hold=not facts.hold)
        yield "message", replace(facts, unread_message=not facts.unread_message)


def _unbooked(facts: Facts) -> bool:
    return facts.appointment is None


# --- slices ---------------------------------------------------------------------------------------------------------

ONE = (LEAD,)
PASS = only(complete(), PASSPORT, people=ONE)
PROMISE = only(complete(), CONTRACT, people=ONE)
FAMILY = only(complete(), CHILD_PAPER)

drafts = Slice(starts=(only(draft(), PASSPORT, people=ONE),), within=lambda f: not f.submitted)
review = Slice(starts=(only(sent(), PASSPORT, people=ONE),), leave_out=DESK | TWO_PERSONS | ODD, within=_unbooked)
answering = Slice(starts=(only(sent(), PASSPORT, CONTRACT, people=ONE),), leave_out=DESK | TWO_PERSONS | ODD,
                  within=_unbooked)  # fmt: skip
times = Slice(starts=(PASS,), leave_out=TWO_PERSONS | ODD, within=lambda f: f.meeting is None)
desk = Slice(starts=(PROMISE,), leave_out=ODD | TWO_PERSONS)
family = Slice(starts=(FAMILY,), leave_out=ODD | TWO_PERSONS | TIMES - {"book_appointment", "cancel_appointment"})
refusal = Slice(starts=(PASS,), leave_out=ODD | DESK, within=_unbooked)
refusal_by_nobody = replace(refusal, leave_out=refusal.leave_out | TWO_PERSONS)
late = Slice(starts=(PASS,), leave_out=ODD | TWO_PERSONS | {"withdraw"})
held = Slice(starts=(only(sent(statuses={PASSPORT: "missing"}, first_reviewed=True), PASSPORT, people=ONE),),
             leave_out=DESK | TWO_PERSONS, environment=silences, within=_unbooked)  # fmt: skip

NOBODY_COMES = "an open file has nobody to come"
OPEN_IN_FINAL = "a finished file has something open"
NO_RIGHT = "a number without right to it"
NOT_HEARD = "lapsed although she was not heard, not reached or silently held"
SHUT_OUT = "a genuine applicant cannot get her number"
INCOMPLETE = "booked for a day on which the file is not complete"

MUTANTS = (
    Mutant("a deferral ends when nobody else is active", NOBODY_COMES, family, without=(("_recall", lambda f: ()),)),
    Mutant("an item is drafted for every paper owed", "an outstanding paper is forgotten", review,
           without=(("_items", lambda f: ((), (), ())),)),
    Mutant("an item goes when its paper is not owed any more", "something is asked that is not owed", review,
           without=(("_items", lambda f, real=stage._items: (real(f)[0], (), ())),)),
    Mutant("an incomplete file's time is frozen", "a live time on an incomplete file is not frozen", times,
           without=(("_frozen_or_thawed", lambda f: f.appointment),)),
    Mutant("no file is finished while a meeting is open", OPEN_IN_FINAL, desk,
           without=(("rolled_up", _rolls_up_in_meetings),)),
    Mutant("a draft nobody touches lapses", "draft is watched by no clock", drafts,
           workflow=no_deadline("draft_idle")),
    Mutant("a request nobody answers lapses", "waiting_for_applicant is watched by no clock", review,
           workflow=no_deadline("consultation_reply")),
    Mutant("a complete file nobody books lapses", "complete is watched by no clock", times,
           workflow=no_deadline("booking_reply")),
    Mutant("a silent applicant's complete file ends", "no end while she is silent", refusal_by_nobody,
           workflow=no_deadline("booking_reply"), liveness=True),
    Mutant("a missed time is noted", "booked is watched by no clock", times, workflow=no_deadline("no_show")),
    Mutant("a file lapses only while she alone has the ball", "lapse while the office had work", answering,
           workflow=both(event("lapse", guard="only_applicant_has_ball"),
                         never_pauses("consultation_reply", "office_todo"))),
    Mutant("time is given back only while she alone has the ball", "release_frozen while the office had work", times,
           workflow=event("release_frozen", guard="only_applicant_has_ball_or_start_passed")),
    Mutant("no file lapses on hold", NOT_HEARD, held,
           workflow=both(event("lapse", guard="no_hold"), event("lapse", guard="only_applicant_has_ball"),
                         never_pauses("consultation_reply", "hold"),
                         never_pauses("consultation_reply", "office_todo"))),
    Mutant("no file lapses with an unread message", NOT_HEARD, held,
           workflow=both(event("lapse", guard="no_unread_message"), event("lapse", guard="only_applicant_has_ball"),
                         never_pauses("consultation_reply", "office_todo"))),
    Mutant("no file lapses while she cannot be reached", NOT_HEARD, held,
           workflow=both(event("lapse", guard="reachable"), event("lapse", guard="only_applicant_has_ball"),
                         never_pauses("consultation_reply", "unreachable"),
                         never_pauses("consultation_reply", "office_todo"))),
    Mutant("who has arrived is no no-show", "mark_no_show while she stood in the building", times,
           workflow=event("mark_no_show", guard="not_arrived")),
    Mutant("a frozen time is no no-show", "blamed for a time that was frozen", times,
           workflow=event("mark_no_show", guard="not_frozen")),
    Mutant("booking asks the gate", INCOMPLETE, times, workflow=event("book_appointment", guard="gate booking")),
    Mutant("moving asks the gate", INCOMPLETE, times, workflow=event("move_appointment", guard="gate booking")),
    Mutant("completeness is judged for the slot's day", INCOMPLETE, times, gates=_judged_for_today),
    Mutant("the desk asks the number gate", NO_RIGHT, desk,
           workflow=event("record_outcome", guard="gate number")),
    Mutant("a promised paper is seen before the number", NO_RIGHT, desk,
           gates=_number_gate_without("promised_seen")),
    Mutant("identity is confirmed before the number", NO_RIGHT, desk,
           gates=_number_gate_without("confirm_ticks_for_mode")),
    Mutant("the person is complete before the number", NO_RIGHT, desk,
           gates=_number_gate_without("person_complete_today")),
    Mutant("a colleague confirms", "one person decided alone", refusal,
           workflow=event("confirm_decision", guard="second_person_differs")),
    Mutant("a finished file's proposals are closed", "a finished file still waits for something", refusal,
           workflow=no_final("close_all_open")),
    Mutant("a finished file's time is given back", OPEN_IN_FINAL, times, workflow=no_final("give_back_seats")),
    Mutant("in a meeting the ball is the office's", "applicant has the ball and cannot play it", desk,
           workflow=no_stage("in_meeting")),
    Mutant("a lapsed file can be revived", SHUT_OUT, late, workflow=no_event("revive"), liveness=True),
)  # fmt: skip

SLICES = {
    "drafts": Slice(starts=(draft(),), within=lambda f: not f.submitted),
    "one person and a promise": Slice(starts=(only(sent(), CONTRACT, people=ONE),)),
    "a paper that runs out": Slice(starts=(PASS,)),
    "a family": Slice(starts=(FAMILY,), leave_out=ODD | {"office_cancels", "move_appointment", "propose_refusal"}),
    "three papers under review": Slice(starts=(sent(),), leave_out=ODD | DESK | TWO_PERSONS,
                                       within=lambda f: _unbooked(f) and f.state == State.OPEN),
    "two decide": Slice(starts=(only(sent(), CHILD_PAPER),), leave_out=ODD | DESK, within=_unbooked),
    "issued by two": Slice(starts=(replace(PASS, people=(replace(PASS.people[0], judged_by=frozenset({3})),)),),
                           leave_out=ODD),
    "answers that change": Slice(starts=(only(complete(), PASSPORT, CHILD_PAPER),),
                                 leave_out=(DESK - {"start_meeting"}) | TWO_PERSONS | SLOW,
                                 within=lambda f: f.state == State.OPEN and f.meeting is None),
    "silences": held,
}  # fmt: skip

__all__ = ["MUTANTS", "SLICES", "Mutant"]
