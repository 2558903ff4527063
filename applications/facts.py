"""Everything the workflow looks at, as plain data. Gathered by actions/, judged by pure functions.

Nothing here loads, writes or asks the time: `now_at` and `today_on` come with the facts, so a decision can be
repeated. Tuples instead of lists, so that two equal situations are equal and hashable (the search relies on it).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """The stored states. workflows.yaml must name the same ones; a test compares."""

    DRAFT = "draft"
    OPEN = "open"
    ISSUED = "issued"
    REFUSED = "refused"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


FINAL = frozenset({State.ISSUED, State.REFUSED, State.LAPSED, State.WITHDRAWN})
LEAD = "applicant"  # the role of the one person who signs and cannot leave the file

Given = Mapping[str, Any]  # what the actor brought with the event; applications/guards names every key


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not be done. Words for people live in the catalogues, under `code`."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. kind: applicant, helper, system, staff or clock. roles and offices are empty but for staff.

    A system acts for the applicant; the history says that it was not she herself.
    """

    kind: str
    id: int | None = None
    roles: frozenset[str] = frozenset()
    offices: frozenset[int] = frozenset()

    def __str__(self) -> str:
        return self.kind if self.id is None else f"{self.kind}:{self.id}"


CLOCK = Actor("clock")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFact:
    id: int
    role: str
    outcome: str = "pending"
    deferred: bool = False
    left: bool = False
    may_follow: bool = False
    identity_confirmed: bool = False  # in the newest meeting, in a mode that can confirm it
    judged_by: frozenset[int] = frozenset()  # staff whose verdict on this person's papers stands
    may_stay_home: bool = False  # the checklist asks only others of the family, or a deputy, to the meeting
    party: bool = False  # answers and gives papers, which count as the file's own, and gets no number


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementFact:
    """One demand. person_id None = the file's own. gathered: pages lie ready but were not sent yet."""

    id: int
    item: str
    person_id: int | None = None
    kind: str = "document"  # or signature
    status: str = "missing"
    optional: bool = False
    sent_as: str = "upload"  # or bring: shown at the desk only
    attends: bool = False  # the choice picked means that somebody comes along
    may_follow: bool = False
    original_at_meeting: bool = False
    gathered: bool = False
    good_from_on: date | None = None
    good_until_on: date | None = None
    promises: int = 0
    seen_at_desk: bool = False  # original, promised paper or person seen in the newest meeting
    verdict_id: int | None = None
    document_hash: str | None = None  # of the document now on the table; None = none was sent

    @property
    def blocking(self) -> bool:
        """Whether the file is incomplete without it. What is shown at the desk is a tick there instead."""
        return not (self.optional or self.attends or self.sent_as == "bring" or self.status == "not_needed")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFact:
    """One thing asked for. answer_kind on an asked item = the answer lies in the buffer, not sent."""

    id: int
    requirement_id: int
    status: str  # unsent, asked, answered, withdrawn, closed
    answer_kind: str | None = None  # file, text, cannot_get, promise


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentFact:
    """The live appointment: booked, neither used nor given back."""

    id: int
    day_on: date
    starts_at: datetime
    frozen: bool = False
    moves: int = 0  # times the applicant moved it herself
    too_short: bool = False  # more is to be done than it was booked for, and there was no room to lengthen it


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFact:
    """The open meeting. outcomes: (person id, outcome) for whom one is recorded."""

    id: int
    mode: str = "office"
    officer_id: int | None = None
    outcomes: tuple[tuple[int, str], ...] = ()
    overdue: bool = False  # the office closed and the meeting was never ended

    def outcome_of(self, person_id: int) -> str | None:
        return dict(self.outcomes).get(person_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFact:
    """A proposal that is open, or the newest one of a person if it was returned.

    taken_up: after the return somebody judged, waived, asked or proposed again; the return is no longer news.
    """

    id: int
    person_id: int
    kind: str  # issue or refuse
    status: str  # proposed or returned
    proposed_by: int | None = None
    taken_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerFact:
    """An open question to another authority."""

    partner: str
    blocking: bool = False
    overdue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLimit:
    role: str
    most: int | None = None  # None = no limit


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineFact:
    """A deadline that is not done. passed: its instant lies behind now_at and it is not paused."""

    kind: str
    subject_id: int = 0
    paused: bool = False
    passed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    now_at: datetime  # aware, UTC
    today_on: date  # the day it is at the file's office
    state: State
    version: int = 0
    channel: str = "web"
    submitted: bool = False
    first_reviewed: bool = False
    office_id: int | None = None
    holder_id: int | None = None
    pen: str | None = None  # the device that last saved answers; None = nobody holds it
    own_file_of: frozenset[int] = frozenset()  # staff who are applicants or relatives here
    people: tuple[PersonFact, ...] = ()
    role_limits: tuple[RoleLimit, ...] = ()
    requirements: tuple[RequirementFact, ...] = ()
    to_decide: tuple[int | None, ...] = ()  # per open unknown: the person it is about, None = the file
    items: tuple[ItemFact, ...] = ()
    consultation_open: bool = False
    reply_due_on: date | None = None
    more_time_used: bool = False
    request_delivered: bool = True  # False until the mail server took the newest request
    appointment: AppointmentFact | None = None
    no_show_on: date | None = None  # the day of the newest appointment, if it ended as a no-show
    no_free_time: bool = False
    visit_open: bool = False
    meeting: MeetingFact | None = None
    not_before_on: date | None = None  # first day the checklist allows a meeting
    minutes_needed: int = 0
    modes: tuple[str, ...] = ("office",)
    decisions: tuple[DecisionFact, ...] = ()
    partners: tuple[PartnerFact, ...] = ()
    unread_message: bool = False
    unreachable: bool = False
    suspected_duplicate: bool = False
    hold: bool = False
    appeal_open: bool = False
    question_open: bool = False
    question_carried: bool = False
    deadlines: tuple[DeadlineFact, ...] = ()
    revival_until_on: date | None = None  # of a lapsed file
    erase_on: date | None = None
    erased: bool = False
    message_queued: bool = False

    def person(self, person_id: int | None) -> PersonFact | None:
        return next((p for p in self.people if p.id == person_id), None)

    def requirement(self, requirement_id: int | None) -> RequirementFact | None:
        return next((r for r in self.requirements if r.id == requirement_id), None)

    @property
    def lead(self) -> PersonFact | None:
        return next((p for p in self.people if p.role == LEAD and not p.left), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotFact:
    """The time an applicant wants, as the booking gate sees it (given["slot"]).

    seats_left: in the tightest block, the file's own seats counted as free. serves: the office works for the
    file's municipality on that day.
    """

    starts_at: datetime
    day_on: date
    minutes: int
    mode: str = "office"
    open: bool = True
    serves: bool = True
    seats_left: int = 1
