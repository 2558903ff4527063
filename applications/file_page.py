"""What the back office's page of one file reads. Each function is one statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, and_, cast, literal, null, select, union_all
from sqlalchemy.orm import Session, aliased

from accounts.models import AccessGrant, Staff, StaffRole
from applications.models import (
    Application,
    Decision,
    Document,
    DocumentServes,
    Flag,
    Note,
    Requirement,
    StateChange,
    Verdict,
)
from offices.models import Municipality, Office
from uploads.models import PageImage, Upload


@dataclass(frozen=True, slots=True)
class Head:
    file: Application
    office: Office | None
    municipality: str | None
    holder: str | None


def head(session: Session, application_id: int) -> Head | None:
    row = session.execute(
        select(Application, Office, Municipality.name, Staff.name)
        .outerjoin(Office, Office.id == Application.office_id)
        .outerjoin(Municipality, Municipality.id == Application.municipality_id)
        .outerjoin(Staff, Staff.id == Application.holder_id)
        .where(Application.id == application_id)
    ).first()
    return Head(*row) if row else None


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that was done on a file. what: event, note, verdict, decision or flag.

    code: the event, the kind of verdict, flag or decision. subject_id: the requirement or person it is about.
    status, settled: of a decision, and who settled it. who: None if it was nobody of the staff.
    """

    what: str
    id: int
    at: datetime
    code: str
    subject_id: int | None
    staff_id: int | None
    who: str | None
    body: str | None
    reason_codes: list[str] | None
    status: str | None
    actor: str | None
    settled: str | None


def log(session: Session, application_id: int) -> list[Happened]:
    """Everything that happened, oldest first, with the names of the staff who did it."""
    parts = (_events, _notes, _verdicts, _decisions, _flags)
    rows = session.execute(union_all(*(part(application_id) for part in parts))).all()
    return sorted((Happened(*row) for row in rows), key=lambda h: (h.at, h.id))


def _columns(what: str, table: Any, at: Any, **more: Any) -> list[Any]:
    """One shape for all parts; the reasons come from Verdict or stand empty, so that JSON is read as JSON."""
    reasons = more.get("reason_codes", cast(null(), Verdict.reason_codes.type))
    texts = {key: cast(more[key], String) if key in more else cast(null(), String)
             for key in ("code", "who", "body", "status", "actor", "settled")}
    numbers = {key: more.get(key, cast(null(), Note.id.type)) for key in ("subject_id", "staff_id")}
    return [literal(what), table.id, at, texts["code"], numbers["subject_id"], numbers["staff_id"], texts["who"],
            texts["body"], reasons, texts["status"], texts["actor"], texts["settled"]]


def _events(file_id: int) -> Select:
    done_by = literal("staff:") + cast(Staff.id, String)
    return (select(*_columns("event", StateChange, StateChange.at, code=StateChange.event, who=Staff.name,
                             status=StateChange.new_stage, actor=StateChange.actor))
            .outerjoin(Staff, StateChange.actor == done_by).where(StateChange.application_id == file_id))


def _notes(file_id: int) -> Select:
    return (select(*_columns("note", Note, Note.at, staff_id=Note.staff_id, who=Staff.name, body=Note.body))
            .join(Staff, Staff.id == Note.staff_id).where(Note.application_id == file_id))


def _verdicts(file_id: int) -> Select:
    return (select(*_columns("verdict", Verdict, Verdict.at, code=Verdict.kind, subject_id=Verdict.requirement_id,
                             staff_id=Verdict.staff_id, who=Staff.name, reason_codes=Verdict.reason_codes))
            .outerjoin(Staff, Staff.id == Verdict.staff_id).where(Verdict.application_id == file_id))


def _decisions(file_id: int) -> Select:
    settled = aliased(Staff)
    return (select(*_columns("decision", Decision, Decision.proposed_at, code=Decision.kind,
                             subject_id=Decision.person_id, staff_id=Decision.proposed_by, who=Staff.name,
                             body=Decision.why, reason_codes=Decision.reason_codes, status=Decision.status,
                             actor=Decision.returned_because, settled=settled.name))
            .outerjoin(Staff, Staff.id == Decision.proposed_by).outerjoin(settled, settled.id == Decision.settled_by)
            .where(Decision.application_id == file_id))


def _flags(file_id: int) -> Select:
    return (select(*_columns("flag", Flag, Flag.opened_at, code=Flag.kind, actor=Flag.opened_by))
            .where(Flag.application_id == file_id, Flag.closed_at.is_(None)))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of what was sent, or a file without pictures (page None). status: of its document."""

    upload_id: int
    page: int | None
    requirement_id: int
    document_id: int
    status: str
    name: str
    media_type: str
    bytes: int
    pages: int | None
    pictures: str
    flags: list[str]


def sheets(session: Session, application_id: int) -> list[Sheet]:
    """What lies in the file, page by page, as it was sent. What she is still gathering is hers alone."""
    rows = session.execute(
        select(Upload.id, PageImage.page, DocumentServes.requirement_id, Document.id, Document.status,
               Upload.original_name, Upload.media_type, Upload.bytes, Upload.pages, Upload.pictures, Upload.flags)
        .join(Document, Document.id == Upload.document_id)
        .join(DocumentServes, DocumentServes.document_id == Document.id)
        .outerjoin(PageImage, PageImage.upload_id == Upload.id)
        .where(Upload.application_id == application_id, Document.status.in_(("sent", "beside")))
        .order_by(Document.id, Upload.position, PageImage.page)
    )
    return [Sheet(*row) for row in rows]


def upload(session: Session, application_id: int, upload_id: int) -> Upload | None:
    """A file as it was sent, if it belongs here and was sent."""
    return session.scalar(
        select(Upload).join(Document, Document.id == Upload.document_id)
        .where(Upload.id == upload_id, Upload.application_id == application_id,
               Document.status.in_(("sent", "beside", "superseded")))
    )


def picture(session: Session, application_id: int, upload_id: int, page: int) -> PageImage | None:
    """The pixels of one page, if it belongs here and was sent."""
    return session.scalar(
        select(PageImage).join(Upload, Upload.id == PageImage.upload_id)
        .join(Document, Document.id == Upload.document_id)
        .where(PageImage.upload_id == upload_id, PageImage.page == page, Upload.application_id == application_id,
               Document.status.in_(("sent", "beside", "superseded")))
    )


def colleagues(session: Session, file: Any, roles: Iterable[str]) -> list[tuple[int, str]]:
    """Who could hold this file: id and name. file: anything with office_id and municipality_id."""
    rows = session.execute(
        select(Staff.id, Staff.name).distinct().join(StaffRole, StaffRole.staff_id == Staff.id)
        .where(StaffRole.role.in_(tuple(roles)), StaffRole.office_id == file.office_id, Staff.ended_at.is_(None),
               StaffRole.municipality_id.is_(None) | (StaffRole.municipality_id == file.municipality_id))
        .order_by(Staff.name, Staff.id)
    )
    return [(row.id, row.name) for row in rows]


def who_changed(session: Session, application_id: int, requirement_id: int) -> tuple[str, datetime, str | None] | None:
    """The newest verdict on a paper: its kind, when, and whose it is."""
    row = session.execute(
        select(Verdict.kind, Verdict.at, Staff.name).outerjoin(Staff, Staff.id == Verdict.staff_id)
        .join(Requirement, and_(Requirement.current_verdict_id == Verdict.id, Requirement.id == requirement_id))
        .where(Verdict.application_id == application_id)
    ).first()
    return tuple(row) if row else None


def first_grant(session: Session, application_id: int) -> int | None:
    """The id of the applicant's own grant, if it has not ended."""
    return session.scalar(select(AccessGrant.id).where(
        AccessGrant.application_id == application_id, AccessGrant.role == "applicant", AccessGrant.ended_at.is_(None)))
