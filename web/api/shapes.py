"""What goes over the wire. These classes check what comes in, make what goes out, and describe both (openapi.json)."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from web.forms import tidy

Language = Annotated[str, Field(max_length=10)]
Name = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[a-z0-9_.\-]+$")]
Text = Annotated[str, BeforeValidator(tidy), Field(min_length=1, max_length=1000)]
RowId = Annotated[int, Field(ge=1, le=2**63 - 1)]


class Incoming(BaseModel):
    """What a client misspells is told, not passed over."""

    model_config = ConfigDict(extra="forbid")


class Refusal(BaseModel):
    code: str
    values: dict[str, Any]
    words: str = Field(description="For people, in the language that was asked for")
    where: str | None = Field(None, description="Which part of what was sent it is about")
    file: str | None = Field(None, description="The name of the file it is about")


class Problem(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    code: str
    detail: str | None = None
    request: str | None = None
    refusals: list[Refusal]


# --- checklists -----------------------------------------------------------------------------------------------------


class ChecklistPath(BaseModel):
    name: Name


class Option(BaseModel):
    value: str
    words: str


class ChecklistListed(BaseModel):
    name: str
    version: str
    title: str
    country: str
    languages: list[str]


class ChecklistList(BaseModel):
    language: str
    checklists: list[ChecklistListed]


class FieldShape(BaseModel):
    """One part of a group's entry, or one thing that stands on a paper."""

    model_config = ConfigDict(title="Field")
    id: str
    type: str
    many: bool
    required: bool
    ask: str | None
    options: list[Option]


class QuestionShape(BaseModel):
    """of: the role that is asked, or "file". in_triage: it is answered when a file is begun."""

    model_config = ConfigDict(title="Question")
    id: str
    of: list[str]
    type: str
    many: bool
    required: bool
    not_sure: bool = Field(description='Whether "I do not know" is an answer')
    in_triage: bool
    ask: str
    help: str | None
    unit: str | None
    options: list[Option]
    fields: list[FieldShape]


class DocumentShape(BaseModel):
    model_config = ConfigDict(title="DocumentKind")
    id: str
    of: list[str]
    name: str
    help: str | None
    sent_as: str
    choices: list[Option]


class RoleShape(BaseModel):
    model_config = ConfigDict(title="Role")
    id: str
    name: str
    least: int
    most: int


class TopicShape(BaseModel):
    model_config = ConfigDict(title="Topic")
    id: str
    words: str


class Checklist(ChecklistListed):
    language: str
    declaration: str | None
    topics: list[TopicShape]
    roles: list[RoleShape]
    triage: list[str] = Field(description='Questions by path, such as "stay_months" or "applicant.citizenship"')
    questions: list[QuestionShape]
    documents: list[DocumentShape]


