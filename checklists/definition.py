"""A checklist ready for use: frozen, every condition compiled, every text at hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from checklists.conditions import Get, Test
from checklists.said import Said
from checklists.uses import Uses
from checklists.wording import Wording


@dataclass(frozen=True, slots=True)
class Role:
    """when: None if the format gives none (then anybody between min and max may be added)."""

    id: str
    min: int
    max: int
    when: Test | None
    may_follow: bool
    applies: bool


@dataclass(frozen=True, slots=True)
class GroupField:
    id: str
    type: str
    many: bool
    options: tuple[str, ...]
    former: bool
    required: bool


@dataclass(frozen=True, slots=True)
class Question:
    """per: role ids, or ("file",). minimum, maximum: a number (length for texts), or a date Get."""

    id: str
    per: frozenset[str]
    type: str
    many: bool
    options: tuple[str, ...]
    former: bool
    unit: str | None
    minimum: Any
    maximum: Any
    fields: tuple[GroupField, ...]
    when: Test
    required: bool
    not_sure: bool
    prefill: Get | None
    asked_of: str
    seen_by: tuple[str, ...]
    sensitive: bool
    source: str | None
    has_help: bool
    carry: str = "same_country"

    @property
    def per_file(self) -> bool:
        return "file" in self.per


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A figure (unit, start, end) or a term (when)."""

    id: str
    per: frozenset[str]
    kind: str
    unit: str
    start: Get | None
    end: Get | None
    when: Test | None


@dataclass(frozen=True, slots=True)
class FactSpec:
    id: str
    type: str
    many: bool
    options: tuple[str, ...]
    former: bool
    when: Test
    required: bool
    known: str
    read_by: str | None
    prefill: Get | None
    text: str | None
    """Path of the question's words, None if the sender is not asked."""
    choice: str | None = None
    """The choice it belongs to, None if to every one."""


@dataclass(frozen=True, slots=True)
class Check:
    when: Test
    that: Test
    names: tuple[tuple[Get, bool], ...]
    """What `that` names, and whether it is a fact: a check naming nothing is skipped."""
    facts: tuple[str, ...]
    meets: bool
    reason: str
    limit: str | None


@dataclass(frozen=True, slots=True)
class Needed:
    when: Test
    because: str | None
    names: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """when: None if it always belongs to the document."""

    id: str
    text: str
    when: Test | None = None
    names: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    id: str
    when: Test
    files: Mapping[str, int]
    parts: tuple[Part, ...]
    facts: tuple[str, ...]
    checks: tuple[Check, ...]
    instead: str | None
    who: str | None


@dataclass(frozen=True, slots=True)
class RefuseWith:
    reason: str
    cure: str


@dataclass(frozen=True, slots=True)
class Attachment:
    id: str
    text: str
    needed: tuple[Needed, ...]
    review: tuple[Part, ...]
    refuse_with: tuple[RefuseWith, ...]
    files: Mapping[str, int]
    may_follow: Test | None
    original_at_meeting: Test


@dataclass(frozen=True, slots=True)
class Document:
    id: str
    per: frozenset[str]
    needed: tuple[Needed, ...]
    optional: Test
    sent_as: str
    serves: tuple[str, ...]
    choices: tuple[Choice, ...]
    parts: tuple[Part, ...]
    files: Mapping[str, int]
    accept: tuple[str, ...]
    facts: Mapping[str, FactSpec]
    checks: tuple[Check, ...]
    attach: tuple[Attachment, ...]
    may_follow: Test | None
    screening: Mapping[str, str]
    review: tuple[Part, ...]
    refuse_with: tuple[RefuseWith, ...]
    original_at_meeting: Test
    count: int
    waive: tuple[str, ...]
    source: str | None
    has_help: bool
    carry: str = "same_country"

    @property
    def per_file(self) -> bool:
        return "file" in self.per


@dataclass(frozen=True, slots=True)
class Page:
    id: str
    per: frozenset[str]
    questions: tuple[str, ...]

    @property
    def per_file(self) -> bool:
        return "file" in self.per


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    then: str
    per_person: bool
    when: Test
    next: str | None
    to: tuple[str, ...]
    until: Get | None
    names: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """sets: (role or None for the file, question id, value)."""

    id: str
    also: tuple[str, ...]
    sets: tuple[tuple[str | None, str, Any], ...]


@dataclass(frozen=True, slots=True)
class MinutesMore:
    when: Test
    minutes: int
    because: str | None


@dataclass(frozen=True, slots=True)
class Meeting:
    modes: tuple[str, ...]
    base: int
    per_extra_person: int
    at_most: int | None
    add: tuple[MinutesMore, ...]
    attend: tuple[tuple[str, Test | None], ...]
    """(role, when) for each who comes; `everyone` stands for all who apply."""
    not_before: tuple[Get, ...]
    within_days: int | None
    within_of: Get | None
    confirm: tuple[str, ...]


@dataclass(frozen=True)
class Definition:
    """One version of a checklist. Made by `library.get`; hash names its content."""

    plan: Mapping[str, Any] = field(repr=False)
    hash: str
    wording: Wording = field(repr=False)
    name: str
    version: str
    applies_from: date
    workflow: str
    country: str
    source_language: str
    languages: tuple[str, ...]
    must_have: tuple[str, ...]
    sources: tuple[str, ...]
    number_check: str | None
    people: Mapping[str, Role]
    questions: Mapping[str, Question]
    worked_out: Mapping[str, WorkedOut]
    topics: tuple[Topic, ...]
    triage: tuple[tuple[str | None, str], ...]
    pages: tuple[Page, ...]
    rules: tuple[Rule, ...]
    documents: Mapping[str, Document]
    meeting: Meeting
    retention: Mapping[str, int]
    renamed: Mapping[str, str]
    settings: Mapping[str, Any]
    municipalities: Mapping[str, Mapping[str, Any]]
    reasons: Mapping[str, tuple[str, ...]]
    """Reason code -> what may answer it (file, text, cannot_get)."""
    always: tuple[str, ...]

    def __hash__(self) -> int:
        return hash(self.hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Definition) and other.hash == self.hash

    def question(self, question_id: str) -> Question:
        """Raises KeyError for an id this version does not know."""
        return self.questions[question_id]

    def document(self, document_id: str) -> Document:
        return self.documents[document_id]

    def text(self, path: str, language: str) -> str:
        """The words at a path, in that language, else in the source language, else made from the id."""
        return self.wording.text(path, language)

    def has_text(self, path: str) -> bool:
        return self.wording.has(path)

    def say(self, said: Said, language: str) -> str:
        """The sentence with its placeholders filled; plain text, not escaped."""
        return self.wording.say(said, language)

    def option(self, question_id: str, option_id: str, language: str) -> str:
        """The words of a choice question's (or group field's) option."""
        return self.wording.first((f"questions.{question_id}.options.{option_id}", f"options.{option_id}"), language)

    def fact_option(self, fact: FactSpec, option_id: str, language: str) -> str:
        return self.wording.first((f"{fact.text}.options.{option_id}", f"options.{option_id}"), language)

    @property
    def title(self) -> str:
        return self.text("title", self.source_language)

    @property
    def declaration(self) -> str | None:
        return self.text("declaration", self.source_language) if self.has_text("declaration") else None

    @property
    def number_name(self) -> str | None:
        return self.text("number.name", self.source_language) if self.has_text("number.name") else None

    @cached_property
    def applying(self) -> tuple[str, ...]:
        """Roles whose people apply; the others are parties, who answer and get no number."""
        return tuple(key for key, role in self.people.items() if role.applies)

    @cached_property
    def direct_page(self) -> Mapping[str, str]:
        """Question id -> page id."""
        return {key: page.id for page in reversed(self.pages) for key in page.questions}

    def uses_of(self, item: str) -> frozenset[str]:
        """Question ids and `document.fact`s that decide whether and how this item is demanded.

        Terms are followed to the answers they are made of. item: "passport",
        "marriage_certificate/translation", "proof_of_address.booking".
        """
        return self._uses.demand(item)

    def checked_against(self, item: str) -> frozenset[str]:
        """Question ids and `document.fact`s an accepted paper was held against: checks and prefilled values."""
        return self._uses.verdict(item)

    @cached_property
    def _uses(self) -> Uses:
        return Uses(self.plan)
