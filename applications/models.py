"""The file and what belongs to it. Columns marked "kept" are written by settle() alone (actions/settle.py)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, Id, Instant, Json


class Application(Base):
    __tablename__ = "application"
    __table_args__ = (
        CheckConstraint("state IN ('draft','open','issued','refused','lapsed','withdrawn')", name="state_is_known"),
        CheckConstraint("channel IN ('web','desk','paper','employer')", name="channel_is_known"),
        CheckConstraint(
            "queue IN ('none','current','waiting_for_citizen','ready_to_attend','completed')", name="queue_is_known"
        ),
        CheckConstraint("(closed_at IS NULL) = (state IN ('draft','open'))", name="closed_exactly_when_final"),
        CheckConstraint(
            "(state = 'draft') = (submitted_at IS NULL) OR state IN ('lapsed','withdrawn')", name="sent_unless_draft"
        ),
        CheckConstraint(
            "state <> 'open' OR office_id IS NOT NULL", name="an_open_file_has_an_office"
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    state: Mapped[str] = mapped_column(String(20))
    lapsed_from: Mapped[str | None] = mapped_column(String(20))
    closed_reason: Mapped[str | None] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(BigInteger, default=0)
    # Every update of a file looks for the version that was read.
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012
    workflow: Mapped[str] = mapped_column(String(40), default="registration")
    checklist: Mapped[str] = mapped_column(String(60))
    checklist_version: Mapped[str] = mapped_column(String(20))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"))
    language: Mapped[str] = mapped_column(String(10))
    channel: Mapped[str] = mapped_column(String(10))
    topic: Mapped[str | None] = mapped_column(String(60))
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    holder_since_at: Mapped[datetime | None] = mapped_column(Instant)
    started_at: Mapped[datetime] = mapped_column(Instant)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    sent_on: Mapped[date | None] = mapped_column(Date)
    first_reviewed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    erase_on: Mapped[date | None] = mapped_column(Date)
    erased_at: Mapped[datetime | None] = mapped_column(Instant)
    # What the rules last said about the whole file, written by compute_requirements (actions/effects/answers.py).
    rules: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    # kept
    stage: Mapped[str] = mapped_column(String(30))
    queue: Mapped[str] = mapped_column(String(30))
    office_todo: Mapped[str] = mapped_column(String(300), default="")
    complete_since_at: Mapped[datetime | None] = mapped_column(Instant)
    complete_from_on: Mapped[date | None] = mapped_column(Date)
    complete_until_on: Mapped[date | None] = mapped_column(Date)
    act_by_at: Mapped[datetime] = mapped_column(Instant)
    queue_since_at: Mapped[datetime | None] = mapped_column(Instant)


_LISTED = text("queue <> 'none' AND erased_at IS NULL")
Index("worklist_in_one_walk", Application.office_id, Application.queue, Application.act_by_at, Application.id,
      sqlite_where=_LISTED, postgresql_where=_LISTED)
Index("worklist_of_one_municipality", Application.municipality_id, Application.queue, Application.act_by_at,
      Application.id, sqlite_where=_LISTED, postgresql_where=_LISTED)
_ERASABLE = text("erase_on IS NOT NULL AND erased_at IS NULL")
Index("files_due_for_erasure", Application.erase_on, Application.id,
      sqlite_where=_ERASABLE, postgresql_where=_ERASABLE)
_HELD = text("holder_id IS NOT NULL AND closed_at IS NULL")
Index("files_somebody_holds", Application.holder_id, Application.queue, Application.act_by_at, Application.id,
      sqlite_where=_HELD, postgresql_where=_HELD)


class Person(Base):
    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("application_id", "position"),
        CheckConstraint("outcome IN ('pending','issued','refused','lapsed','withdrawn')", name="outcome_is_known"),
        CheckConstraint("left_at IS NULL OR outcome <> 'issued'", name="who_has_a_number_cannot_leave"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    role: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    name: Mapped[str | None] = mapped_column(String(200))
    outcome: Mapped[str] = mapped_column(String(20), default="pending")
    deferred_at: Mapped[datetime | None] = mapped_column(Instant)
    left_at: Mapped[datetime | None] = mapped_column(Instant)
    identity_seen_at: Mapped[datetime | None] = mapped_column(Instant)


_LEAD = text("role = 'applicant' AND left_at IS NULL")
Index("one_applicant_per_file", Person.application_id, unique=True, sqlite_where=_LEAD, postgresql_where=_LEAD)


class SearchWord(Base):
    """The words of the names on a file, folded (lower case, no accents), for the caseworker's search."""

    __tablename__ = "search_word"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), primary_key=True)
    word: Mapped[str] = mapped_column(String(60), primary_key=True)


Index("files_by_a_word_of_a_name", SearchWord.word, SearchWord.application_id)


class Answer(Base):
    """One answer. value: {"v": plain}, {"s": sealed text}, {"not_sure": true} or {"empty": true}."""

    __tablename__ = "answer"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    question_id: Mapped[str] = mapped_column(String(60))
    value: Mapped[dict[str, Any]] = mapped_column(Json)
    given_at: Mapped[datetime] = mapped_column(Instant)
    given_by: Mapped[str] = mapped_column(String(40))
    pen: Mapped[str | None] = mapped_column(String(40))  # the device it was typed on
    superseded_at: Mapped[datetime | None] = mapped_column(Instant)


_CURRENT = text("superseded_at IS NULL")
Index("one_current_answer", Answer.application_id, text("COALESCE(person_id, 0)"), Answer.question_id, unique=True,
      sqlite_where=_CURRENT, postgresql_where=_CURRENT)


class Requirement(Base):
    """One paper (or one part of it, or what hangs on it) that the rules or the staff demand for one person."""

    __tablename__ = "requirement"
    __table_args__ = (
        CheckConstraint("kind IN ('document','signature')", name="kind_is_known"),
        CheckConstraint("origin IN ('rule','staff')", name="origin_is_known"),
        CheckConstraint(
            "status IN ('missing','sent','recheck','accepted','refused','waived','promised','cannot_get','not_needed')",
            name="status_is_known",
        ),
        CheckConstraint(
            "status <> 'accepted' OR kind = 'signature' OR current_verdict_id IS NOT NULL", name="accepted_by_a_verdict"
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    item_id: Mapped[str] = mapped_column(String(130))
    kind: Mapped[str] = mapped_column(String(20), default="document")
    origin: Mapped[str] = mapped_column(String(10), default="rule")
    reason: Mapped[Any] = mapped_column(Json, default=list)
    status: Mapped[str] = mapped_column(String(20), default="missing")
    terms: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    current_verdict_id: Mapped[int | None] = mapped_column(BigInteger)
    judged_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    answers_hash: Mapped[str | None] = mapped_column(String(64))
    document_id: Mapped[int | None] = mapped_column(BigInteger)
    document_hash: Mapped[str | None] = mapped_column(String(64))
    gathered: Mapped[bool] = mapped_column(default=False)
    seen_at_desk_at: Mapped[datetime | None] = mapped_column(Instant)
    good_from_on: Mapped[date | None] = mapped_column(Date)
    good_until_on: Mapped[date | None] = mapped_column(Date)
    promises: Mapped[int] = mapped_column(default=0)
    told: Mapped[str | None] = mapped_column(Text)


Index("one_row_per_demand", Requirement.application_id, text("COALESCE(person_id, 0)"), Requirement.item_id,
      unique=True)
_RUNS_OUT = text("status = 'accepted' AND good_until_on IS NOT NULL")
Index("accepted_papers_that_run_out", Requirement.good_until_on, Requirement.id,
      sqlite_where=_RUNS_OUT, postgresql_where=_RUNS_OUT)


class Paper(Base):
    """What was said about one document of the checklist: the choice picked and its facts.

    facts: {fact id: {"stated": value, "seen": value}}; the strongest trust counts.
    """

    __tablename__ = "paper"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    document_id: Mapped[str] = mapped_column(String(60))
    choice: Mapped[str | None] = mapped_column(String(60))
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


Index("one_paper_per_person_and_document", Paper.application_id, text("COALESCE(person_id, 0)"), Paper.document_id,
      unique=True)


class Document(Base):
    """What was sent for one or more requirements: uploads in an order. Frozen once sent."""

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("status IN ('gathering','sent','beside','superseded','dropped')", name="status_is_known"),
        CheckConstraint("status IN ('gathering','dropped') OR content_hash IS NOT NULL", name="sent_with_its_hash"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    revision: Mapped[int] = mapped_column(default=1)
    status: Mapped[str] = mapped_column(String(20), default="gathering")
    content_hash: Mapped[str | None] = mapped_column(String(64))
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class DocumentServes(Base):
    __tablename__ = "document_serves"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirement.id"), primary_key=True)


Index("documents_of_a_requirement", DocumentServes.requirement_id)


class Verdict(Base):
    """A caseworker's decision on what she saw. Never changed; a later one replaces it."""

    __tablename__ = "verdict"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('accepted','refused','waived','promised','ran_out','promise_broken','recheck')",
            name="kind_is_known",
        ),
        CheckConstraint("kind <> 'refused' OR reason_codes IS NOT NULL", name="refused_with_a_reason"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirement.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    document_hash: Mapped[str | None] = mapped_column(String(64))
    answers_hash: Mapped[str] = mapped_column(String(64))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("verdict.id"))
    kind: Mapped[str] = mapped_column(String(20))
    reason_codes: Mapped[list[str] | None] = mapped_column(Json)
    good_from_on: Mapped[date | None] = mapped_column(Date)
    good_until_on: Mapped[date | None] = mapped_column(Date)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(Instant)


Index("second_verdict_on_the_same_sight_loses", Verdict.requirement_id, text("COALESCE(replaces_id, 0)"), unique=True)


_REFUSING = text("kind = 'refused'")
Index("papers_that_were_refused", Verdict.at, Verdict.id, sqlite_where=_REFUSING, postgresql_where=_REFUSING)


class Signature(Base):
    __tablename__ = "signature"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    signer_grant_id: Mapped[int | None] = mapped_column(ForeignKey("access_grant.id"))
    text_hash: Mapped[str] = mapped_column(String(64))
    method: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Instant)


class Decision(Base):
    """A number given or refused for one person; a refusal needs a second person."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("kind IN ('issue','refuse','correct')", name="kind_is_known"),
        CheckConstraint("status IN ('proposed','confirmed','returned')", name="status_is_known"),
        CheckConstraint("settled_by IS NULL OR settled_by <> proposed_by", name="settled_by_another_person"),
        CheckConstraint("(status = 'proposed') = (settled_at IS NULL)", name="settled_once"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(20))
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), unique=True)
    reason_codes: Mapped[list[str] | None] = mapped_column(Json)
    why: Mapped[str | None] = mapped_column(Text)
    number_sealed: Mapped[str | None] = mapped_column(Text)
    returned_because: Mapped[str | None] = mapped_column(Text)
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    proposed_at: Mapped[datetime] = mapped_column(Instant)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    taken_up_at: Mapped[datetime | None] = mapped_column(Instant)


_PROPOSED = text("status = 'proposed'")
Index("one_proposal_per_person", Decision.person_id, unique=True, sqlite_where=_PROPOSED, postgresql_where=_PROPOSED)
_GIVEN = text("status = 'confirmed' AND kind = 'issue'")
Index("a_number_is_given_once", Decision.person_id, unique=True, sqlite_where=_GIVEN, postgresql_where=_GIVEN)


class Flag(Base):
    __tablename__ = "flag"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('hold','legal_hold','confidential','unreachable','suspected_duplicate','appeal','erasure')",
            name="kind_is_known",
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    kind: Mapped[str] = mapped_column(String(30))
    other_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"))
    opened_at: Mapped[datetime] = mapped_column(Instant)
    opened_by: Mapped[str] = mapped_column(String(40))
    review_on: Mapped[date | None] = mapped_column(Date)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_by: Mapped[str | None] = mapped_column(String(40))
    closed_as: Mapped[str | None] = mapped_column(String(40))


_OPEN = text("closed_at IS NULL")
Index("one_open_flag_of_a_kind", Flag.application_id, Flag.kind, text("COALESCE(other_id, 0)"), unique=True,
      sqlite_where=_OPEN, postgresql_where=_OPEN)


class Deadline(Base):
    """A promise to the applicant. due_on is the day she is told; fires_at is when the clock acts."""

    __tablename__ = "deadline"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(BigInteger, default=0)
    starts_on: Mapped[date | None] = mapped_column(Date)
    due_on: Mapped[date | None] = mapped_column(Date)
    fires_at: Mapped[datetime] = mapped_column(Instant)
    reminds_at: Mapped[datetime | None] = mapped_column(Instant)
    paused_at: Mapped[datetime | None] = mapped_column(Instant)
    paused_because: Mapped[str | None] = mapped_column(String(120))
    done_at: Mapped[datetime | None] = mapped_column(Instant)


_RUNNING = text("done_at IS NULL")
Index("one_running_deadline_of_a_kind", Deadline.application_id, Deadline.kind, Deadline.subject_id, unique=True,
      sqlite_where=_RUNNING, postgresql_where=_RUNNING)
_FIRES = text("done_at IS NULL AND paused_at IS NULL")
Index("deadlines_that_fire_next", Deadline.fires_at, Deadline.id, sqlite_where=_FIRES, postgresql_where=_FIRES)
_REMINDS = text("done_at IS NULL AND paused_at IS NULL AND reminds_at IS NOT NULL")
Index("deadlines_that_remind_next", Deadline.reminds_at, Deadline.id, sqlite_where=_REMINDS, postgresql_where=_REMINDS)


class ClockSegment(Base):
    """A stretch in which one of our own promises ran. Business time is summed over the segments."""

    __tablename__ = "clock_segment"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    clock: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(BigInteger, default=0)
    started_at: Mapped[datetime] = mapped_column(Instant)
    stopped_at: Mapped[datetime | None] = mapped_column(Instant)
    why: Mapped[str] = mapped_column(String(60))


_STILL_RUNS = text("stopped_at IS NULL")
Index("one_running_segment", ClockSegment.application_id, ClockSegment.clock, ClockSegment.subject_id, unique=True,
      sqlite_where=_STILL_RUNS, postgresql_where=_STILL_RUNS)


class Note(Base):
    """An internal note. The applicant never sees it; erasure removes it."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)


class StateChange(Base):
    """One event on one file: the old and the new state and stage. Append-only."""

    __tablename__ = "state_change"
    __table_args__ = (UniqueConstraint("application_id", "version"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    version: Mapped[int] = mapped_column(BigInteger)
    old: Mapped[str] = mapped_column(String(20))
    new: Mapped[str] = mapped_column(String(20))
    old_stage: Mapped[str] = mapped_column(String(30))
    new_stage: Mapped[str] = mapped_column(String(30))
    event: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Instant)


_REACHED = text("new_stage <> old_stage")
Index("stages_that_were_reached", StateChange.at, StateChange.application_id,
      sqlite_where=_REACHED, postgresql_where=_REACHED)


class QueueDelta(Base):
    """A file that came into (+1) or left (-1) a queue; folded into queue_count by the worker."""

    __tablename__ = "queue_delta"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    municipality_id: Mapped[int] = mapped_column(BigInteger, default=0)
    queue: Mapped[str] = mapped_column(String(30))
    n: Mapped[int]


class QueueCount(Base):
    __tablename__ = "queue_count"

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    municipality_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    queue: Mapped[str] = mapped_column(String(30), primary_key=True)
    n: Mapped[int]
