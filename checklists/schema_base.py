"""The common parts of the shape of the files: ids, texts, options, yes-or-when."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, WithJsonSchema

ID_PATTERN = r"^[a-z][a-z0-9_]*$"
NAME_PATTERN = r"^[a-z][a-z0-9_-]*$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"

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
Carry = Literal["anywhere", "same_country", "never"]
"""From which other checklist an answer or a paper is taken over when a file is handed over to this one."""
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
