"""The named conditions of workflows.yaml, each a question about facts. A test compares the names with the YAML."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from applications import completeness
from applications.facts import FINAL, Facts, RequirementFact, State


class Seen:
    """Facts with what follows from them, worked out once and only when asked for."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    @cached_property
    def pending_requirements(self) -> tuple[RequirementFact, ...]:
        return completeness.requirements_of(self.facts, completeness.pending_persons(self.facts))

    @cached_property
    def open_statuses(self) -> frozenset[str]:
        """Statuses of what is demanded from people still pending, while the file is open."""
        if self.facts.state != State.OPEN:
            return frozenset()
        return frozenset(r.status for r in self.pending_requirements)

    @cached_property
    def item_statuses(self) -> frozenset[str]:
        return frozenset(i.status for i in self.facts.items)

    @cached_property
    def span(self) -> completeness.Span | None:
        return completeness.complete_span(self.facts) if self.facts.state == State.OPEN else None

    @cached_property
    def pending_ids(self) -> frozenset[int | None]:
        return frozenset({None, *(p.id for p in completeness.pending_persons(self.facts))})

    @cached_property
    def bookable(self) -> bool:
        return self.span is not None and self.span.open_on_or_after(self.facts.today_on)


Predicate = Callable[[Seen], bool]
PREDICATES: dict[str, Predicate] = {}


def _named(question: Predicate) -> Predicate:
    PREDICATES[question.__name__] = question
    return question


@_named
def final(seen: Seen) -> bool:
    return seen.facts.state in FINAL


@_named
def state_is_draft(seen: Seen) -> bool:
    return seen.facts.state == State.DRAFT


@_named
def state_is_open(seen: Seen) -> bool:
    return seen.facts.state == State.OPEN


@_named
def channel_is_web(seen: Seen) -> bool:
    return seen.facts.channel == "web"


@_named
def first_reviewed(seen: Seen) -> bool:
    return seen.facts.first_reviewed


@_named
def bookable(seen: Seen) -> bool:
    return seen.bookable


@_named
def no_day_fits(seen: Seen) -> bool:
    """Every paper is accepted and yet no day is good for all of them: somebody must look again."""
    return seen.span is not None and not seen.bookable


@_named
def asked_items(seen: Seen) -> bool:
    return "asked" in seen.item_statuses


@_named
def unsent_items(seen: Seen) -> bool:
    return "unsent" in seen.item_statuses


@_named
def request_on_its_way(seen: Seen) -> bool:
    return not seen.facts.request_delivered


@_named
def sent(seen: Seen) -> bool:
    return "sent" in seen.open_statuses


@_named
def recheck(seen: Seen) -> bool:
    return "recheck" in seen.open_statuses


@_named
def cannot_get(seen: Seen) -> bool:
    return "cannot_get" in seen.open_statuses


@_named
def answer_waits(seen: Seen) -> bool:
    return not seen.open_statuses.isdisjoint(completeness.WITH_OFFICE)


@_named
def to_decide(seen: Seen) -> bool:
    return seen.facts.state == State.OPEN and any(p in seen.pending_ids for p in seen.facts.to_decide)


@_named
def live_appointment(seen: Seen) -> bool:
    return seen.facts.appointment is not None


@_named
def frozen(seen: Seen) -> bool:
    return seen.facts.appointment is not None and seen.facts.appointment.frozen


@_named
def start_passed(seen: Seen) -> bool:
    return seen.facts.appointment is not None and seen.facts.appointment.starts_at <= seen.facts.now_at


@_named
def no_free_time(seen: Seen) -> bool:
    return seen.facts.no_free_time


@_named
def visit_open(seen: Seen) -> bool:
    return seen.facts.visit_open


@_named
def meeting_open(seen: Seen) -> bool:
    return seen.facts.meeting is not None


@_named
def meeting_overdue(seen: Seen) -> bool:
    return seen.facts.meeting is not None and seen.facts.meeting.overdue


@_named
def blocking_partner(seen: Seen) -> bool:
    return any(p.blocking for p in seen.facts.partners)


@_named
def partner_overdue(seen: Seen) -> bool:
    return any(p.overdue for p in seen.facts.partners)


@_named
def decision_proposed(seen: Seen) -> bool:
    return any(d.status == "proposed" for d in seen.facts.decisions)


@_named
def decision_returned(seen: Seen) -> bool:
    """A colleague sent a proposal back and nobody has done anything about it yet."""
    return any(
        d.status == "returned" and not d.taken_up and d.person_id in seen.pending_ids for d in seen.facts.decisions
    )


@_named
def unread_message(seen: Seen) -> bool:
    return seen.facts.unread_message


@_named
def unreachable(seen: Seen) -> bool:
    return seen.facts.unreachable


@_named
def suspected_duplicate(seen: Seen) -> bool:
    return seen.facts.suspected_duplicate


@_named
def hold(seen: Seen) -> bool:
    return seen.facts.hold


@_named
def appeal_open(seen: Seen) -> bool:
    return seen.facts.appeal_open


@_named
def question_carried(seen: Seen) -> bool:
    return seen.facts.question_carried
