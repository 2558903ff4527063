# ruff: noqa: RUF012  pydantic copies defaults
"""The shape of the files: which keys there are, of which type, with which defaults.

Shape only. What names mean, and whether a condition fits its question, is `names` and `lint`.
Unknown keys, wrong types and missing keys are reported by pydantic, all at once.
"""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, WithJsonSchema

from checklists.schema_base import (
    Carry,
    Condition,
    DateExpression,
    Days,
    Dotted,
    GroupField,
    Id,
    Language,
    Name,
    Option,
    Options,
    Roles,
    Shape,
    StrictDate,
    Text,
    Type,
    When,
)
from checklists.schema_documents import (
    Attachment,
    Check,
    Choice,
    Document,
    Fact,
    Files,
    Needed,
    Part,
    RefuseWith,
)


class Question(Shape):
    per: Roles
    type: Type
    many: StrictBool = False
    options: Options = []
    former: StrictBool = False
    unit: Text | None = None
    min: DateExpression = None
    max: DateExpression = None
    fields: dict[Id, GroupField] = {}
    ask: Text | None = None
    help: Text | None = None
    when: Condition = True
    required: StrictBool = False
    not_sure: StrictBool = False
    prefill: Dotted | None = None
    asked_of: Literal["applicant", "staff"] = "applicant"
    seen_by: list[Literal["applicant", "caseworker", "desk", "partner"]] = ["applicant", "caseworker", "desk"]
    sensitive: StrictBool = False
    carry: Carry = "same_country"
    source: Text | None = None


class Role(Shape):
    min: Annotated[StrictInt, Field(ge=0, le=50)] = 0
    max: Annotated[StrictInt, Field(ge=1, le=50)] = 1
    when: Condition = None
    name: Text
    may_follow: StrictBool = False
    applies: StrictBool = True


class WorkedOut(Shape):
    """A figure (years_from, months_from or days_from, and to) or a term (when, say)."""

    per: Roles
    years_from: DateExpression = None
    months_from: DateExpression = None
    days_from: DateExpression = None
    to: DateExpression = None
    when: Condition = None
    say: Text | None = None


class Topic(Shape):
    id: Id
    say: Text
    also: list[str] = []
    sets: dict[Dotted, Any] = {}


class Page(Shape):
    id: Id
    title: Text
    per: Roles = ["file"]
    questions: list[Id]


class Rule(Shape):
    id: Id
    then: Literal["stop", "route", "wait", "leave_out", "flag"]
    when: Condition = True
    per: Literal["file", "person"] = "file"
    say: Text
    next: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    to: list[Literal["applicant", "caseworker", "desk"]] = []
    until: DateExpression = None
    source: Text | None = None


class DerivedList(Shape):
    all_of: list[Id] = []
    plus: list[str] = []
    minus: list[str] = []


Lists = dict[Id, list[str] | DerivedList]


class Setting(Shape):
    type: Literal["yes_no", "number", "text", "url", "date", "country", "language", "choice", "list"]
    options: list[Id] = []
    default: Any = None


class MinutesMore(Shape):
    when: Condition
    minutes: Annotated[StrictInt, Field(ge=-120, le=240)]
    because: Text | None = None


class Minutes(Shape):
    base: Annotated[StrictInt, Field(ge=1, le=480)]
    per_extra_person: Annotated[StrictInt, Field(ge=0, le=120)] = 0
    add: list[MinutesMore] = []
    at_most: Annotated[StrictInt, Field(ge=1, le=480)] | None = None


class Within(Shape):
    days: Days
    of: DateExpression


class Attending(Shape):
    """Who comes to the meeting; `when` is worked out for each person of the role."""

    role: Id
    when: Condition = True


def _attending(value: Any) -> Any:
    return {"role": value} if isinstance(value, str) else value


Attendants = list[
    Annotated[
        Attending,
        BeforeValidator(_attending),
        WithJsonSchema({"anyOf": [{"type": "string"}, {"x-def": "Attending"}]}),
    ]
]


class Meeting(Shape):
    modes: list[Id] = ["office"]
    minutes: Minutes
    attend: Literal["everyone"] | Attendants = "everyone"
    not_before: list[DateExpression] = []
    should_be_within: Within | None = None
    confirm: list[Id] = []


class Retention(Shape):
    issued_days: Days
    refused_days: Days
    withdrawn_days: Days
    lapsed_days: Days
    sensitive_days: Days = 0


def _unless_none(value: Any) -> Any:
    return None if value == "none" else value


class Number(Shape):
    name: Text
    check: Annotated[
        Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", max_length=60)] | None,
        BeforeValidator(_unless_none),
    ] = None


class Case(Shape):
    """Roles of the checklist are further keys: a map where max is 1, a list where more."""

    model_config = ConfigDict(extra="allow", frozen=True)
    name: Text
    today: StrictDate | None = None
    sent: StrictDate | None = None
    meeting: StrictDate | None = None
    file: dict[str, Any] = {}
    facts: dict[str, dict[str, Any]] = {}
    settings: dict[str, Any] = {}
    needs: dict[str, list[str]] | None = None
    may_need: dict[str, list[str]] | None = None
    may_follow: dict[str, list[str]] | None = None
    flags: list[str] | None = None
    fails: dict[str, list[str]] | None = None
    stops: str | None = None
    routes: str | None = None
    waits: StrictDate | None = None
    left_out: dict[str, list[str]] | None = None
    book_between: list[StrictDate | None] | None = Field(default=None, min_length=2, max_length=2)
    minutes: StrictInt | None = None
    attend: list[str] | None = None
    parts: dict[str, list[str]] | None = None


class CaseDefaults(Case):
    name: Text = "defaults"
    person: dict[str, Any] = {}


class Reason(Shape):
    seen: Text
    why: Text
    cure: Text
    answer_with: list[Literal["file", "text", "cannot_get"]] = ["file", "text", "cannot_get"]


class Shared(Shape):
    """checklists/shared/<what>@<version>.yaml"""

    shared: Name
    version: StrictDate
    expects: list[str] = []
    lists: Lists = {}
    fact_sets: dict[Id, dict[Id, Fact]] = {}
    attachments: dict[Id, Attachment] = {}
    attachment_sets: dict[Id, list[Id]] = {}
    always: list[Id] = []
    reasons: dict[Id, Reason] = {}
    municipalities: dict[Id, dict[str, Any]] = {}
    texts: dict[str, Text] = {}


class Checklist(Shape):
    """checklists/definitions/<name>/<version>/checklist.yaml"""

    format: Literal[2]
    checklist: Name
    version: StrictDate
    replaces: StrictDate | None = None
    applies_from: StrictDate | None = None
    workflow: Name
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    number: Number | None = None
    declaration: Text | None = None
    source_language: Language = "en"
    languages: list[Language] = Field(min_length=1)
    must_have: list[Language] = ["en", "da"]
    title: Text
    notice: Text | None = None
    sources: list[Annotated[str, Field(min_length=1, max_length=500)]] = []
    uses: list[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*@\d{4}-\d{2}-\d{2}$")]] = []
    lists: Lists = {}
    settings: dict[Id, Setting] = {}
    topics: list[Topic]
    people: dict[Id, Role]
    questions: dict[Id, Question]
    worked_out: dict[Id, WorkedOut] = {}
    triage: list[Dotted]
    pages: list[Page]
    rules: list[Rule] = []
    documents: list[Document]
    meeting: Meeting
    retention: Retention
    renamed: dict[Id, Id] = {}
    case_defaults: CaseDefaults = CaseDefaults()
    cases: list[Case] = []


__all__ = [
    "Attachment",
    "Attending",
    "Case",
    "CaseDefaults",
    "Check",
    "Checklist",
    "Choice",
    "DerivedList",
    "Document",
    "Fact",
    "Files",
    "GroupField",
    "Meeting",
    "Minutes",
    "MinutesMore",
    "Needed",
    "Number",
    "Option",
    "Page",
    "Part",
    "Question",
    "Reason",
    "RefuseWith",
    "Retention",
    "Role",
    "Rule",
    "Setting",
    "Shared",
    "Topic",
    "When",
    "Within",
    "WorkedOut",
]
