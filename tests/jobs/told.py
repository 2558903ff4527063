"""Files brought to where a job has something to do."""

from datetime import UTC, datetime

from sqlalchemy import select

from actions.appointments.book_appointment import book_appointment
from actions.consultations.ask_applicant import ask_applicant
from applications.models import Deadline, StateChange
from extensions import db
from notifications.models import Outbox
from tests.support import world as w
from tests.support.world import AMIRA

AMIRAS_MAIL = "amira@example.org"
THURSDAY_TEN = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)


def asked_for_the_passport(made):
    """Sent without a passport; Clara has asked for it. The mail lies in the outbox."""
    file_id = w.amira_sends(made, without=("passport",))
    w.clara_accepts_all(made, file_id)  # the office has nothing left to do: from here on the days are hers
    w.clara_judges(made, file_id, "passport", "refused", reason_codes=["unreadable"])
    ask_applicant(file_id, actor=made.by("clara"), now=made.now)
    return file_id


def complete(made):
    file_id = w.amira_sends(made)
    w.clara_accepts_all(made, file_id)
    return file_id


def booked(made, starts_at=THURSDAY_TEN):
    file_id = complete(made)
    book_appointment(file_id, starts_at, actor=AMIRA, now=made.now)
    return file_id


def mails_of(kind):
    db.session.rollback()
    return list(db.session.scalars(select(Outbox).where(Outbox.kind == kind).order_by(Outbox.id)))


def one_mail(kind):
    (row,) = mails_of(kind)
    return row


def deadline(file_id, kind):
    """The running deadline of a kind, or None."""
    db.session.rollback()
    return db.session.scalar(select(Deadline).where(Deadline.application_id == file_id, Deadline.kind == kind,
                                                    Deadline.done_at.is_(None)))


def events_of(file_id):
    return list(db.session.scalars(
        select(StateChange.event).where(StateChange.application_id == file_id).order_by(StateChange.version)))
