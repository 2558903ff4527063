"""Which system asks, by the key in its Authorization header. A cookie opens nothing here, and is not looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Flask, abort, current_app, g, request
from sqlalchemy import bindparam, or_, select

import clock
from accounts.models import AccessGrant, ApiKey
from accounts.rules import SEEN_EVERY
from actions.accounts.api_keys import touch_api_key
from actions.errors import NotYours
from applications.facts import Actor
from applications.models import Application
from database import only_read
from extensions import db
from offices.models import Office
from web.ground import fingerprints, settings
from web.pace import Pace
from web.sessions import FILE_COLUMNS, FileHere

KEY_BEGINS = "klarsag_"
PURPOSE = "api key"
PACE = "klarsag_pace"
_KEY_LONGEST = 100


@dataclass(frozen=True, slots=True)
class KeyHere:
    """The columns of a key that a request needs. Plain values: they stay readable after an action's commit."""

    id: int
    scopes: list[str]
    office_id: int | None
    municipality_id: int | None
    used_at: datetime | None


_KEY = select(*(getattr(ApiKey, name) for name in KeyHere.__slots__)).where(
    ApiKey.digest.in_(bindparam("digests", expanding=True)), ApiKey.revoked_at.is_(None)
)
_FILE = (
    select(*FILE_COLUMNS, AccessGrant.id.label("grant_id"))
    .select_from(Application)
    .join(AccessGrant, AccessGrant.application_id == Application.id)
    .outerjoin(Office, Office.id == Application.office_id)
    .where(Application.reference == bindparam("reference"), Application.erased_at.is_(None),
           AccessGrant.api_key_id == bindparam("key"), AccessGrant.ended_at.is_(None))
)


def register(app: Flask) -> None:
    app.extensions[PACE] = Pace()


def let_in(scopes: tuple[str, ...]) -> None:
    """Sets g.api_key and g.actor. Aborts with 401 (no key that counts), 403 (another scope) or 429 (too often)."""
    only_read(db.session())
    key = _key_here()
    if key is None:
        abort(401)
    g.api_key = key
    g.actor = Actor("key", key.id)
    wait = current_app.extensions[PACE].wait(f"key:{key.id}", settings().api_requests_per_minute, clock.now())
    if wait:
        g.retry_after = wait
        abort(429)
    if not set(scopes) & set(key.scopes):
        abort(403)
    if key.used_at is None or clock.now() - key.used_at >= SEEN_EVERY:
        touch_api_key(key.id, actor=g.actor)


def open_file(reference: str) -> None:
    """A file that was begun with this key and lies in its place: g.file, g.application_id. Raises NotYours.

    g.actor is the system by its grant: what it does, the workflow allows as it allows it to the applicant.
    """
    if not reference.isprintable():
        raise NotYours  # PostgreSQL would choke on it.
    key = g.api_key
    here = [or_(Application.office_id == key.office_id, Application.office_id.is_(None))] if key.office_id else []
    if key.municipality_id:
        here.append(or_(Application.municipality_id == key.municipality_id, Application.municipality_id.is_(None)))
    row = db.session.execute(_FILE.where(*here), {"reference": reference, "key": key.id}).first()
    if row is None:
        raise NotYours
    g.file = FileHere(*row[:-1])
    g.application_id, g.grant_id = g.file.id, row.grant_id
    g.actor = Actor("system", row.grant_id)


def _key_here() -> KeyHere | None:
    shown = request.authorization
    if shown is None or shown.type != "bearer" or not (shown.token or "").startswith(KEY_BEGINS):
        return None
    if len(shown.token) > _KEY_LONGEST or not shown.token.isascii():
        return None
    row = db.session.execute(_KEY, {"digests": fingerprints(shown.token, PURPOSE)}).first()
    return KeyHere(*row) if row else None


def in_place(office_id: int | None, municipality_id: int | None) -> bool:
    """Whether a file of this office and municipality could be opened by the key that asks."""
    key = g.api_key
    return key.office_id in (None, office_id) and key.municipality_id in (None, municipality_id)


