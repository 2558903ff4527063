"""Verdicts, what is asked of the applicant because of them, and decisions that need a second person."""

from __future__ import annotations

from accounts.models import AccessGrant
from actions import settle, timers
from actions.doing import Doing
from actions.dossier import Dossier
from actions.effects import effect
from actions.effects.answers import answers_hash, work_out
from actions.effects.papers import say_facts
from actions.gather import facts_of
from applications import completeness
from applications.models import Decision, Requirement, Verdict
from consultations.models import Consultation, ConsultationItem


@effect
def set_holder(doing: Doing) -> None:
    """given["holder_id"]: who takes it, None lets it go."""
    doing.file.holder_id = doing.given["holder_id"]
    doing.file.holder_since_at = doing.now if doing.given["holder_id"] else None


@effect
def note_first_review(doing: Doing) -> None:
    doing.file.first_reviewed_at = doing.file.first_reviewed_at or doing.now
    for decision in doing.dossier.rows(Decision):
        if decision.status == "returned" and decision.taken_up_at is None:
            decision.taken_up_at = doing.now


@effect
def write_verdict(doing: Doing) -> None:
    """given: requirement_id, verdict (accepted or refused), reason_codes, facts seen, choice."""
    dossier, given = doing.dossier, doing.given
    row = dossier.requirement(given["requirement_id"])
    if given.get("facts") or given.get("choice"):
        say_facts(doing, row.person_id, row.terms["document"], given.get("choice"), given.get("facts", {}), "seen")
    verdict = _verdict(doing, row, given["verdict"], given.get("reason_codes") or None)
    if given["verdict"] == "refused":
        _draft(dossier, row, verdict, given["reason_codes"], given.get("text"))
    work_out(dossier)
    doing.made.update(requirement=row.id, verdict=verdict.id, kind=verdict.kind, codes=verdict.reason_codes or [])


def _verdict(doing: Doing, row: Requirement, kind: str, codes: list[str] | None) -> Verdict:
    dossier = doing.dossier
    verdict = dossier.add(Verdict(
        application_id=dossier.file.id, requirement_id=row.id, document_id=row.document_id,
        document_hash=row.document_hash, answers_hash=answers_hash(dossier, row), replaces_id=row.current_verdict_id,
        kind=kind, reason_codes=codes, good_from_on=row.good_from_on, good_until_on=row.good_until_on,
        staff_id=doing.actor.id, at=doing.now), flush=True)
    row.current_verdict_id, row.answers_hash, row.status = verdict.id, verdict.answers_hash, kind
    row.judged_by_id = doing.actor.id
    return verdict


def _draft(dossier: Dossier, row: Requirement, verdict: Verdict, codes: list[str], text: str | None) -> None:
    live = next((i for i in dossier.rows(ConsultationItem)
                 if i.requirement_id == row.id and i.status in ("unsent", "asked")), None)
    item = live or settle.draft_item(dossier, row)
    item.status = "unsent" if live is None or live.status == "unsent" else live.status
    item.verdict_id, item.reason_codes = verdict.id, codes
    if text:
        item.text = {"note": text}


@effect
def requirement_waived(doing: Doing) -> None:
    row = doing.dossier.requirement(doing.given["requirement_id"])
    verdict = _verdict(doing, row, "waived", None)
    row.told = doing.given["reason"]
    doing.made.update(requirement=row.id, verdict=verdict.id)


@effect
def add_requirement_by_staff(doing: Doing) -> None:
    """given: title (what is asked for), reason, person_id or None."""
    dossier, given = doing.dossier, doing.given
    number = sum(1 for r in dossier.rows(Requirement) if r.origin == "staff") + 1
    row = dossier.add(Requirement(
        application_id=dossier.file.id, person_id=given.get("person_id"), item_id=f"extra_{number}", kind="document",
        origin="staff", status="missing", reason=[], told=given["reason"], promises=0, gathered=False,
        terms={"title": given["title"], "sent_as": "upload", "waive": ["caseworker", "lead"]}), flush=True)
    item = settle.draft_item(dossier, row)
    item.text = {"note": given["reason"]}
    doing.made["requirement"] = row.id


@effect
def open_or_extend_consultation(doing: Doing) -> None:
    """Send the drafted items. One consultation is open at a time: a later round joins it, the day only moves later."""
    dossier, named = doing.dossier, set(doing.given.get("item_ids") or ())
    consultation = _open(doing, doing.given.get("due_on"))
    for item in dossier.rows(ConsultationItem):
        if item.status == "unsent" and (not named or item.id in named):
            _ask(item, consultation)
            item.text = doing.given.get("texts", {}).get(item.id, item.text)
    doing.made["consultation"] = consultation.id


def _open(doing: Doing, due_on=None) -> Consultation:
    dossier = doing.dossier
    consultation = dossier.consultation or dossier.add(Consultation(
        application_id=dossier.file.id, opened_at=doing.now, opened_by=str(doing.actor)), flush=True)
    proposed = due_on or timers.reply_due_on(dossier)
    consultation.due_on = max(proposed, consultation.due_on or proposed)
    # Nobody has an address: no mail will say that it was taken, and the days would never begin to count.
    by_mail = any(grant.contact_sealed for grant in dossier.rows(AccessGrant))
    consultation.delivered_at = None if by_mail else doing.now
    return consultation


def _ask(item: ConsultationItem, consultation: Consultation) -> None:
    item.consultation_id, item.status = consultation.id, "asked"
    item.answer_kind = item.answer_text = item.answered_at = None


@effect
def ask_by_rule(doing: Doing) -> None:
    """A demand that a rule makes after sending needs no caseworker's words: it is asked for at once."""
    dossier = doing.dossier
    dossier.session.flush()
    owed = {r.id for r in completeness.to_ask_by_rule(facts_of(dossier))}
    if not owed:
        return
    consultation = _open(doing)
    drafted = {i.requirement_id: i for i in dossier.rows(ConsultationItem) if i.status == "unsent"}
    for requirement_id in sorted(owed):
        item = drafted.get(requirement_id) or settle.draft_item(dossier, dossier.requirement(requirement_id))
        _ask(item, consultation)
    dossier.session.flush()
    doing.made["asked"] = sorted(owed)


@effect
def items_back_to_office(doing: Doing) -> None:
    """What is taken back does not drop out of sight: it lies with the office again, as a draft."""
    dossier, named = doing.dossier, set(doing.given.get("item_ids") or ())
    for item in list(dossier.rows(ConsultationItem)):
        if item.status == "asked" and (not named or item.id in named):
            item.status = "withdrawn"


@effect
def move_deadline(doing: Doing, kind: str) -> None:
    """given["due_on"]: the later day. Only consultation_reply is moved by hand."""
    dossier = doing.dossier
    dossier.consultation.due_on = doing.given["due_on"]
    if doing.actor.kind != "staff":
        dossier.consultation.more_time_used_at = doing.now
    timers.move(dossier, kind, doing.given["due_on"])


@effect
def decision_proposed(doing: Doing) -> None:
    given = doing.given
    decision = doing.dossier.add(Decision(
        application_id=doing.file.id, person_id=given["person_id"], kind="refuse", status="proposed",
        reason_codes=given["reason_codes"], why=given.get("why"), proposed_by=doing.actor.id, proposed_at=doing.now,
    ), flush=True)
    doing.made["decision"] = decision.id


@effect
def decision_confirmed(doing: Doing) -> None:
    decision = _decision(doing)
    decision.status, decision.settled_by, decision.settled_at = "confirmed", doing.actor.id, doing.now
    doing.made.update(decision=decision.id, kind=decision.kind)


@effect
def person_outcomes(doing: Doing) -> None:
    decision = _decision(doing)
    doing.dossier.person(decision.person_id).outcome = {"issue": "issued", "refuse": "refused"}[decision.kind]


@effect
def decision_returned(doing: Doing) -> None:
    decision = _decision(doing)
    decision.status, decision.settled_by, decision.settled_at = "returned", doing.actor.id, doing.now
    decision.returned_because = doing.given["reason"]
    doing.made["decision"] = decision.id


def _decision(doing: Doing) -> Decision:
    return next(d for d in doing.dossier.rows(Decision) if d.id == doing.given["decision_id"])
