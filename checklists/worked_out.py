"""What the rules say about one situation: plain frozen values, no sentences."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from checklists.said import Said

FINE, FAILS, TO_DECIDE = "fine", "fails", "to_decide"


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question to be shown now. person: None for the file's own. page: None if it stands in triage only.

    state: answered, prefilled (assumed until confirmed), missing. value: what the form is filled
    with, None if nothing is known. not_sure: offers "I do not know".
    """

    id: str
    person: str | None
    page: str | None
    required: bool
    asked_of: str
    state: str
    value: Any
    not_sure: bool
    in_triage: bool


@dataclass(frozen=True, slots=True)
class MissingAnswer:
    """A required question that still lacks its answer. Staff's own do not stop sending."""

    id: str
    person: str | None
    asked_of: str


@dataclass(frozen=True, slots=True)
class AskedFact:
    """A fact to be stated about a paper now. known_at: upload, review or meeting. text: path of its words."""

    id: str
    type: str
    many: bool
    options: tuple[str, ...]
    former: bool
    required: bool
    known_at: str
    text: str | None
    value: Any
    trust: str | None
    differs: bool
    """Two sources say different things; the strongest is shown."""
    read_by: str | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """state: fine, fails or to_decide. days: first and last meeting day that would pass (None: no limit).

    trust: the weakest word the finding rests on, None if on answers only.
    """

    reason: str
    state: str
    values: Mapping[str, Any] = field(default_factory=dict)
    trust: str | None = None
    from_on: date | None = None
    until_on: date | None = None
    limit: str | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """One document, or one attachment, asked of one person (None: of the file).

    probably: rests on assumed values. good_from_on, good_until_on: meeting days for which its
    checks hold. attends: who comes instead of a paper. refuse_with: (reason code, path of the cure).
    """

    person: str | None
    document: str
    attachment: str | None
    item: str
    items: tuple[str, ...]
    text: str
    reasons: tuple[Said, ...]
    probably: bool
    optional: bool
    sent_as: str
    may_follow: bool
    serves: tuple[str, ...]
    choices: tuple[str, ...]
    choice: str | None
    parts: tuple[tuple[str, str], ...]
    facts: tuple[AskedFact, ...]
    missing_facts: tuple[str, ...]
    checks: tuple[CheckResult, ...]
    good_from_on: date | None
    good_until_on: date | None
    original_at_meeting: bool
    attends: tuple[str, ...]
    count: int
    files: Mapping[str, int]
    accept: tuple[str, ...]
    review: tuple[tuple[str, str], ...]
    refuse_with: tuple[tuple[str, str], ...]
    waive: tuple[str, ...]
    screening: Mapping[str, str]
    present: bool


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something staff must still decide. why: names without a value.

    kind: needed, assumed, part, check, leave_out, role.
    """

    kind: str
    person: str | None
    item: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    rule: str
    person: str | None
    to: tuple[str, ...]
    said: Said


def leads_to(address: str | None) -> str | None:
    """The name of a checklist, if that is what a rule's `next` is."""
    return address if address and re.fullmatch(r"[a-z][a-z0-9_-]*", address) else None


@dataclass(frozen=True, slots=True)
class Door:
    """The first stop or route. next: an address, a checklist's id, or None."""

    rule: str
    kind: str
    person: str | None
    said: Said
    next: str | None

    @property
    def checklist(self) -> str | None:
        """The checklist it leads to, None if it leads to an address or nowhere."""
        return leads_to(self.next)


@dataclass(frozen=True, slots=True)
class Wait:
    """Sending opens on this day."""

    until_on: date
    rule: str
    said: Said


@dataclass(frozen=True, slots=True)
class WantedRole:
    """wanted: yes, no or unknown. free: how many more may be added now."""

    wanted: str
    min: int
    max: int
    there: int
    missing: int
    free: int


@dataclass(frozen=True, slots=True)
class WindowReason:
    """What narrows the window. end: from or until. item: None for the meeting's own rules; reason: a check's code."""

    end: str
    on: date
    item: str | None
    person: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Window:
    """Days on which the meeting may be, both included; None: no limit. is_empty: no day fits all checks together."""

    from_on: date | None
    until_on: date | None
    reasons: tuple[WindowReason, ...]

    @property
    def is_empty(self) -> bool:
        return self.from_on is not None and self.until_on is not None and self.from_on > self.until_on

    def allows(self, day: date) -> bool:
        return (self.from_on is None or self.from_on <= day) and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True, slots=True)
class Advice:
    """The meeting should be within so many days of that day: a hint, not a wall."""

    days: int
    of: date
    until_on: date


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    modes: tuple[str, ...]
    confirm: tuple[str, ...]
    not_before: date | None
    advice: Advice | None
    because: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """Everything the rules say. See the fields' own classes."""

    demands: tuple[Demand, ...]
    may_need: tuple[Demand, ...]
    questions: Mapping[str | None, tuple[AskedQuestion, ...]]
    missing_answers: tuple[MissingAnswer, ...]
    unknowns: tuple[Unknown, ...]
    flags: tuple[Flag, ...]
    door: Door | None
    wait: Wait | None
    left_out: Mapping[str, tuple[str, ...]]
    aside: tuple[str, ...]
    people: tuple[str, ...]
    """Keys of those who count, in order."""
    roles: Mapping[str, WantedRole]
    window: Window
    minutes: int
    attend: tuple[str, ...]
    meeting: MeetingPlan
    parties: tuple[str, ...] = ()
    """Of `people` those who answer and get no number."""

    @property
    def can_be_sent(self) -> bool:
        """Nothing the applicant owes stands open: no door, no wait, no missing answer, fact or person.

        Uploads and the signature are counted elsewhere.
        """
        return not (
            self.door
            or self.wait
            or any(one.asked_of == "applicant" for one in self.missing_answers)
            or any(one.missing_facts for one in self.demands if not one.optional)
            or any(role.missing for role in self.roles.values())
        )

    def demand(self, person: str | None, item: str) -> Demand | None:
        return next((one for one in self.demands if one.person == person and item in (one.item, *one.items)), None)
