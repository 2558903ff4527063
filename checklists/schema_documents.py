# ruff: noqa: RUF012  pydantic copies defaults
"""The shape of documents: facts, checks, choices, parts, attachments."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictBool, StrictInt, WithJsonSchema

from checklists.schema_base import (
    Carry,
    Condition,
    Dotted,
    Id,
    Options,
    PlainType,
    Roles,
    Shape,
    Text,
    YesNoWhen,
    _entries,
    _listed,
    _reason,
    _refuse,
)


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
    when: Condition = True


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
    carry: Carry = "same_country"
    source: Text | None = None
