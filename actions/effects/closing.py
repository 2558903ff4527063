"""How a file ends, comes back, and is forgotten."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select, update

from accounts.models import AccessGrant, LoginCode, WebSession
from actions import timers
from actions.doing import Doing
from actions.effects import effect
from actions.models import Idempotency
from applications.models import (
    Answer,
    ClockSegment,
    Deadline,
    Decision,
    Document,
    DocumentServes,
    Flag,
    Note,
    Paper,
    Person,
    Requirement,
    SearchWord,
)
from consultations.models import ConsultationItem
from notifications.models import Outbox
from uploads.models import PageImage, Upload
from visits.models import Meeting, Visit


@effect
def people_withdrawn(doing: Doing) -> None:
    _end_people(doing, "withdrawn")
    doing.file.closed_reason = doing.given.get("because", "applicant")


@effect
def people_lapsed(doing: Doing) -> None:
    _end_people(doing, "lapsed")
    doing.file.closed_reason = doing.given.get("deadline")


def _end_people(doing: Doing, outcome: str) -> None:
    for person in doing.dossier.rows(Person):
        if person.outcome == "pending" and person.left_at is None:
            person.outcome = outcome


@effect
def people_pending_again(doing: Doing) -> None:
    for person in doing.dossier.rows(Person):
        if person.outcome == "lapsed":
            person.outcome = "pending"
    doing.file.closed_reason = doing.file.erase_on = None


@effect
def close_all_open(doing: Doing) -> None:
    """Items, the round of asking and the visit end with the file. A lapsed round keeps its buffer for a late answer."""
    dossier = doing.dossier
    lapsed = doing.event.name == "lapse"
    for item in dossier.rows(ConsultationItem):
        if item.status in ("unsent", "asked", "answered") and not (lapsed and item.status == "asked"):
            item.status = "closed" if item.status == "answered" else "withdrawn"
    consultation = dossier.consultation
    if consultation and not lapsed:
        consultation.closed_at, consultation.closed_because = doing.now, doing.event.name


@effect
def stop_clocks(doing: Doing) -> None:
    for segment in doing.dossier.rows(ClockSegment):
        segment.stopped_at = segment.stopped_at or doing.now
    for deadline in doing.dossier.rows(Deadline):
        deadline.done_at = deadline.done_at or doing.now


@effect
def start_retention(doing: Doing) -> None:
    """How long it is kept is the checklist's to say; never shorter than the time in which it may be revived."""
    dossier = doing.dossier
    outcome = _outcome(doing)
    days = dossier.definition.retention[f"{outcome}_days"]
    revival_days = timers.settings("revival")["days"] if outcome == "lapsed" else 0
    doing.file.erase_on = doing.today + timedelta(days=max(days, revival_days + 1 if revival_days else 0))


def _outcome(doing: Doing) -> str:
    found = {p.outcome for p in doing.dossier.rows(Person) if p.left_at is None}
    return next((o for o in ("issued", "refused", "lapsed", "withdrawn") if o in found), "withdrawn")


@effect
def restart_deadline(doing: Doing, kind: str) -> None:
    """Whoever still works on a draft is not idle."""
    timers.restart(doing.dossier, kind)


@effect
def mark_unreachable(doing: Doing) -> None:
    doing.dossier.add(Flag(application_id=doing.file.id, kind="unreachable", opened_at=doing.now,
                           opened_by=str(doing.actor)))


@effect
def close_unreachable(doing: Doing) -> None:
    flag = doing.dossier.flag("unreachable")
    if flag:
        flag.closed_at, flag.closed_by, flag.closed_as = doing.now, str(doing.actor), doing.event.name


@effect
def restart_deadlines_with_letter(doing: Doing) -> None:
    timers.resume_by_letter(doing.dossier)


@effect
def set_contact(doing: Doing) -> None:
    """given: contact {"email": ...}. The old address is told too: notify finds it in doing.given["old_contact"]."""
    dossier = doing.dossier
    grant = next(g for g in dossier.rows(AccessGrant) if g.role == "applicant")
    doing.given["old_contact"] = grant.contact_sealed
    grant.contact_sealed = dossier.services.sealer.seal(doing.given["contact"])
    if dossier.consultation and dossier.consultation.delivered_at is None:
        doing.made["asked"] = True  # the old address never got the request: the new one does
    doing.made["grant"] = grant.id


@effect
def revoke_sessions(doing: Doing) -> None:
    grants = [g.id for g in doing.dossier.rows(AccessGrant)]
    live = (WebSession.grant_id.in_(grants), WebSession.revoked_at.is_(None))
    doing.work.session.execute(update(WebSession).where(*live).values(revoked_at=doing.now))
    doing.work.session.execute(delete(LoginCode).where(LoginCode.grant_id.in_(grants)))


@effect
def erase_everywhere(doing: Doing) -> None:
    """Nothing that tells who she is stays: rows go, and the objects after the commit (given["objects"])."""
    session, file = doing.work.session, doing.file
    uploads = list(session.scalars(select(Upload).where(Upload.application_id == file.id)))
    ids = [u.id for u in uploads]
    doing.given["objects"] = [u.object_key for u in uploads]  # what was made of an object goes with it
    session.execute(delete(PageImage).where(PageImage.upload_id.in_(ids)))
    session.execute(update(ConsultationItem).where(ConsultationItem.application_id == file.id)
                    .values(text=None, answer_text=None))
    session.execute(update(Decision).where(Decision.application_id == file.id)
                    .values(number_sealed=None, why=None, returned_because=None))
    session.execute(update(Requirement).where(Requirement.application_id == file.id)
                    .values(told=None, reason=[], terms={}))
    session.execute(update(Person).where(Person.application_id == file.id).values(name=None))
    documents = select(Document.id).where(Document.application_id == file.id)
    session.execute(delete(DocumentServes).where(DocumentServes.document_id.in_(documents)))
    for model in (Upload, Answer, Paper, SearchWord, Note):
        session.execute(delete(model).where(model.application_id == file.id))
    session.execute(delete(Outbox).where(Outbox.application_id == file.id))
    session.execute(delete(Idempotency).where(Idempotency.application_id == file.id))
    session.execute(update(Meeting).where(Meeting.application_id == file.id).values(because=None))
    session.execute(update(Visit).where(Visit.application_id == file.id).values(cause=None))
    _forget_ways_in(doing)
    file.rules = {}
    file.erased_at, file.erase_on = doing.now, None
    doing.dossier.forget(Upload, Answer, Paper, SearchWord, Requirement, Person, AccessGrant)


def _forget_ways_in(doing: Doing) -> None:
    session = doing.work.session
    grants = [g.id for g in session.scalars(select(AccessGrant).where(AccessGrant.application_id == doing.file.id))]
    session.execute(delete(LoginCode).where(LoginCode.grant_id.in_(grants)))
    session.execute(delete(WebSession).where(WebSession.grant_id.in_(grants)))
    session.execute(update(AccessGrant).where(AccessGrant.id.in_(grants))
                    .values(contact_sealed=None, ended_at=doing.now))
