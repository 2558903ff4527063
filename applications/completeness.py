"""Whether a file is complete, for whom and for which day. Pure; never typed in by anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from applications.facts import Facts, PersonFact, RequirementFact

FINE = frozenset({"accepted", "waived", "promised"})
OWED = frozenset({"missing", "refused"})  # the applicant has to do something about it
WITH_OFFICE = frozenset({"sent", "recheck", "cannot_get"})
ATTENDED = frozenset({"paper_missing", "identity_doubt"})  # was there, went home without a number


def pending_persons(facts: Facts) -> tuple[PersonFact, ...]:
    return tuple(p for p in facts.people if p.outcome == "pending" and not (p.left or p.party))


def active_persons(facts: Facts) -> tuple[PersonFact, ...]:
    """Who comes to the next meeting."""
    return tuple(p for p in pending_persons(facts) if not p.deferred)


def requirements_of(facts: Facts, people: Iterable[PersonFact]) -> tuple[RequirementFact, ...]:
    """Theirs, and the file's own."""
    ids = {None, *(p.id for p in people)}
    return tuple(r for r in facts.requirements if r.person_id in ids)


@dataclass(frozen=True, slots=True)
class Span:
    """The days for which a file is complete. An empty end is open."""

    from_on: date | None = None
    until_on: date | None = None

    def has(self, day: date) -> bool:
        return (self.from_on is None or day >= self.from_on) and (self.until_on is None or day <= self.until_on)

    @property
    def is_empty(self) -> bool:
        return self.from_on is not None and self.until_on is not None and self.from_on > self.until_on

    def open_on_or_after(self, day: date) -> bool:
        return not self.is_empty and (self.until_on is None or self.until_on >= day)


def is_judged_fine(facts: Facts, people: tuple[PersonFact, ...]) -> bool:
    """Whether nothing stands open for these people, whatever the day."""
    ids = {None, *(p.id for p in people)}
    if any(person in ids for person in facts.to_decide):
        return False
    return all(r.status in FINE for r in requirements_of(facts, people) if r.blocking)


def span_of(facts: Facts, people: tuple[PersonFact, ...]) -> Span | None:
    """The days on which these people's papers are all good, or None while something is missing."""
    if not people or not is_judged_fine(facts, people):
        return None
    accepted = [r for r in requirements_of(facts, people) if r.blocking and r.status == "accepted"]
    starts = [d for d in (facts.not_before_on, *(r.good_from_on for r in accepted)) if d]
    ends = [r.good_until_on for r in accepted if r.good_until_on]
    return Span(max(starts, default=None), min(ends, default=None))


def complete_span(facts: Facts) -> Span | None:
    """The days for which the active people are complete; may be empty or past. None = something is missing."""
    return span_of(facts, active_persons(facts))


def complete_on(facts: Facts, day: date) -> bool:
    span = complete_span(facts)
    return span is not None and span.has(day)


def is_bookable(facts: Facts) -> bool:
    """Whether there is a day from today on for which the file is complete."""
    span = complete_span(facts)
    return span is not None and span.open_on_or_after(facts.today_on)


def person_complete_on(facts: Facts, person: PersonFact, day: date) -> bool:
    span = span_of(facts, (person,))
    return span is not None and span.has(day)


def outstanding(facts: Facts) -> tuple[RequirementFact, ...]:
    """What the applicant owes, for everybody still pending, the deferred too.

    Nothing before the file is sent. The state is not asked: while a lapsed file is being revived, its people are
    pending again and what they owe is to be asked in the same step.
    """
    pending = pending_persons(facts)
    if not (facts.submitted and pending):
        return ()
    return tuple(r for r in requirements_of(facts, pending) if r.blocking and r.status in OWED)


def to_ask_by_rule(facts: Facts) -> tuple[RequirementFact, ...]:
    """What may be asked for without a caseworker: demanded, missing, not asked yet. A refusal needs her words."""
    asked = {i.requirement_id for i in facts.items if i.status == "asked"}
    return tuple(r for r in outstanding(facts) if r.status == "missing" and r.id not in asked)


def broken_promises(facts: Facts) -> tuple[RequirementFact, ...]:
    """Promised papers that did not come to the meeting that is about to end.

    Somebody who did not come broke no promise; the paper may come with her next time.
    """
    meeting = facts.meeting
    if meeting is None:
        return ()
    attended = {p.id for p in pending_persons(facts) if meeting.outcome_of(p.id) in ATTENDED}
    theirs = attended | {None} if attended else set()
    promised = (r for r in facts.requirements if r.status == "promised" and not r.seen_at_desk)
    return tuple(r for r in promised if r.person_id in theirs)


def required_not_given(facts: Facts) -> tuple[RequirementFact, ...]:
    """What a draft still needs before it may be sent. A promise and "I cannot get this" are answers too."""
    needed = requirements_of(facts, pending_persons(facts))
    return tuple(
        r for r in needed if r.blocking and r.kind == "document" and r.status in OWED and not r.gathered
    )
