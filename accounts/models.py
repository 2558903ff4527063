from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, Id, Instant, Json

ROLES = ("caseworker", "frontdesk", "lead", "admin")
SCOPES = ("checklists", "applications", "documents", "consultations", "appointments")


class Staff(Base):
    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(10), default="en")
    wrong_tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class StaffRole(Base):
    """A role at an office. A municipality narrows it; none means all that the office serves."""

    __tablename__ = "staff_role"
    __table_args__ = (CheckConstraint("role IN ('caseworker','frontdesk','lead','admin')", name="role_is_known"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"))


Index(
    "one_row_per_role_and_place",
    StaffRole.staff_id,
    StaffRole.role,
    text("COALESCE(office_id, 0)"),
    text("COALESCE(municipality_id, 0)"),
    unique=True,
)


class WebSession(Base):
    """A person signed in on one device. Only the fingerprint of the cookie is kept.

    helping_id: who of the staff fills in an applicant's pages for her; what is done there is theirs.
    """

    __tablename__ = "web_session"
    __table_args__ = (
        CheckConstraint("(staff_id IS NULL) <> (grant_id IS NULL)", name="belongs_to_staff_or_to_an_applicant"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("access_grant.id"), index=True)
    helping_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    began_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class ApiKey(Base):
    """A key by which another system acts for applicants. Only its fingerprint is kept; begins: to tell keys apart."""

    __tablename__ = "api_key"
    __table_args__ = (
        CheckConstraint("office_id IS NOT NULL OR municipality_id IS NOT NULL", name="belongs_somewhere"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    begins: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(Json)
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class AccessGrant(Base):
    """Who may act on a file from outside. contact_sealed: {"email": ..., "phone": ...}.

    A system's grant stands beside the applicant's own, in the files that were begun with its key; it gets no mail.
    """

    __tablename__ = "access_grant"
    __table_args__ = (
        CheckConstraint("role IN ('applicant','helper','employer','guardian','system')", name="role_is_known"),
        CheckConstraint("(role = 'system') = (api_key_id IS NOT NULL)", name="a_system_has_a_key"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    may: Mapped[list[str]] = mapped_column(Json, default=list)
    contact_sealed: Mapped[str | None] = mapped_column(String)
    api_key_id: Mapped[int | None] = mapped_column(ForeignKey("api_key.id"))
    granted_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class LoginCode(Base):
    """A way back into a file, sent by mail: a typed code, or a link that opens a page with a button."""

    __tablename__ = "login_code"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("access_grant.id"), index=True)
    browser_digest: Mapped[str] = mapped_column(String(64))
    code_digest: Mapped[str] = mapped_column(String(64))
    link_digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class Throttle(Base):
    """How often something was tried in a window, so that guessing stops in every web process at once."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    window_ends_at: Mapped[datetime] = mapped_column(Instant)
    tries: Mapped[int]


