"""Cookies of the web and the rows behind them. A cookie holds 256 bits of chance; the row only its fingerprint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask, Response, g, request
from sqlalchemy import bindparam, select

import clock
from accounts import queries
from accounts.models import AccessGrant, Staff, StaffRole, WebSession
from accounts.rules import SEEN_EVERY
from accounts.scope import Place, StaffHere
from actions.accounts.touch_session import touch_session
from applications.facts import Actor
from applications.models import Application
from database import only_read
from extensions import db
from offices.models import Office
from web.ground import fingerprints, settings

STAFF, APPLICANT = "staff", "file"  # Two cookies: an officer may help somebody with her file in the same browser.


@dataclass(frozen=True, slots=True)
class FileHere:
    """The columns of a file that pages need first. Plain values: they stay readable after an action's commit."""

    id: int
    reference: str
    state: str
    stage: str
    queue: str
    version: int
    language: str
    channel: str
    checklist: str
    checklist_version: str
    office_id: int | None
    municipality_id: int | None
    holder_id: int | None
    zone: str | None


@dataclass(frozen=True, slots=True)
class GrantHere:
    id: int
    application_id: int
    role: str
    may: tuple[str, ...]
    helping: Actor | None = None  # who of the staff fills in these pages


# With the zone of its office: without it nobody knows which day it is there. Who asks for them joins the office.
FILE_COLUMNS = (*(getattr(Application, name) for name in FileHere.__slots__ if name != "zone"), Office.zone)


def register(app: Flask) -> None:
    app.after_request(_set_cookies)


def cookie_name(kind: str) -> str:
    """The __Host- prefix makes the browser refuse the cookie from a neighbouring host or over plain http."""
    return f"__Host-klarsag-{kind}" if settings().is_https else f"klarsag-{kind}"


def load_staff() -> StaffHere | None:
    """Who of the staff asks, from her cookie; remembered for this request."""
    if "staff" in g:
        return g.staff
    token = request.cookies.get(cookie_name(STAFF), "")
    now, idle = clock.now(), timedelta(minutes=settings().staff_idle_minutes)
    only_read(db.session())
    found = queries.staff_session(db.session(), fingerprints(token, "session"), now, idle) if token else None
    g.staff = found.staff if found else None
    if found:
        g.session_id = found.id
        _touch(found.id, found.seen_at, now, Actor("staff", found.staff.id))
    return g.staff


def load_applicant() -> GrantHere | None:
    """Who acts on her own file, from her cookie; g.file and g.application_id come with it."""
    if "grant" in g:
        return g.grant
    g.grant = None
    token = request.cookies.get(cookie_name(APPLICANT), "")
    now = clock.now()
    only_read(db.session())
    row = _applicant_row(token, now) if token else None
    helping = _helping(row) if row and row.helping_id else None
    if row and (helping or not row.helping_id):
        g.grant = GrantHere(row.grant_id, row.id, row.role, tuple(row.may or ()), helping)
        g.file = FileHere(*(getattr(row, name) for name in FileHere.__slots__))
        g.application_id, g.session_id = row.id, row.session_id
        _touch(row.session_id, row.seen_at, now, actor_of(g.grant))
    return g.grant


def actor_of(grant: GrantHere) -> Actor:
    if grant.helping:
        return grant.helping
    kind = grant.role if grant.role in ("applicant", "guardian") else "helper"
    return Actor(kind, grant.id)


def give(kind: str, token: str, holds: timedelta | None = None, name: str | None = None) -> None:
    """Set a cookie with this answer. Without holds it ends with the browser; the row ends it sooner."""
    _waiting()[name or cookie_name(kind)] = (token, holds)


def take(kind: str) -> None:
    """Remove a cookie with this answer."""
    _waiting()[cookie_name(kind)] = (None, None)


def _waiting() -> dict[str, tuple[str | None, timedelta | None]]:
    if "cookies" not in g:
        g.cookies = {}
    return g.cookies


def _set_cookies(response: Response) -> Response:
    for name, (value, holds) in g.get("cookies", {}).items():
        kept = {"path": "/", "secure": settings().is_https, "httponly": True, "samesite": "Lax"}
        if value is None:
            response.delete_cookie(name, **kept)
        else:
            response.set_cookie(name, value, max_age=holds, **kept)
    return response


# Made once: every page asks it, and putting it together costs more than its answer. By tables: rows are enough here.
_sessions, _grants, _files = WebSession.__table__.c, AccessGrant.__table__.c, Application.__table__.c
_APPLICANT = (
    select(_sessions.id.label("session_id"), _sessions.seen_at, _sessions.helping_id,
           _grants.id.label("grant_id"), _grants.role, _grants.may,
           *(_files[name] for name in FileHere.__slots__ if name != "zone"), Office.__table__.c.zone)
    .select_from(
        WebSession.__table__.join(AccessGrant.__table__, _grants.id == _sessions.grant_id)
        .join(Application.__table__, _files.id == _grants.application_id)
        .outerjoin(Office.__table__, Office.__table__.c.id == _files.office_id)
    )
    .where(_sessions.token_digest.in_(bindparam("digests", expanding=True)),
           _sessions.revoked_at.is_(None), _sessions.ends_at > bindparam("now"),
           _sessions.seen_at > bindparam("seen_after"), _grants.ended_at.is_(None), _files.erased_at.is_(None))
)


def _applicant_row(token: str, now: datetime):
    idle = timedelta(minutes=settings().applicant_idle_minutes)
    given = {"digests": fingerprints(token, "session"), "now": now, "seen_after": now - idle}
    return db.session().connection().execute(_APPLICANT, given).first()


def _helping(row) -> Actor | None:
    """Who of the staff acts here, with the roles she has for this file now; None once she has none."""
    found = db.session.execute(_PLACES, {"staff_id": row.helping_id})
    roles = frozenset(p.role for p in (Place(*one) for one in found) if p.holds(row.office_id, row.municipality_id))
    return Actor("staff", row.helping_id, roles, frozenset({row.office_id})) if roles else None


_PLACES = (
    select(StaffRole.role, StaffRole.office_id, StaffRole.municipality_id)
    .join(Staff, Staff.id == StaffRole.staff_id)
    .where(StaffRole.staff_id == bindparam("staff_id"), Staff.ended_at.is_(None))
)


def _touch(session_id: int, seen_at: datetime, now: datetime, actor: Actor) -> None:
    """Reading stays reading: the row is written at most every five minutes."""
    if now - seen_at >= SEEN_EVERY:
        touch_session(session_id, actor=actor, now=now)
