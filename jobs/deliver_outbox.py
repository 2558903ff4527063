"""Sends what lies in the outbox: take one row, check that its cause still holds, render, send, mark.

A crash between the server's yes and our mark sends the same Message-ID again; nothing is ever lost.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from email.message import EmailMessage

from sqlalchemy import or_, select, update

import clock
import i18n
import links
from accounts.models import AccessGrant, LoginCode
from actions.clock.clock_events import note_unreachable
from actions.clock.request_delivered import request_delivered
from actions.errors import NotAllowed, NotYours
from applications.facts import CLOCK
from applications.models import Application, Deadline
from appointments.models import Appointment
from consultations.models import Consultation
from extensions import db, services
from notifications import posting, rendering
from notifications.models import Outbox
from notifications.words import Known
from offices.models import Office
from sealing import SealBroken

log = logging.getLogger("klarsag.outbox")
LEASE = timedelta(minutes=5)
BACKOFF_MINUTES = (1, 5, 15, 60, 180, 360, 720, 1440)


def deliver_due(most: int = 50) -> int:
    """How many were sent. Rows that another worker took are left alone."""
    sent = 0
    for _ in range(most):
        row = _take()
        if row is None:
            return sent
        sent += _deliver(row)
    return sent


def _begin_writing() -> None:
    db.session.rollback()
    db.session.connection(execution_options={"writes": True})


def _take() -> Outbox | None:
    now = clock.now()
    _begin_writing()
    free = or_(Outbox.status == "queued", (Outbox.status == "leased") & (Outbox.leased_until_at < now))
    found = db.session.scalar(select(Outbox.id).where(free, Outbox.not_before_at <= now)
                              .order_by(Outbox.not_before_at, Outbox.id).limit(1))
    if found is None:
        db.session.rollback()
        return None
    taken = db.session.execute(
        update(Outbox).where(Outbox.id == found, free)
        .values(status="leased", leased_until_at=now + LEASE, tries=Outbox.tries + 1)
        .execution_options(synchronize_session=False))
    db.session.commit()
    return db.session.get(Outbox, found, populate_existing=True) if taken.rowcount == 1 else None


def _deliver(row: Outbox) -> int:
    tries = row.tries  # which try this is: the row may be somebody else's when the server has answered
    if not cause_holds(row):
        _mark(row, tries, status="void")
        return 0
    to = _recipient(row)
    if to is None:
        _mark(row, tries, status="void")
        return 0
    message = _rendered(row, to)
    if message is None:
        _mark(row, tries, status="dead", last_error="could not be written")
        return 0
    settings = services().settings
    db.session.rollback()  # no transaction is held open while a server thinks
    try:
        posting.post_of(settings.mail_url, settings.var_dir).send(message)
    except posting.NotSent as failed:
        _failed(row, tries, failed)
        return 0
    _mark(row, tries, status="sent", sent_at=clock.now(), secret_sealed=None)
    log.info("outbox=%s kind=%s status=sent", row.id, row.kind)
    if row.kind == "consultation_opened" and row.application_id:
        _note(request_delivered, row.application_id)
    return 1


def _rendered(row: Outbox, to: str) -> EmailMessage | None:
    """None when no mail can be made of the row: that is our fault and tells nothing about the reader."""
    settings = services().settings
    try:
        return rendering.mail(row.kind, known_of(row), language=row.language, brand=rendering.brand_of(settings),
                              to=to, sender=settings.mail_from, message_id=row.message_id)
    except (KeyError, ValueError, SealBroken) as broken:
        log.error("outbox=%s kind=%s status=dead why=%s", row.id, row.kind, type(broken).__name__)  # noqa: TRY400
        return None


def _note(event, application_id: int) -> None:
    """Tell the file what became of its mail, unless it has moved on meanwhile."""
    try:
        event(application_id, actor=CLOCK)
    except (NotAllowed, NotYours) as no:
        log.info("application=%s event=%s answer=%s", application_id, event.__name__, no.args[-1:])


def _mark(row: Outbox, tries: int, **values) -> None:
    """Only while the row is still ours: whoever took it after our lease ran out has the last word."""
    row_id = row.id
    _begin_writing()
    db.session.execute(update(Outbox).where(Outbox.id == row_id, Outbox.status == "leased", Outbox.tries == tries)
                       .values(leased_until_at=None, **values)
                       .execution_options(synchronize_session=False))
    db.session.commit()
    db.session.refresh(row)


def _failed(row: Outbox, tries: int, failed: posting.NotSent) -> None:
    over = failed.for_good or tries > len(BACKOFF_MINUTES)
    log.warning("outbox=%s kind=%s status=%s why=%s", row.id, row.kind, "dead" if over else "queued", failed.why)
    if not over:
        later = clock.now() + timedelta(minutes=BACKOFF_MINUTES[tries - 1])
        _mark(row, tries, status="queued", not_before_at=later, last_error=failed.why)
        return
    _mark(row, tries, status="dead", last_error=failed.why)
    if row.application_id and row.kind != "way_in":
        _note(note_unreachable, row.application_id)


def cause_holds(row: Outbox) -> bool:
    """Whether what the message is about is still so; a message whose cause is gone is void."""
    if not row.cause:
        return True
    kind, *ids = row.cause.split(":")
    numbers = [int(one) for one in ids if one.isdigit()]
    if kind == "appointment":
        found = db.session.get(Appointment, numbers[0], populate_existing=True)
        return found is not None and found.status == "booked" and found.sequence == numbers[1]
    if kind == "consultation":
        found = db.session.get(Consultation, numbers[0], populate_existing=True)
        return found is not None and found.closed_at is None
    if kind == "deadline":
        found = db.session.get(Deadline, numbers[0], populate_existing=True)
        return found is not None and found.done_at is None and found.paused_at is None
    if kind == "login_code":
        found = db.session.get(LoginCode, numbers[0], populate_existing=True)
        return found is not None and found.used_at is None and found.ends_at > clock.now()
    file = db.session.get(Application, row.application_id, populate_existing=True)
    return file is not None and file.stage == ids[0]


def _recipient(row: Outbox) -> str | None:
    sealer = services().sealer
    if row.grant_id is None:
        return sealer.open(row.secret_sealed).get("email") if row.secret_sealed else None
    grant = db.session.get(AccessGrant, row.grant_id, populate_existing=True)
    if grant is None or grant.ended_at is not None or not grant.contact_sealed:
        return None
    return sealer.open(grant.contact_sealed).get("email")


def known_of(row: Outbox) -> Known:
    settings, language = services().settings, row.language
    file = db.session.get(Application, row.application_id) if row.application_id else None
    secret = services().sealer.open(row.secret_sealed) if row.secret_sealed and row.grant_id else {}
    due = _due_day(row, file)
    live = _appointment(file)
    office = db.session.get(Office, live.office_id) if live else None
    return Known(
        base_url=settings.base_url,
        reference=file.reference if file else "",
        due_day=i18n.day_words(due, language) if due else "",
        moment=i18n.moment_words(live.starts_at, live.zone, language) if live else "",
        place=f"{office.name}, {office.address}" if office else "",
        code=secret.get("code", ""),
        lines=tuple(secret.get("lines", ())),
        link=links.way_in_link(settings.base_url, secret["link"]) if secret.get("link") else "",
    )


def _due_day(row: Outbox, file: Application | None):
    if row.cause and row.cause.startswith("deadline:"):
        found = db.session.get(Deadline, int(row.cause.split(":")[1]))
        return found.due_on if found else None
    if file is None:
        return None
    return db.session.scalar(select(Consultation.due_on).where(Consultation.application_id == file.id,
                                                               Consultation.closed_at.is_(None)))


def _appointment(file: Application | None) -> Appointment | None:
    if file is None:
        return None
    return db.session.scalar(select(Appointment).where(Appointment.application_id == file.id,
                                                       Appointment.status == "booked"))
