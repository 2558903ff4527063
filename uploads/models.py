from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, Id, Instant, Json


class Upload(Base):
    """One file as it was sent. The row exists only when the object does (store, then row)."""

    __tablename__ = "upload"
    __table_args__ = (
        UniqueConstraint("document_id", "position"),
        CheckConstraint("pictures IN ('waiting','made','none')", name="pictures_are_known"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    position: Mapped[int]
    object_key: Mapped[str] = mapped_column(String(80), unique=True)
    sha256: Mapped[str] = mapped_column(String(64))
    bytes: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(60))
    original_name: Mapped[str] = mapped_column(String(200))
    pages: Mapped[int | None]
    flags: Mapped[list[str]] = mapped_column(Json, default=list)
    rotated: Mapped[int] = mapped_column(default=0)
    stored_at: Mapped[datetime] = mapped_column(Instant)
    pictures: Mapped[str] = mapped_column(String(10), default="waiting")
    no_pictures_because: Mapped[str | None] = mapped_column(String(60))
    pictures_tries: Mapped[int] = mapped_column(default=0)
    leased_until_at: Mapped[datetime | None] = mapped_column(Instant)


_WAITING = text("pictures = 'waiting'")
Index("uploads_without_pictures", Upload.id, sqlite_where=_WAITING, postgresql_where=_WAITING)


class PageImage(Base):
    """The pixels of one page, made by us; staff look at these and never at the file itself."""

    __tablename__ = "page_image"

    upload_id: Mapped[int] = mapped_column(ForeignKey("upload.id"), primary_key=True)
    page: Mapped[int] = mapped_column(primary_key=True)
    object_key: Mapped[str] = mapped_column(String(80), unique=True)
    width: Mapped[int]
    height: Mapped[int]
    thumb_key: Mapped[str | None] = mapped_column(String(80))


