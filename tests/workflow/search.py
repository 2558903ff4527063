"""Breadth-first search over small files, and what must hold in every situation and at every step."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from applications import completeness, gates
from applications.facts import FINAL, Actor, Facts, State
from applications.stage import Settlement, holders
from tests.workflow.model import PAST, Move, Rules, canonical, fire, moves, with_deadlines

LATER = Actor("later")  # the office, with verbs that come later
BALL_OF = {"applicant": "applicant", "staff": "office", "clock": "clock", "later": "office"}


@dataclass
class Fault:
    rule: str
    facts: Facts
    step: Move | None = None

    def __str__(self) -> str:
        said = f" after {self.step[0]} by {self.step[1]} {self.step[2]}" if self.step else ""
        return f"{self.rule}{said}\n{said_briefly(self.facts)}"


@dataclass
class Graph:
    """Every situation reached, numbered in order, the steps between them, and what broke a rule.

    edge: situations outside the slice; they were reached and not looked into.
    """

    steps: dict[Facts, list[tuple[Move, int]]] = field(default_factory=dict)
    kept: dict[Facts, Settlement] = field(default_factory=dict)
    edge: set[Facts] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    @property
    def broken(self) -> set[str]:
        return {fault.rule for fault in self.faults}

    @property
    def size(self) -> tuple[int, int]:
        return len(self.steps), sum(len(s) for s in self.steps.values())


Environment = Callable[[Facts], Iterable[tuple[str, Facts]]]


@dataclass(frozen=True, kw_only=True)
class Slice:
    """A part of the whole that can be searched to its end.

    leave_out: events nobody tries. within: where it stops looking further. environment: steps that no event of ours
    makes yet. for_her_number: whether a genuine applicant must be able to get hers within the slice.
    """

    starts: tuple[Facts, ...]
    leave_out: frozenset[str] = frozenset()
    within: Callable[[Facts], bool] = lambda _facts: True
    environment: Environment = lambda _facts: ()


def search(part: Slice, rules: Rules | None = None, *, most: int = 300_000, enough: str | None = None) -> Graph:
    """To the end, or until the fault called `enough` was found. Raises AssertionError if there is no end in sight."""
    rules = rules or Rules()
    graph = Graph()
    numbers: dict[Facts, int] = {}
    waiting: deque[Facts] = deque()

    def number(facts: Facts) -> int:
        if facts not in numbers:
            numbers[facts] = len(numbers)
            graph.steps[facts] = []
            waiting.append(facts)
        return numbers[facts]

    for start in part.starts:
        number(canonical(rules.settle(start)[1]))
    while waiting and not any(f.rule == enough for f in graph.faults[-50:] if enough):
        facts = waiting.popleft()
        if part.within(facts):
            graph.steps[facts] = [(move, number(after)) for move, after in _expand(facts, graph, rules, part)]
        else:
            graph.edge.add(facts)
        assert len(graph.steps) <= most, f"more than {most} situations: the slice is too large"
    return graph


def _expand(facts: Facts, graph: Graph, rules: Rules, part: Slice) -> list[tuple[Move, Facts]]:
    settlement = graph.kept[facts] = rules.settle(facts)[0]
    moment = with_deadlines(facts, settlement)
    found = []
    for move in moves(moment):
        if move[0] in part.leave_out or facts.state not in rules.workflow.events[move[0]].sources:
            continue
        after = fire(moment, move, rules)
        if isinstance(after, Facts):
            _check_step(moment, move, after, graph)
            found.append((move, after))
    for name, changed in part.environment(facts):
        found.append(((name, LATER, {}), canonical(rules.settle(changed)[1])))
    _check_situation(facts, settlement, [move for move, _ in found], graph, rules)
    return found


# --- what must hold in every situation ------------------------------------------------------------------------------


def _check_situation(facts: Facts, kept: Settlement, enabled: list[Move], graph: Graph, rules: Rules) -> None:
    broken = [*_broken_promises(facts), *_broken_ends(facts, kept), *_broken_ball(facts, kept, enabled, rules)]
    if not kept.changes_nothing or kept.state != facts.state:
        broken.append("settling twice changes something")
    graph.faults += [Fault(rule, facts) for rule in broken]


def _broken_promises(facts: Facts) -> list[str]:
    broken = []
    live = facts.appointment
    if live and not live.frozen and not completeness.complete_on(facts, live.day_on):
        broken.append("a live time on an incomplete file is not frozen")
    asked_or_noted = {i.requirement_id for i in facts.items if i.status in ("unsent", "asked")}
    owed = {r.id for r in completeness.outstanding(facts)}
    if not owed <= asked_or_noted:
        broken.append("an outstanding paper is forgotten")
    if not asked_or_noted <= owed:
        broken.append("something is asked that is not owed")
    if facts.consultation_open != any(i.status == "asked" for i in facts.items):
        broken.append("a consultation is open exactly while something is asked")
    return broken


def _broken_ends(facts: Facts, kept: Settlement) -> list[str]:
    broken = []
    pending = completeness.pending_persons(facts)
    if facts.meeting is None and (facts.state in FINAL) != (not pending):
        broken.append("a file is finished exactly when nobody is pending")
    if facts.state not in FINAL:
        if facts.state == State.OPEN and facts.meeting is None and not completeness.active_persons(facts):
            broken.append("an open file has nobody to come")
        return broken
    if facts.appointment or facts.meeting or facts.consultation_open or facts.items:
        broken.append("a finished file has something open")
    waits = {d.kind for d in kept.deadlines} - {"visit_left_open"} | set(kept.clocks)  # she may still stand there
    if any(d.status == "proposed" for d in facts.decisions) or waits:
        broken.append("a finished file still waits for something")
    return broken


def _broken_ball(facts: Facts, kept: Settlement, enabled: list[Move], rules: Rules) -> list[str]:
    if facts.state in FINAL:
        return []
    broken = []
    who = holders(kept, facts)
    spec = rules.workflow.stages[kept.stage]
    if not who or kept.ball == "nobody":
        broken.append("nobody has the ball")
    can = {(BALL_OF.get(actor.kind), event) for event, actor, _ in enabled}
    if not _comes_to_the_desk(facts) and not any((kept.ball, event) in can for event in {*spec.moves, *SILENCES}):
        broken.append(f"{kept.ball} has the ball and cannot play it")
    works = any(ball == "office" and event in OFFICE_WORK for ball, event in can)
    if "office" in who and not _comes_to_the_desk(facts) and not works:
        broken.append("the office has work and cannot do it")
    running = {d.kind for d in kept.deadlines} | set(kept.clocks)
    if not running.intersection(spec.watched_by):
        broken.append(f"{kept.stage} is watched by no clock")
    return broken


def _comes_to_the_desk(facts: Facts) -> bool:
    """Her time has begun or she stands there: the desk and the clock are next, whatever the stage shows her."""
    return facts.visit_open or (facts.appointment is not None and facts.appointment.starts_at <= facts.now_at)


SILENCES = frozenset({"hold", "message"})
OFFICE_WORK = SILENCES | frozenset({
    "judge_document", "waive", "ask_applicant", "withdraw_items", "propose_refusal", "confirm_decision",
    "return_decision", "tried_to_reach", "start_meeting", "leave",
    "record_outcome", "end_meeting", "abandon_meeting",
})  # fmt: skip


# --- what must hold at every step -----------------------------------------------------------------------------------


def _check_step(before: Facts, move: Move, after: Facts, graph: Graph) -> None:
    event, actor, given = move
    broken = [*_wrong_booking(before, event, given), *_wrong_outcome(before, after, actor, given)]
    if event in ("lapse", "release_frozen", "mark_no_show"):
        broken += _unfair_loss(before, event, given, graph.kept)
    graph.faults += [Fault(rule, before, move) for rule in broken]


def _wrong_booking(before: Facts, event: str, given: dict) -> list[str]:
    if event not in ("book_appointment", "move_appointment"):
        return []
    broken = []
    if not completeness.complete_on(before, given["slot"].day_on):
        broken.append("booked for a day on which the file is not complete")
    if before.hold or before.meeting or any(d.status == "proposed" for d in before.decisions):
        broken.append("booked while the office keeps booking shut")
    return broken


def _wrong_outcome(before: Facts, after: Facts, actor: Actor, given: dict) -> list[str]:
    broken = []
    for old, new in zip(before.people, after.people, strict=True):
        if old.outcome == new.outcome:
            continue
        proposal = next((d for d in before.decisions if d.person_id == old.id and d.status == "proposed"), None)
        if new.outcome == "issued" and _has_no_right(before, old.id, given, proposal is not None):
            broken.append("a number without right to it")
        if proposal and new.outcome in ("issued", "refused") and actor.id == proposal.proposed_by:
            broken.append("one person decided alone")
        if new.outcome == "refused" and proposal is None:
            broken.append("refused by one person")
    return broken


def _has_no_right(before: Facts, person_id: int, given: dict, proposed: bool) -> bool:
    """Said again in its own words, so that a gate with a rule missing is found out."""
    if before.meeting is None and not proposed:
        return True
    person = before.person(person_id)
    theirs = [r for r in before.requirements if r.person_id in (None, person_id) and r.blocking]
    seen = given.get("ticked") or person.identity_confirmed
    shown = all(given.get("ticked") == "all" or r.seen_at_desk for r in theirs if r.status == "promised")
    fine = all(gates.why_not_good(r, before.today_on) is None for r in theirs)
    return not (seen and shown and fine) or before.hold or before.suspected_duplicate


def _unfair_loss(before: Facts, event: str, given: dict, kept: dict[Facts, Settlement]) -> list[str]:
    """A deadline may cost her something only while she alone has the ball, and we could reach her."""
    broken = []
    begun = given.get("start_passed") or (before.appointment and before.appointment.starts_at <= before.now_at)
    gone_anyway = event != "lapse" and begun
    todo = kept[replace(before, deadlines=())].office_todo
    if todo and not gone_anyway:
        broken.append(f"{event} while the office had work")
    if event == "lapse" and (before.hold or before.unread_message or before.unreachable):
        broken.append("lapsed although she was not heard, not reached or silently held")
    if before.visit_open:
        broken.append(f"{event} while she stood in the building")
    if event == "mark_no_show" and before.appointment.frozen:
        broken.append("blamed for a time that was frozen")
    return broken


# --- what must stay possible ------------------------------------------------------------------------------------------


def can_reach(graph: Graph, goal: Callable[[Facts], bool], allowed: Callable[[Move], bool]) -> set[int]:
    """Numbers of all situations from which some way of allowed steps leads to the goal."""
    back = defaultdict(list)
    for before, steps in enumerate(graph.steps.values()):
        for move, after in steps:
            if allowed(move):
                back[after].append(before)
    found = {number for number, facts in enumerate(graph.steps) if goal(facts)}
    waiting = deque(found)
    while waiting:
        for before in back[waiting.popleft()]:
            if before not in found:
                found.add(before)
                waiting.append(before)
    return found


AGAINST_HER = frozenset({
    "waive", "withdraw", "propose_refusal", "lapse", "office_cancels", "remove_person", "say_cannot_get",
})  # fmt: skip


def check_liveness(graph: Graph) -> None:
    """Adds a fault for every situation from which something that must stay possible is not."""
    pending = [(n, f) for n, f in enumerate(graph.steps) if f.state not in FINAL and f not in graph.edge]
    owed = [(n, f) for n, f in enumerate(graph.steps) if f not in graph.edge and _hopes_for_a_number(f)]

    ends = can_reach(graph, lambda f: f.state in FINAL or f in graph.edge, lambda move: True)
    graph.faults += [Fault("no end can be reached", f) for n, f in pending if n not in ends]
    silent = can_reach(graph, lambda f: f.state in FINAL or f in graph.edge, lambda move: move[1].kind != "applicant")
    graph.faults += [Fault("no end while she is silent", f) for n, f in pending if n not in silent]
    genuine = can_reach(graph, lambda f: f.state == State.ISSUED or f in graph.edge, lambda m: m[0] not in AGAINST_HER)
    graph.faults += [Fault("a genuine applicant cannot get her number", f) for n, f in owed if n not in genuine]


def _hopes_for_a_number(facts: Facts) -> bool:
    if facts.state == State.LAPSED:
        return any(p.outcome == "lapsed" and not p.left for p in facts.people)
    return bool(completeness.pending_persons(facts))


def said_briefly(facts: Facts) -> str:
    people = " ".join(f"{p.role}:{p.outcome}{' deferred' if p.deferred else ''}{' left' if p.left else ''}"
                      for p in facts.people)  # fmt: skip
    papers = " ".join(f"{r.item}={r.status}{'+' if r.gathered else ''}" for r in facts.requirements)
    items = " ".join(f"{i.requirement_id}:{i.status}" for i in facts.items)
    live = facts.appointment
    begun = " begun" if live and live.starts_at == PAST else ""
    time = f"{live.day_on}{' frozen' if live.frozen else ''}{begun}" if live else "-"
    decisions = [(d.person_id, d.kind, d.status) for d in facts.decisions]
    return (f"  {facts.state} | {people} | {papers} | items {items or '-'} | time {time} | visit {facts.visit_open} |"
            f" meeting {facts.meeting} | {decisions} | unreachable {facts.unreachable} hold {facts.hold}")  # fmt: skip
