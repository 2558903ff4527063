"""settle(): what follows from the facts after every event. Pure; actions/settle.py writes it down.

Settling what is settled changes nothing (a test and the search hold it to that).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from applications import completeness
from applications.definition import Line, Timer, Workflow, load
from applications.facts import FINAL, AppointmentFact, Facts, ItemFact, State
from applications.predicates import PREDICATES, Seen


@dataclass(frozen=True, slots=True, order=True)
class TimerWish:
    """A deadline that has to exist. subject_id: the requirement for deadlines kept per requirement, else 0."""

    kind: str
    subject_id: int = 0
    paused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What to write. The first half are changes to make, empty once settled; the second half are the kept values.

    draft_items: requirements that need a new unsent item. withdraw_items: live items whose paper is no longer owed.
    close_items: answered items whose answer was judged. deadlines: all that must exist now; any other that is not
    done has to be stopped. clocks: all that must run now; any other has to be stopped.
    """

    recall: tuple[int, ...] = ()
    draft_items: tuple[int, ...] = ()
    withdraw_items: tuple[int, ...] = ()
    close_items: tuple[int, ...] = ()
    close_consultation: bool = False
    freeze: bool = False
    thaw: bool = False

    state: State
    stage: str
    ball: str
    queue: str
    office_todo: tuple[str, ...]
    bookable: bool
    complete_from_on: date | None
    complete_until_on: date | None
    deadlines: tuple[TimerWish, ...]
    clocks: tuple[str, ...]

    @property
    def changes_nothing(self) -> bool:
        lists = (self.recall, self.draft_items, self.withdraw_items, self.close_items)
        return not (any(lists) or self.close_consultation or self.freeze or self.thaw)


def settle(facts: Facts, workflow: Workflow | None = None) -> Settlement:
    """facts.state: what next_state() gave. The result's state differs from it only if the facts contradict it."""
    return settled(facts, workflow)[0]


def settled(facts: Facts, workflow: Workflow | None = None) -> tuple[Settlement, Facts]:
    """The settlement, and the facts as they are once it was written (new items carry ids below zero)."""
    flow = workflow or load()
    recall = _recall(facts)
    after = _with_recalled(facts, recall)
    draft, withdraw, close = _items(after)
    after = _with_items(after, draft, withdraw, close)
    close_consultation = after.consultation_open and not any(i.status == "asked" for i in after.items)
    appointment = _frozen_or_thawed(after)
    freeze = appointment is not None and appointment.frozen and not facts.appointment.frozen
    thaw = appointment is not None and facts.appointment.frozen and not appointment.frozen
    state = rolled_up(after, flow)
    if close_consultation or freeze or thaw or state != after.state:
        still_open = after.consultation_open and not close_consultation
        after = replace(after, appointment=appointment, consultation_open=still_open, state=state)
    changes = {
        "recall": recall, "draft_items": draft, "withdraw_items": withdraw, "close_items": close,
        "close_consultation": close_consultation, "freeze": freeze, "thaw": thaw,
    }  # fmt: skip
    return Settlement(**changes, **_kept(after, flow)), after


def rolled_up(facts: Facts, flow: Workflow | None = None) -> State:
    """The state the outcomes of the people give the file.

    Nobody pending and no meeting open: the first outcome of roll_up that anybody has. People who left count for
    nothing. Else the state it has.
    """
    if facts.state in FINAL or facts.meeting is not None or completeness.pending_persons(facts):
        return facts.state
    outcomes = {p.outcome for p in facts.people if not (p.left or p.party)}
    return next((State(o) for o in (flow or load()).roll_up if o in outcomes), facts.state)


# --- changes ----------------------------------------------------------------------------------------------------


def _recall(facts: Facts) -> tuple[int, ...]:
    """A deferral ends when nobody else is left to wait for, but never under the officer's hands."""
    if facts.state != State.OPEN or facts.meeting is not None or completeness.active_persons(facts):
        return ()
    return tuple(p.id for p in completeness.pending_persons(facts))


def _with_recalled(facts: Facts, recall: tuple[int, ...]) -> Facts:
    if not recall:
        return facts
    return replace(facts, people=tuple(replace(p, deferred=False) if p.id in recall else p for p in facts.people))


def _items(facts: Facts) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Which requirements need an item, which live items lost their reason, which answers were judged."""
    owed = {r.id for r in completeness.outstanding(facts)}
    live = {i.requirement_id for i in facts.items if i.status in ("unsent", "asked")}
    draft = tuple(sorted(owed - live))
    withdraw = tuple(i.id for i in facts.items if i.status in ("unsent", "asked") and i.requirement_id not in owed)
    with_office = {r.id for r in Seen(facts).pending_requirements if r.status in completeness.WITH_OFFICE}
    if facts.state != State.OPEN:
        with_office = set()
    close = tuple(i.id for i in facts.items if i.status == "answered" and i.requirement_id not in with_office)
    return draft, withdraw, close


def _with_items(
    facts: Facts, draft: tuple[int, ...], withdraw: tuple[int, ...], close: tuple[int, ...]
) -> Facts:
    if not (draft or withdraw or close):
        return facts
    to = {**dict.fromkeys(withdraw, "withdrawn"), **dict.fromkeys(close, "closed")}
    old = tuple(replace(i, status=to.get(i.id, i.status)) for i in facts.items)
    return replace(facts, items=old + tuple(ItemFact(id=-r, requirement_id=r, status="unsent") for r in draft))


def _frozen_or_thawed(facts: Facts) -> AppointmentFact | None:
    """A time that has begun is not thawed any more: thawed, it would turn into a no-show that was not hers."""
    appointment = facts.appointment
    if appointment is None or facts.state in FINAL:
        return appointment
    complete = completeness.complete_on(facts, appointment.day_on)
    if not complete:
        return appointment if appointment.frozen else replace(appointment, frozen=True)
    begun = appointment.starts_at <= facts.now_at
    return replace(appointment, frozen=False) if appointment.frozen and not begun else appointment


# --- kept values ------------------------------------------------------------------------------------------------


def _kept(facts: Facts, flow: Workflow) -> dict[str, object]:
    table = _Table(Seen(facts), flow)
    span = table.seen.span
    complete = span if table.seen.bookable else None
    return {
        "state": facts.state,
        "stage": table.stage,
        "ball": table.ball,
        "queue": table.first(flow.queue_lines),
        "office_todo": table.office_todo,
        "bookable": table.seen.bookable,
        "complete_from_on": complete.from_on if complete else None,
        "complete_until_on": complete.until_on if complete else None,
        "deadlines": tuple(sorted(table.deadlines())),
        "clocks": tuple(name for name, clock in flow.clocks.items() if table.all_hold(clock.runs_while)),
    }


@cache
def _parsed(term: str) -> tuple[str, tuple[str, ...], bool]:
    """("predicate"|"stage"|"ball", names, negated)."""
    negated = term.startswith("not ")
    word, _, names = term.removeprefix("not ").partition(" ")
    return (word, tuple(names.split("|")), negated) if names else ("predicate", (word,), negated)


class _Table:
    """Looks up the decision tables of the YAML for one situation."""

    def __init__(self, seen: Seen, flow: Workflow) -> None:
        self.seen = seen
        self.flow = flow
        self.known: dict[str, bool] = {}
        self.stage = ""
        self.ball = ""
        self.office_todo = tuple(code for code in flow.office_todo if self.holds(code))
        self.known["office_todo"] = bool(self.office_todo)
        self.stage = self.first(flow.stage_lines).replace("$state", seen.facts.state)
        self.ball = flow.stages[self.stage].ball

    def holds(self, term: str) -> bool:
        kind, names, negated = _parsed(term)
        if kind == "predicate":
            return self._asked(names[0]) is not negated
        return ((self.stage if kind == "stage" else self.ball) in names) is not negated

    def _asked(self, name: str) -> bool:
        if name not in self.known:
            self.known[name] = PREDICATES[name](self.seen)
        return self.known[name]

    def all_hold(self, terms: tuple[str, ...]) -> bool:
        return all(self.holds(term) for term in terms)

    def first(self, lines: tuple[Line, ...]) -> str:
        return next(line.value for line in lines if self.all_hold(line.when))

    def deadlines(self) -> list[TimerWish]:
        wishes = []
        for name, timer in self.flow.deadlines.items():
            if timer.is_kept_by_settle and self.all_hold(timer.runs_while):
                paused = any(self.holds(term) for term in timer.pauses_while)
                wishes += [TimerWish(name, subject, paused) for subject in self._subjects(timer)]
        return wishes

    def _subjects(self, timer: Timer) -> tuple[int, ...]:
        if timer.per != "requirement":
            return (0,)
        owed = self.seen.pending_requirements
        return tuple(r.id for r in owed if r.status == "accepted" and getattr(r, timer.settings["on"]) is not None)


# --- for pages and tests ------------------------------------------------------------------------------------------


def holders(settlement: Settlement, facts: Facts) -> frozenset[str]:
    """Everybody who has something to do. The ball says who is shown as next; a colleague may hold another one."""
    if facts.state in FINAL:
        return frozenset({"office"}) if settlement.office_todo else frozenset()
    if facts.meeting is not None:
        return frozenset({"office"})
    found = {settlement.ball}
    if settlement.office_todo or facts.visit_open:
        found.add("office")
    if any(i.status == "asked" for i in facts.items):
        found.add("applicant")
    return frozenset(found)


def only_applicant_has_ball(facts: Facts, workflow: Workflow | None = None) -> bool:
    """Whether nothing is with the office or a partner, so that a deadline may cost her something."""
    seen = Seen(facts)
    flow = workflow or load()
    if facts.meeting is not None or any(PREDICATES[code](seen) for code in flow.office_todo):
        return False
    return not PREDICATES["blocking_partner"](seen)


def differences(kept: Mapping[str, object], settlement: Settlement) -> dict[str, tuple[object, object]]:
    """Kept copies that are not what settle() says: {name: (kept, right)}. For `flask verify`."""
    return {k: (v, getattr(settlement, k)) for k, v in kept.items() if getattr(settlement, k) != v}
