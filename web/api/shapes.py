"""What goes over the wire. These classes check what comes in, make what goes out, and describe both (openapi.json)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from flask_openapi3 import FileStorage
from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

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




# --- applications ---------------------------------------------------------------------------------------------------

Reference = Annotated[str, Field(min_length=1, max_length=40)]
Email = Annotated[str, BeforeValidator(tidy), Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s.]+$")]
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
Instant = Annotated[AwareDatetime, Field(ge=FIRST, le=LAST)]
Day = Annotated[date, Field(ge=FIRST.date(), le=LAST.date())]
ANSWER = 'As the question\'s type wants it; null = left empty; {"not_sure": true} = "I do not know"'


class ApplicationPath(BaseModel):
    reference: Reference


class PersonPath(ApplicationPath):
    person_id: RowId


class RequirementPath(ApplicationPath):
    requirement_id: RowId


class DocumentPath(ApplicationPath):
    document_id: RowId


class ItemPath(ApplicationPath):
    item_id: RowId


class NewApplication(Incoming):
    checklist: Name
    email: Email = Field(description="The applicant's own: there she gets every message, and her way in")
    language: Language | None = Field(None, description="Of messages to her; else that of the request")
    topic: Name | None = None
    answers: dict[Annotated[str, Field(max_length=130)], Any] = Field(
        description="The questions of triage by path. " + ANSWER, max_length=100)


class Missing(BaseModel):
    """What stands in the way of sending. kind: door, wait, person, answer, paper or fact."""

    kind: str
    person: int | None = None
    role: str | None = None
    question: str | None = None
    requirement: int | None = None
    item: str | None = None
    fact: str | None = None
    words: str


class PersonShape(BaseModel):
    model_config = ConfigDict(title="Person")
    id: int
    role: str
    name: str | None
    outcome: str
    comes_later: bool


class AppointmentShape(BaseModel):
    """frozen: the time is kept, but something must be mended first."""

    model_config = ConfigDict(title="Appointment")
    starts_at: datetime
    ends_at: datetime
    zone: str
    office: str
    address: str
    frozen: bool


class Application(BaseModel):
    """ball: who must act now. act_by: until when the office promised to, if it is the office."""

    reference: str
    checklist: str
    version: str
    language: str
    state: str
    stage: str
    ball: str
    act_by: datetime | None
    started_at: datetime
    submitted_at: datetime | None
    people: list[PersonShape]
    missing: list[Missing]
    appointment: AppointmentShape | None


class AskedShape(QuestionShape):
    """A question that is asked now, of one person of the file or of the file itself. state: answered, prefilled
    (assumed until it is confirmed) or missing."""

    model_config = ConfigDict(title="AskedQuestion")
    person: int | None
    state: str
    value: Any


class AskedList(BaseModel):
    seen: int = Field(description="Send it back with answers: what somebody else wrote since is not overwritten")
    questions: list[AskedShape]


class AnswerShape(Incoming):
    model_config = ConfigDict(title="Answer", extra="forbid")
    person: RowId | None = None
    question: Annotated[str, Field(min_length=1, max_length=100)]
    value: Any = Field(description=ANSWER)


class Answers(Incoming):
    answers: list[AnswerShape] = Field(min_length=1, max_length=200)
    seen: Annotated[int, Field(ge=0, le=2**63 - 1)] = 0
    confirmed: bool = Field(False, description="After sending: that what follows from the change is wanted")


class NewPerson(Incoming):
    role: Name


class PersonAdded(BaseModel):
    id: int


class FactShape(FieldShape):
    model_config = ConfigDict(title="Fact")
    value: Any


class Finding(BaseModel):
    code: str
    words: str


class PageShape(BaseModel):
    """status: gathering (not sent yet) or sent."""

    model_config = ConfigDict(title="DocumentFile")
    id: int
    name: str
    bytes: int
    status: str


class RequirementShape(BaseModel):
    """One paper that is wanted. gathered: files lie ready and were not sent yet. facts: what stands on it and is asked
    for; others may be asked once a choice is made."""

    model_config = ConfigDict(title="Requirement")
    id: int
    item: str
    person: int | None
    name: str
    why: str | None
    status: str
    gathered: bool
    optional: bool
    sent_as: str
    may_follow: bool
    choices: list[Option]
    choice: str | None
    facts: list[FactShape]
    missing_facts: list[str]
    findings: list[Finding]
    files: list[PageShape]


class RequirementList(BaseModel):
    requirements: list[RequirementShape]


class ConsultationItem(BaseModel):
    """One thing that is asked for again. answer: what lies ready and is not sent yet."""

    id: int
    requirement: int
    name: str
    wrong: str | None
    cure: str | None
    note: str | None
    may_answer: list[str]
    answer: str | None
    text: str | None


class Consultation(BaseModel):
    due_on: date | None
    items: list[ConsultationItem]


# --- what is sent ---------------------------------------------------------------------------------------------------


class PaperForm(BaseModel):
    """choice: which kind of paper it is. facts: what stands on it, by id, as JSON."""

    choice: Name | None = None
    facts: dict[str, Any] | None = None
    files: list[FileStorage] = Field([], max_length=20)


class PaperTaken(BaseModel):
    """again: files that lay there already. refused: files that were not taken; the others were."""

    taken: int
    again: list[str]
    refused: list[Refusal]
    requirement: RequirementShape | None


class CannotGet(Incoming):
    told: Text = Field(description="Why, in the applicant's words")


class Submission(Incoming):
    declared: Literal[True] = Field(description="The applicant has read the declaration and says it is true")


class ItemAnswer(Incoming):
    kind: Literal["text", "cannot_get", "promise"] | None = Field(description="null takes the answer back")
    text: Text | None = None


class MoreTime(BaseModel):
    due_on: date


class FreeQuery(BaseModel):
    from_on: Day | None = None


class FreeDayShape(BaseModel):
    model_config = ConfigDict(title="FreeDay")
    day_on: date
    starts: list[datetime]


class FreeTimes(BaseModel):
    """closed_because: why no time can be booked yet, whatever the day. later_from_on: the first day not looked at."""

    zone: str | None
    minutes: int | None
    suggested: list[datetime]
    days: list[FreeDayShape]
    later_from_on: date | None
    closed_because: list[Refusal]


class WantedTime(Incoming):
    starts_at: Instant


class Withdrawal(Incoming):
    confirmed: Literal[True]
