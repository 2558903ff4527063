"""Papers: kept, put in order, promised, sent."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import delete

from actions import situation
from actions.doing import Doing
from actions.dossier import Dossier
from actions.effects import effect
from actions.effects.answers import answers_hash, work_out
from applications.models import Document, DocumentServes, Paper, Requirement, Signature, Verdict
from consultations.models import ConsultationItem
from uploads.models import PageImage, Upload


def gathering_document(dossier: Dossier, requirement: Requirement) -> Document:
    """The document that pages for this requirement are gathered in; made when there is none."""
    found = dossier.document_of(requirement.id)
    if found:
        return found
    document = dossier.add(Document(application_id=dossier.file.id, status="gathering",
                                    supersedes_id=requirement.document_id, revision=1), flush=True)
    dossier.add(DocumentServes(document_id=document.id, requirement_id=requirement.id))
    return document


@effect
def store_document(doing: Doing) -> None:
    """given["accepted"]: what the intake kept. The object lies in the store already; this is its row."""
    dossier, accepted = doing.dossier, doing.given["accepted"]
    requirement = dossier.requirement(doing.given["requirement_id"])
    document = gathering_document(dossier, requirement)
    pages = dossier.uploads_of(document)
    upload = dossier.add(Upload(
        application_id=dossier.file.id, document_id=document.id,
        position=max((p.position for p in pages), default=0) + 1, object_key=accepted.object_key,
        sha256=accepted.sha256, bytes=accepted.bytes, media_type=accepted.media_type, pages=accepted.pages,
        original_name=accepted.original_name, flags=list(accepted.flags), rotated=0, stored_at=doing.now,
        pictures="waiting" if accepted.previewable else "none", no_pictures_because=accepted.no_preview,
        pictures_tries=0,
    ), flush=True)
    requirement.gathered = True
    if requirement.status in ("promised", "cannot_get") and dossier.file.state == "draft":
        requirement.status = "missing"
    _buffer(dossier, requirement, "file")
    doing.made.update(upload=upload.id, requirement=requirement.id)


def _buffer(dossier: Dossier, requirement: Requirement, kind: str | None, text: str | None = None) -> None:
    for item in dossier.rows(ConsultationItem):
        if item.requirement_id == requirement.id and item.status == "asked":
            item.answer_kind, item.answer_text = kind, text


@effect
def drop_document(doing: Doing) -> None:
    """Take one page back before it was sent. The objects go once the row is gone (doing.given["objects"])."""
    dossier = doing.dossier
    upload = next(u for u in dossier.rows(Upload) if u.id == doing.given["upload_id"])
    doing.given["objects"] = [upload.object_key]  # what was made of it goes with it
    dossier.session.execute(delete(PageImage).where(PageImage.upload_id == upload.id))
    dossier.rows(Upload).remove(upload)
    dossier.session.delete(upload)
    left = [u for u in dossier.rows(Upload) if u.document_id == upload.document_id]
    if not left:
        serving = {s.requirement_id for s in dossier.rows(DocumentServes) if s.document_id == upload.document_id}
        for requirement in (r for r in dossier.rows(Requirement) if r.id in serving):
            requirement.gathered = False
            _buffer(dossier, requirement, None)
    doing.made["upload"] = upload.id


def say_facts(doing: Doing, person_id: int | None, document_id: str, choice: str | None,
              facts: dict[str, Any], trust: str) -> None:
    """Keep the choice and the facts of a paper, then let the rules see them."""
    keep_facts(doing.dossier, person_id, document_id, choice, facts, trust)
    work_out(doing.dossier)


def keep_facts(dossier: Dossier, person_id: int | None, document_id: str, choice: str | None,
               facts: dict[str, Any], trust: str) -> bool:
    """Whether it says anything new. The rules are not asked: whoever calls this fires an event that asks them."""
    paper = dossier.paper(person_id, document_id) or dossier.add(Paper(
        application_id=dossier.file.id, person_id=person_id, document_id=document_id, facts={}))
    kept = {name: dict(by_trust) for name, by_trust in (paper.facts or {}).items()}
    for name, value in facts.items():
        kept.setdefault(name, {})[trust] = situation.stored(dossier, value, sealed=False)
    before = (paper.choice, paper.facts)
    paper.choice, paper.facts = choice or paper.choice, kept
    return (paper.choice, paper.facts) != before


@effect
def requirement_promised(doing: Doing) -> None:
    promise(doing.dossier.requirement(doing.given["requirement_id"]))


def promise(requirement: Requirement) -> None:
    requirement.status = "promised"
    requirement.promises += 1


@effect
def requirement_cannot_get(doing: Doing) -> None:
    requirement = doing.dossier.requirement(doing.given["requirement_id"])
    requirement.status = "cannot_get"
    requirement.told = doing.given.get("told")


@effect
def move_buffer_to_documents(doing: Doing) -> None:
    """What was gathered is sent: from here on it is frozen, and the office has it."""
    dossier = doing.dossier
    for requirement in dossier.rows(Requirement):
        if requirement.gathered:
            _send(doing, requirement)
    for item in dossier.rows(ConsultationItem):
        if item.status == "asked" and item.answer_kind:
            item.status, item.answered_at = "answered", doing.now
            _say(dossier.requirement(item.requirement_id), item.answer_kind, item.answer_text)
    for ready in doing.given.get("answered") or ():
        _say(dossier.requirement(ready["requirement_id"]), ready["kind"], ready["text"])


def _send(doing: Doing, requirement: Requirement) -> None:
    dossier = doing.dossier
    document = dossier.document_of(requirement.id)
    if document is None:
        return
    document.content_hash = content_hash(dossier.uploads_of(document))
    document.status, document.sent_at = "sent", doing.now
    before = next((d for d in dossier.rows(Document) if d.id == document.supersedes_id), None)
    if before is not None:
        before.status, document.revision = "superseded", before.revision + 1
    requirement.gathered, requirement.status = False, "sent"
    requirement.document_id, requirement.document_hash = document.id, document.content_hash


def content_hash(uploads: list[Upload]) -> str:
    """Of the pages in their order and turn: what a verdict was made on."""
    return hashlib.sha256("\n".join(f"{u.sha256} {u.rotated}" for u in uploads).encode()).hexdigest()


def _say(requirement: Requirement, kind: str, text: str | None) -> None:
    """What she answered without a page. A page that came too has been sent already and counts more."""
    if kind == "promise":
        promise(requirement)
    elif kind in ("text", "cannot_get"):
        requirement.status, requirement.told = "cannot_get", text


@effect
def record_signature(doing: Doing) -> None:
    dossier, person_id = doing.dossier, doing.given["person_id"]
    dossier.add(Signature(application_id=dossier.file.id, person_id=person_id, at=doing.now,
                          signer_grant_id=doing.given.get("grant_id"), text_hash=doing.given["text_hash"],
                          method=doing.given.get("method", "click")))
    for row in dossier.rows(Requirement):
        if row.kind == "signature" and row.person_id == person_id:
            row.status = "accepted"


@effect
def requirement_missing_again(doing: Doing) -> None:
    """A paper that was accepted has run out: she is asked for a new one."""
    dossier = doing.dossier
    row = dossier.requirement(doing.given["requirement_id"])
    verdict = dossier.add(Verdict(
        application_id=dossier.file.id, requirement_id=row.id, document_id=row.document_id,
        document_hash=row.document_hash, answers_hash=answers_hash(dossier, row), replaces_id=row.current_verdict_id,
        kind="ran_out", at=doing.now), flush=True)
    row.current_verdict_id, row.status, row.judged_by_id = verdict.id, "missing", None
