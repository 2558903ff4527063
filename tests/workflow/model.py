"""A file as the search sees it: the real decisions, and effects that only touch facts.

What may happen and what follows is asked of applications/ and appointments/; nothing of it is repeated here. The
model supplies what the database otherwise does: the effects named in workflows.yaml, as functions from facts to facts.
Days and instants are few: today, a day soon, a day late; a paper that runs out is good on the first and not the second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from dataclasses import replace as slow_replace
from datetime import UTC, date, datetime, timedelta

from applications import completeness
from applications.facts import (
    CLOCK,
    Actor,
    AppointmentFact,
    DeadlineFact,
    DecisionFact,
    Facts,
    ItemFact,
    MeetingFact,
    PersonFact,
    Refusal,
    RequirementFact,
    RoleLimit,
    SlotFact,
    State,
)
from applications.stage import Settlement, settled
from applications.workflow import Workflow, becomes_final, load, may, next_state, second_person_needed
from appointments.gate import booking

NOW = datetime(2026, 6, 1, 10, tzinfo=UTC)
TODAY = date(2026, 6, 1)
YESTERDAY, SOON, UNTIL, LATE = (TODAY + timedelta(days=n) for n in (-1, 7, 10, 20))
PAST = NOW - timedelta(minutes=30)

LEAD, CHILD = 1, 2
PASSPORT, CHILD_PAPER, CONTRACT, SIGNATURE = 1, 2, 3, 4

APPLICANT = Actor("applicant", 9)
CLARA = Actor("staff", 1, frozenset({"caseworker"}))
BENT = Actor("staff", 2, frozenset({"caseworker"}))
DORA = Actor("staff", 3, frozenset({"frontdesk"}))

Move = tuple[str, Actor, dict]
_SLOTS = {
    kind: [(f.name, getattr(kind, f.name).__get__, getattr(kind, f.name).__set__) for f in fields(kind)]
    for kind in (Facts, PersonFact, RequirementFact, ItemFact)
}


def replace(old: object, **changes: object) -> object:
    """dataclasses.replace() for the classes the search changes a million times; four times as fast."""
    slots = _SLOTS.get(type(old))
    if slots is None:
        return slow_replace(old, **changes)
    new = object.__new__(type(old))
    for name, get, put in slots:
        put(new, changes[name] if name in changes else get(old))
    return new


Settle = Callable[[Facts, Workflow], tuple[Settlement, Facts]]
Effect = Callable[[Facts, Actor, dict], Facts]


@dataclass(frozen=True)
class Rules:
    """The rules searched: the real ones, or a mutant with one of them left out."""

    workflow: Workflow = field(default_factory=load)
    settled: Settle = settled
    gates: dict = field(default_factory=lambda: {"booking": booking})
    _known: dict = field(default_factory=dict, compare=False)

    def settle(self, facts: Facts) -> tuple[Settlement, Facts]:
        """Many steps lead to the same facts; they are settled once."""
        if facts not in self._known:
            self._known[facts] = self.settled(facts, self.workflow)
        return self._known[facts]


# --- files to start from ----------------------------------------------------------------------------------------


def draft(**changes: object) -> Facts:
    people = (PersonFact(id=LEAD, role="applicant"), PersonFact(id=CHILD, role="child", may_follow=True))
    papers = (
        RequirementFact(id=PASSPORT, item="passport", person_id=LEAD),
        RequirementFact(id=CHILD_PAPER, item="birth_certificate", person_id=CHILD, status="not_needed"),
        RequirementFact(id=CONTRACT, item="contract", person_id=LEAD, may_follow=True),
        RequirementFact(id=SIGNATURE, item="declaration", person_id=LEAD, kind="signature"),
    )
    limits = (RoleLimit(role="applicant", most=1), RoleLimit(role="child", most=1))
    facts = Facts(now_at=NOW, today_on=TODAY, state=State.DRAFT, office_id=7, people=people, requirements=papers,
                  role_limits=limits, minutes_needed=20)  # fmt: skip
    return replace(facts, **changes)


def sent(*, statuses: dict[int, str] | None = None, **changes: object) -> Facts:
    """An open file, all three papers sent unless said otherwise."""
    start = draft()
    to = {PASSPORT: "sent", CHILD_PAPER: "sent", CONTRACT: "sent", SIGNATURE: "accepted", **(statuses or {})}
    papers = tuple(_with_status(r, to[r.id]) for r in start.requirements)
    return replace(start, state=State.OPEN, submitted=True, requirements=papers, **changes)


def complete(**changes: object) -> Facts:
    return sent(statuses={PASSPORT: "accepted", CHILD_PAPER: "accepted", CONTRACT: "accepted"},
                first_reviewed=True, **changes)  # fmt: skip


def only(facts: Facts, *papers: int, people: tuple[int, ...] = (LEAD, CHILD)) -> Facts:
    """The same file with fewer papers or people: a smaller world to search."""
    kept = (*papers, SIGNATURE)
    papers_left = tuple(r for r in facts.requirements if r.id in kept and r.person_id in people)
    return replace(facts, people=tuple(p for p in facts.people if p.id in people), requirements=papers_left)


def _with_status(requirement: RequirementFact, status: str) -> RequirementFact:
    until = UNTIL if status == "accepted" and requirement.id == PASSPORT else None
    return replace(requirement, status=status, good_until_on=until, gathered=False)


# --- small changes ------------------------------------------------------------------------------------------------


def _requirements(facts: Facts, change: Callable[[RequirementFact], RequirementFact]) -> Facts:
    return replace(facts, requirements=tuple(change(r) for r in facts.requirements))


def _one(facts: Facts, given: dict, **changes: object) -> Facts:
    wanted = given.get("requirement_id")
    return _requirements(facts, lambda r: replace(r, **changes) if r.id == wanted else r)


def _people(facts: Facts, change: Callable[[PersonFact], PersonFact]) -> Facts:
    return replace(facts, people=tuple(change(p) for p in facts.people))


def _named(facts: Facts, given: dict, **changes: object) -> Facts:
    return _people(facts, lambda p: replace(p, **changes) if p.id == given.get("person_id") else p)


def _answered(facts: Facts, ids: set[int]) -> Facts:
    def answer(item: ItemFact) -> ItemFact:
        live = item.status in ("unsent", "asked") and item.requirement_id in ids
        return replace(item, status="answered", answer_kind="file") if live else item

    return replace(facts, items=tuple(answer(i) for i in facts.items))


def _pending_become(outcome: str) -> Effect:
    def change(facts: Facts, actor: Actor, given: dict) -> Facts:
        pending = {p.id for p in completeness.pending_persons(facts)}
        return _people(facts, lambda p: replace(p, outcome=outcome, deferred=False) if p.id in pending else p)

    return change


# --- effects, by the names of workflows.yaml ------------------------------------------------------------------------

EFFECTS: dict[str, Effect] = {}


def effect(function: Effect) -> Effect:
    EFFECTS[function.__name__] = function
    return function


def _nothing(facts: Facts, actor: Actor, given: dict) -> Facts:
    return facts


for name in (
    "make_reference", "restart_deadline", "move_deadline", "stop_clocks", "start_retention", "refit_appointment",
    "set_holder", "set_contact", "revoke_sessions", "restart_deadlines_with_letter", "add_requirement_by_staff",
):  # fmt: skip
    EFFECTS[name] = _nothing


@effect
def compute_requirements(facts: Facts, actor: Actor, given: dict) -> Facts:
    """The child's paper is demanded while the answer says so and the child is there."""
    child = facts.person(CHILD)
    wanted = bool(child and not child.left) and given.get("demanded", True)

    def judge(r: RequirementFact) -> RequirementFact:
        if r.id != CHILD_PAPER or (r.status != "not_needed") == wanted:
            return r
        return replace(r, status="missing" if wanted else "not_needed", gathered=False)

    return _requirements(facts, judge)


@effect
def recheck_verdicts_that_used_it(facts: Facts, actor: Actor, given: dict) -> Facts:
    def recheck(r: RequirementFact) -> RequirementFact:
        return replace(r, status="recheck") if r.id == PASSPORT and r.status == "accepted" else r

    return _requirements(facts, recheck) if given.get("touches_passport") else facts


@effect
def store_document(facts: Facts, actor: Actor, given: dict) -> Facts:
    return _one(facts, given, gathered=True)


@effect
def drop_document(facts: Facts, actor: Actor, given: dict) -> Facts:
    return _one(facts, given, gathered=False)


@effect
def record_signature(facts: Facts, actor: Actor, given: dict) -> Facts:
    return _requirements(facts, lambda r: replace(r, status="accepted") if r.kind == "signature" else r)


@effect
def move_buffer_to_documents(facts: Facts, actor: Actor, given: dict) -> Facts:
    ids = {r.id for r in facts.requirements if r.gathered}
    moved = _requirements(facts, lambda r: replace(r, status="sent", gathered=False) if r.id in ids else r)
    return replace(_answered(moved, ids), submitted=facts.submitted or facts.state == State.DRAFT)


@effect
def ask_by_rule(facts: Facts, actor: Actor, given: dict) -> Facts:
    ids = {r.id for r in completeness.to_ask_by_rule(facts)}
    if not ids:
        return facts
    kept = tuple(i for i in facts.items if not (i.requirement_id in ids and i.status == "unsent"))
    asked = tuple(ItemFact(id=n, requirement_id=n, status="asked") for n in sorted(ids))
    return replace(facts, items=kept + asked, consultation_open=True)


@effect
def person_joins(facts: Facts, actor: Actor, given: dict) -> Facts:
    return _people(facts, lambda p: replace(p, left=False, deferred=False) if p.id == CHILD else p)


@effect
def person_leaves(facts: Facts, actor: Actor, given: dict) -> Facts:
    return _named(facts, given, left=True, deferred=False)


@effect
def person_deferred(facts: Facts, actor: Actor, given: dict) -> Facts:
    return _named(facts, given, deferred=True)


@effect
def person_active(facts: Facts, actor: Actor, given: dict) -> Facts:
    return _named(facts, given, deferred=False)


EFFECTS["people_withdrawn"] = _pending_become("withdrawn")
EFFECTS["people_lapsed"] = _pending_become("lapsed")


@effect
def people_pending_again(facts: Facts, actor: Actor, given: dict) -> Facts:
    return _people(facts, lambda p: replace(p, outcome="pending") if p.outcome == "lapsed" else p)


@effect
def requirement_promised(facts: Facts, actor: Actor, given: dict) -> Facts:
    promised = _one(facts, given, status="promised", promises=1, gathered=False)
    return _answered(promised, {given["requirement_id"]})


@effect
def requirement_cannot_get(facts: Facts, actor: Actor, given: dict) -> Facts:
    return _answered(_one(facts, given, status="cannot_get", gathered=False), {given["requirement_id"]})


@effect
def requirement_waived(facts: Facts, actor: Actor, given: dict) -> Facts:
    return _one(facts, given, status="waived", good_until_on=None)


@effect
def requirement_missing_again(facts: Facts, actor: Actor, given: dict) -> Facts:
    return _one(facts, given, status="missing", good_until_on=None)


@effect
def write_verdict(facts: Facts, actor: Actor, given: dict) -> Facts:
    until = UNTIL if given["verdict"] == "accepted" and given["requirement_id"] == PASSPORT else None
    return _one(facts, given, status=given["verdict"], good_until_on=until)


@effect
def note_first_review(facts: Facts, actor: Actor, given: dict) -> Facts:
    taken_up = tuple(d for d in facts.decisions if d.status == "proposed")
    return replace(facts, first_reviewed=True, decisions=taken_up)


@effect
def open_or_extend_consultation(facts: Facts, actor: Actor, given: dict) -> Facts:
    items = tuple(replace(i, status="asked") if i.status == "unsent" else i for i in facts.items)
    return replace(facts, items=items, consultation_open=True)


@effect
def items_back_to_office(facts: Facts, actor: Actor, given: dict) -> Facts:
    return replace(facts, items=tuple(replace(i, status="unsent") if i.status == "asked" else i for i in facts.items))


def _propose(facts: Facts, actor: Actor, person_id: int, kind: str) -> Facts:
    others = tuple(d for d in facts.decisions if d.person_id != person_id)
    new = DecisionFact(id=person_id, person_id=person_id, kind=kind, status="proposed", proposed_by=actor.id)
    return replace(facts, decisions=(*others, new))


@effect
def decision_proposed(facts: Facts, actor: Actor, given: dict) -> Facts:
    return _propose(facts, actor, given["person_id"], "refuse")


@effect
def decision_confirmed(facts: Facts, actor: Actor, given: dict) -> Facts:
    decision = next(d for d in facts.decisions if d.id == given["decision_id"])
    outcome = "issued" if decision.kind == "issue" else "refused"
    return _people(facts, lambda p: replace(p, outcome=outcome, deferred=False) if p.id == decision.person_id else p)


@effect
def person_outcomes(facts: Facts, actor: Actor, given: dict) -> Facts:
    return replace(facts, decisions=tuple(d for d in facts.decisions if d.id != given["decision_id"]))


@effect
def decision_returned(facts: Facts, actor: Actor, given: dict) -> Facts:
    back = (replace(d, status="returned") if d.id == given["decision_id"] else d for d in facts.decisions)
    return replace(facts, decisions=tuple(back))


@effect
def mark_unreachable(facts: Facts, actor: Actor, given: dict) -> Facts:
    return replace(facts, unreachable=True)


@effect
def close_unreachable(facts: Facts, actor: Actor, given: dict) -> Facts:
    return replace(facts, unreachable=False)


@effect
def take_seats(facts: Facts, actor: Actor, given: dict) -> Facts:
    slot = given["slot"]
    return replace(facts, appointment=AppointmentFact(id=1, day_on=slot.day_on, starts_at=slot.starts_at))


EFFECTS["swap_seats"] = EFFECTS["take_seats"]


@effect
def give_back_seats(facts: Facts, actor: Actor, given: dict) -> Facts:
    return replace(facts, appointment=None)


EFFECTS["release_seats"] = EFFECTS["give_back_seats"]
EFFECTS["use_live_appointment_or_give_it_back"] = EFFECTS["give_back_seats"]


@effect
def give_back_past_appointment(facts: Facts, actor: Actor, given: dict) -> Facts:
    begun = facts.appointment is not None and facts.appointment.starts_at <= facts.now_at
    return replace(facts, appointment=None) if begun else facts


@effect
def appointment_no_show(facts: Facts, actor: Actor, given: dict) -> Facts:
    return replace(facts, appointment=None, no_show_on=facts.today_on)


@effect
def take_seats_back(facts: Facts, actor: Actor, given: dict) -> Facts:
    return replace(facts, no_show_on=None, appointment=AppointmentFact(id=1, day_on=facts.today_on, starts_at=PAST))


@effect
def open_visit(facts: Facts, actor: Actor, given: dict) -> Facts:
    return replace(facts, visit_open=True)


EFFECTS["visit_gets_file"] = EFFECTS["open_visit"]


@effect
def close_visit(facts: Facts, actor: Actor, given: dict) -> Facts:
    return replace(facts, visit_open=False)


@effect
def open_meeting(facts: Facts, actor: Actor, given: dict) -> Facts:
    return replace(facts, meeting=MeetingFact(id=1, officer_id=actor.id), no_show_on=None)


@effect
def mark_meeting_overdue(facts: Facts, actor: Actor, given: dict) -> Facts:
    return replace(facts, meeting=replace(facts.meeting, overdue=True))


@effect
def close_meeting(facts: Facts, actor: Actor, given: dict) -> Facts:
    return replace(facts, meeting=None)


@effect
def person_outcome_or_proposal(facts: Facts, actor: Actor, given: dict) -> Facts:
    person, outcome = given["person_id"], given["outcome"]
    proposes = outcome == "issued" and second_person_needed(facts, "issue", actor, person)
    if proposes:
        facts = _propose(facts, actor, person, "issue")
    elif outcome in ("issued", "withdrawn"):
        facts = _named(facts, given, outcome=outcome)
    said = (person, "proposed" if proposes else outcome)
    others = tuple(o for o in facts.meeting.outcomes if o[0] != person)
    return replace(facts, meeting=replace(facts.meeting, outcomes=(*others, said)))


@effect
def break_promises_not_seen(facts: Facts, actor: Actor, given: dict) -> Facts:
    broken = {r.id for r in completeness.broken_promises(facts)}
    return _requirements(facts, lambda r: replace(r, status="missing") if r.id in broken else r)


@effect
def close_all_open(facts: Facts, actor: Actor, given: dict) -> Facts:
    return replace(facts, items=(), consultation_open=False, decisions=(), unreachable=False)


@effect
def erase_everywhere(facts: Facts, actor: Actor, given: dict) -> Facts:
    return replace(facts, erased=True)


# --- one step -------------------------------------------------------------------------------------------------------


def with_deadlines(facts: Facts, settlement: Settlement) -> Facts:
    """Days may pass at any time: every deadline that runs may have passed by now."""
    clocks = (DeadlineFact(kind=w.kind, subject_id=w.subject_id, paused=w.paused, passed=not w.paused)
              for w in settlement.deadlines)  # fmt: skip
    return replace(facts, deadlines=tuple(clocks))


def fire(before: Facts, move: Move, rules: Rules) -> Facts | list[Refusal]:
    """The file after the event, settled; or why not. before: with its deadlines."""
    event, actor, given = move
    flow = rules.workflow
    facts = _moment_of(before, event, given)
    refusals = may(facts, event, actor, given, gates=rules.gates, workflow=flow)
    if refusals:
        return refusals
    after = _apply(flow.events[event].effects, facts, actor, given)
    state = next_state(facts, event, after, flow)
    _, after = rules.settle(replace(after, state=state, deadlines=()))
    if becomes_final(facts, after.state):
        after = rules.settle(_apply(flow.when_final, after, actor, given))[1]
    return canonical(after)


def _apply(steps: tuple, facts: Facts, actor: Actor, given: dict) -> Facts:
    for step in steps:
        facts = EFFECTS[step.name](facts, actor, given)
    return facts


def _moment_of(facts: Facts, event: str, given: dict) -> Facts:
    """The clock's events are about something whose time has just come; the desk ticks what it saw."""
    if event == "document_ran_out":
        return _requirements(facts, lambda r: replace(r, good_until_on=YESTERDAY) if r.good_until_on else r)
    if given.get("start_passed") and facts.appointment:
        return replace(facts, appointment=replace(facts.appointment, day_on=TODAY, starts_at=PAST))
    if given.get("ticked"):
        seen = _named(facts, given, identity_confirmed=True)
        if given["ticked"] == "identity":
            return seen
        return _requirements(seen, lambda r: replace(r, seen_at_desk=r.person_id in (None, given["person_id"])))
    return facts


def canonical(facts: Facts) -> Facts:
    """The same situation always looks the same: history that no rule asks about is dropped."""
    items = {(i.requirement_id, i.status) for i in facts.items if i.status in ("unsent", "asked", "answered")}
    shift = {"unsent": 0, "asked": 0, "answered": 100}
    after_meeting = facts.meeting is None and not any(d.kind == "issue" for d in facts.decisions)
    if after_meeting and any(p.identity_confirmed for p in facts.people):
        facts = _people(facts, lambda p: replace(p, identity_confirmed=False))
        facts = _requirements(facts, lambda r: replace(r, seen_at_desk=False) if r.seen_at_desk else r)
    meeting = facts.meeting and replace(facts.meeting, outcomes=tuple(sorted(facts.meeting.outcomes)))
    decisions = tuple(sorted((d for d in facts.decisions if not d.taken_up), key=lambda d: d.id))
    until = UNTIL if facts.state == State.LAPSED else None
    return replace(
        facts,
        items=tuple(ItemFact(id=r + shift[s], requirement_id=r, status=s) for r, s in sorted(items)),
        meeting=meeting,
        decisions=decisions,
        deadlines=(),
        version=0,
        revival_until_on=until,
    )


# --- what might be tried --------------------------------------------------------------------------------------------


def _slot(day: date) -> SlotFact:
    return SlotFact(starts_at=datetime.combine(day, NOW.time(), tzinfo=UTC), day_on=day, minutes=20)


def moves(facts: Facts) -> Iterator[Move]:
    """Everything anybody could try, allowed or not, one of each kind that could make a difference."""
    yield from _moves_of_applicant(facts)
    yield from _moves_of_office(facts)
    yield from _moves_of_desk(facts)
    yield from _moves_of_clock(facts)


def _moves_of_applicant(facts: Facts) -> Iterator[Move]:
    for demanded in (True, False):
        yield "save_answers", APPLICANT, {"demanded": demanded}
        yield "change_answers", APPLICANT, {"demanded": demanded, "confirmed": True}
    yield "change_answers", APPLICANT, {"confirmed": True, "touches_passport": True}
    for r in facts.requirements:
        about = {"requirement_id": r.id}
        yield "attach_document", APPLICANT, about
        yield "remove_document", APPLICANT, about
        yield "promise_document", APPLICANT, about
        yield "promise_document", CLARA, about
        yield "say_cannot_get", APPLICANT, about
    yield "sign", APPLICANT, {"person_id": LEAD}
    for event in ("submit", "send_answers", "revive"):
        yield event, APPLICANT, {}
    yield "withdraw", APPLICANT, {"confirmed": True}
    yield "add_person", APPLICANT, {"role": "child"}
    for event in ("remove_person", "defer_person", "recall_person"):
        yield event, APPLICANT, {"person_id": CHILD}
    for day in (SOON, LATE):
        yield "book_appointment", APPLICANT, {"slot": _slot(day)}
        yield "move_appointment", APPLICANT, {"slot": _slot(day)}
    yield "cancel_appointment", APPLICANT, {}


def _moves_of_office(facts: Facts) -> Iterator[Move]:
    for r in facts.requirements:
        seen = {"requirement_id": r.id, "seen_hash": None, "seen_verdict_id": None}
        yield "judge_document", CLARA, {**seen, "verdict": "accepted"}
        yield "judge_document", CLARA, {**seen, "verdict": "refused", "reason_codes": ["unreadable"]}
        yield "waive", CLARA, {**seen, "reason": "because"}
    yield "ask_applicant", CLARA, {}
    yield "withdraw_items", CLARA, {}
    for p in facts.people:
        yield "propose_refusal", CLARA, {"person_id": p.id, "reason_codes": ["no_right"]}
    for d in facts.decisions:
        for actor in (CLARA, BENT):
            yield "confirm_decision", actor, {"decision_id": d.id}
            yield "return_decision", actor, {"decision_id": d.id, "reason": "not yet"}
    yield "tried_to_reach", CLARA, {"ways": ("phone", "letter")}
    yield "note_unreachable", CLOCK, {}


def _moves_of_desk(facts: Facts) -> Iterator[Move]:
    yield "arrive", DORA, {}
    yield "start_meeting", DORA, {}
    for p in facts.people:
        for ticked in ("all", "identity", None):
            yield "record_outcome", DORA, {"person_id": p.id, "outcome": "issued", "ticked": ticked}
        for outcome in ("not_come", "paper_missing", "withdrawn"):
            yield "record_outcome", DORA, {"person_id": p.id, "outcome": outcome}
    yield "end_meeting", DORA, {}
    yield "abandon_meeting", DORA, {"reason": "alarm"}
    yield "leave", DORA, {}
    yield "leave", DORA, {"start_passed": True}
    yield "undo_no_show", DORA, {"seats_left": 1}
    yield "office_cancels", DORA, {}


def _moves_of_clock(facts: Facts) -> Iterator[Move]:
    yield "document_ran_out", CLOCK, {"requirement_id": PASSPORT}
    yield "mark_no_show", CLOCK, {"start_passed": True}
    for passed in (True, False):
        yield "release_frozen", CLOCK, {"start_passed": passed}
    yield "meeting_forgotten", CLOCK, {}
    for deadline in ("draft_idle", "consultation_reply", "booking_reply"):
        yield "lapse", CLOCK, {"deadline": deadline}
