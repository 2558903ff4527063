"""What the pages of one file read. Each function is one statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from applications.models import Document, DocumentServes
from uploads.models import PageImage, Upload


@dataclass(frozen=True, slots=True)
class SentPage:
    """One file of a document, as its sender sees it. status: gathering (may be changed), sent, or beside."""

    upload_id: int
    requirement_id: int
    document_id: int
    status: str
    name: str
    bytes: int
    pages: int | None
    pictures: str
    has_picture: bool


def pages_of(session: Session, application_id: int, requirement_ids: Iterable[int] | None = None) -> list[SentPage]:
    """What lies in the file, in its order, newest document of each requirement last; without what was replaced."""
    wanted = (
        select(Upload, Document.status, DocumentServes.requirement_id, PageImage.page)
        .join(Document, Document.id == Upload.document_id)
        .join(DocumentServes, DocumentServes.document_id == Document.id)
        .outerjoin(PageImage, and_(PageImage.upload_id == Upload.id, PageImage.page == 1))
        .where(Upload.application_id == application_id, Document.status.in_(("gathering", "sent")))
        .order_by(Document.id, Upload.position)
    )
    if requirement_ids is not None:
        wanted = wanted.where(DocumentServes.requirement_id.in_(list(requirement_ids)))
    return [
        SentPage(
            up.id,
            requirement_id,
            up.document_id,
            status,
            up.original_name,
            up.bytes,
            up.pages,
            up.pictures,
            first is not None,
        )
        for up, status, requirement_id, first in session.execute(wanted)
    ]


def picture_of(session: Session, application_id: int, upload_id: int, page: int) -> PageImage | None:
    """A page's pixels, if they were made and belong to this file."""
    return session.scalar(
        select(PageImage)
        .join(Upload, Upload.id == PageImage.upload_id)
        .where(PageImage.upload_id == upload_id, PageImage.page == page, Upload.application_id == application_id)
    )
