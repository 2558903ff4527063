from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, select

from accounts import throttle
from accounts.models import AccessGrant, LoginCode
from accounts.rules import CODE_HOLDS, Limit
from accounts.secrets import as_reference
from actions.unit import Unit, verb
from applications.models import Application
from notifications import enqueue


@dataclass(frozen=True)
class NewWayIn:
    """What the web made by chance for one request, and its fingerprints. secret_sealed: {"code", "link"}."""

    browser_digest: str
    code_digest: str
    link_digest: str
    secret_sealed: str


@verb
def request_way_in(work: Unit, reference: str, way: NewWayIn, limits: dict[str, Limit]) -> datetime | None:
    """Send a code and a link to whom the file belongs, good only in the browser that asked.

    Does the same for a reference that does not exist, but for the two rows. Returns until when one must wait, or None.
    """
    wait = throttle.count(work.session, limits, work.now)
    if wait is not None:
        return wait
    found = _grant_for(work, reference)
    if found is not None:
        _send(work, found, way)
    return None


def _grant_for(work: Unit, reference: str):
    """The applicant's own grant before anybody else's. What was erased, or has no contact, is nobody's."""
    return work.session.execute(
        select(AccessGrant.id, AccessGrant.application_id, Application.language)
        .join(Application, Application.id == AccessGrant.application_id)
        .where(Application.reference == as_reference(reference), Application.erased_at.is_(None),
               AccessGrant.ended_at.is_(None), AccessGrant.contact_sealed.is_not(None))
        .order_by(case((AccessGrant.role == "applicant", 0), else_=1), AccessGrant.id).limit(1)
    ).first()


def _send(work: Unit, found, way: NewWayIn) -> None:
    made = LoginCode(
        grant_id=found.id, browser_digest=way.browser_digest, code_digest=way.code_digest,
        link_digest=way.link_digest, made_at=work.now, ends_at=work.now + CODE_HOLDS,
    )
    work.session.add(made)
    work.session.flush()
    enqueue.put(
        work.session, kind="way_in", language=found.language, now=work.now, dedup_key=f"way_in:{made.id}",
        application_id=found.application_id, grant_id=found.id, cause=f"login_code:{made.id}",
        secret_sealed=way.secret_sealed,
    )
