"""The shape of the files: which keys there are, of which type, with which defaults.

Shape only. What names mean, and whether a condition fits its question, is `names` and `lint`.
`unknown keys`, wrong types and missing keys are reported by pydantic, all at once.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, WithJsonSchema

ID_PATTERN = r"^[a-z][a-z0-9_]*$"
NAME_PATTERN = r"^[a-z][a-z0-9_-]*$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"
TYPES = (
    "text",
    "name",
    "number",
    "date",
    "yes_no",
    "choice",
    "country",
    "language",
    "address",
    "municipality",
    "cpr",
    "group",
)

Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=60)]
Name = Annotated[str, Field(pattern=NAME_PATTERN, max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
Language = Annotated[str, Field(pattern=LANGUAGE_PATTERN)]
Condition = Annotated[Any, WithJsonSchema({"x-def": "Condition"})]
DateExpression = Annotated[
    Any,
    WithJsonSchema(
        {"type": "string", "description": "<anchor>, or <anchor> + / - <n> day(s)|week(s)|month(s)|year(s)"}
    ),
]
Dotted = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,2}$", max_length=130)]
StrictDate = Annotated[date, Field(strict=True)]
Days = Annotated[StrictInt, Field(ge=0, le=36500)]


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _entries(value: Any) -> Any:
    if value == "always":
        return [{}]
    return value if isinstance(value, list) else [value]


def _yes_no_when(value: Any) -> Any:
    return value if isinstance(value, bool | dict) else _refuse("write true, false or {when: ...}")


def _refuse(message: str) -> Any:
    raise ValueError(message)


def _option(value: Any) -> Any:
    return {"id": value} if isinstance(value, str) else value


def _reason(value: Any) -> Any:
    return {"use": value} if isinstance(value, str) else value


Roles = Annotated[
    list[Id],
    BeforeValidator(_listed),
    Field(min_length=1),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class When(Shape):
    when: Condition = True


YesNoWhen = Annotated[bool | When, BeforeValidator(_yes_no_when)]


class Option(Shape):
    id: Id
    name: Text | None = None


Options = list[
    Annotated[Option, BeforeValidator(_option), WithJsonSchema({"anyOf": [{"type": "string"}, {"x-def": "Option"}]})]
]
Type = Literal[
    "text",
    "name",
    "number",
    "date",
    "yes_no",
    "choice",
    "country",
    "language",
    "address",
    "municipality",
    "cpr",
    "group",
]
PlainType = Literal[
    "text", "name", "number", "date", "yes_no", "choice", "country", "language", "address", "municipality", "cpr"
]


class GroupField(Shape):
    """A field of a group."""

    type: PlainType
    many: StrictBool = False
    options: Options = []
    former: StrictBool = False
    ask: Text | None = None
    required: StrictBool = True


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


class Fact(Shape):
    type: PlainType
    many: StrictBool = False
    options: Options = []
    former: StrictBool = False
    ask: Text | None = None
    when: Condition = True
    required: StrictBool = True
    known: Literal["upload", "review", "meeting"] = "upload"
    read_by: Literal["mrz", "barcode", "text"] | None = None
    prefill: Dotted | None = None


Facts = Id | dict[Id, Fact]


class Needed(Shape):
    when: Condition = True
    because: Text | None = None
    source: Text | None = None


NeededList = Annotated[
    list[Needed],
    BeforeValidator(_entries),
    Field(min_length=1),
    WithJsonSchema(
        {
            "anyOf": [
                {"const": "always"},
                {"x-def": "Needed"},
                {"type": "array", "items": {"x-def": "Needed"}},
            ]
        }
    ),
]


class Files(Shape):
    min: Annotated[StrictInt, Field(ge=0, le=50)] | None = None
    max: Annotated[StrictInt, Field(ge=1, le=50)] | None = None
    pages_max: Annotated[StrictInt, Field(ge=1, le=2000)] | None = None


class Part(Shape):
    id: Id
    name: Text


class Check(Shape):
    when: Condition = True
    that: Condition
    else_: Id = Field(alias="else")
    limit: Text | None = None
    source: Text | None = None


class Choice(Shape):
    id: Id
    name: Text
    when: Condition = True
    files: Files = Files()
    parts: list[Part] = []
    facts: Facts = {}
    checks: list[Check] = []
    instead: Literal["attends"] | None = None
    who: Id | None = None


class MayFollow(Shape):
    until: Literal["meeting"] = "meeting"
    when: Condition = True


def _may_follow(value: Any) -> Any:
    return {"until": "meeting"} if value is True else value


class ReviewTick(Shape):
    id: Id
    ask: Text


class RefuseWith(Shape):
    use: Id
    cure: Text | None = None


RefuseList = list[
    Annotated[
        RefuseWith,
        BeforeValidator(_reason),
        WithJsonSchema({"anyOf": [{"type": "string"}, {"x-def": "RefuseWith"}]}),
    ]
]


class Attachment(Shape):
    id: Id | None = None
    name: Text
    because: Text | None = None
    needed: NeededList
    help: Text | None = None
    review: list[ReviewTick] = []
    refuse_with: RefuseList = []
    files: Files = Files()
    may_follow: Annotated[Literal[False] | MayFollow, BeforeValidator(_may_follow)] = False
    original_at_meeting: YesNoWhen = False


def _attach(value: Any) -> Any:
    return value if isinstance(value, str | list) else _refuse("write the id of a shared set, or a list")


Attach = Annotated[Id | list[Id | Attachment], BeforeValidator(_attach)]


class Document(Shape):
    id: Id
    name: Text
    help: Text | None = None
    per: Roles
    needed: NeededList
    optional: YesNoWhen = False
    sent_as: Literal["upload", "bring", "typed"] = "upload"
    serves: Annotated[list[Id], BeforeValidator(_listed)] = []
    choices: list[Choice] = []
    parts: list[Part] = []
    files: Files = Files()
    accept: list[Literal["pdf", "jpeg", "png", "heic"]] = ["pdf", "jpeg", "png", "heic"]
    facts: Facts = {}
    more_facts: dict[Id, Fact] = {}
    prefill: dict[Id, Dotted] = {}
    checks: list[Check] = []
    attach: Attach = []
    may_follow: Annotated[Literal[False] | MayFollow, BeforeValidator(_may_follow)] = False
    screening: dict[Id, Literal["info", "look", "must"]] = {"legible": "look", "kind": "look"}
    review: list[ReviewTick] = []
    refuse_with: RefuseList = []
    original_at_meeting: YesNoWhen = False
    count: Annotated[StrictInt, Field(ge=1, le=20)] = 1
    waive: list[Id] = ["caseworker"]
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


class Meeting(Shape):
    modes: list[Id] = ["office"]
    minutes: Minutes
    attend: Literal["everyone"] | list[Id] = "everyone"
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
