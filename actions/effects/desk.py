"""What happens in the building: arriving, the meeting, and what came of each person."""

from __future__ import annotations

from sqlalchemy import func, select

import clock
from actions import turns
from actions.doing import Doing
from actions.effects import EFFECTS, effect
from actions.effects.answers import answers_hash
from applications import completeness, workflow
from applications.models import Decision, Requirement, Verdict
from offices.models import Office
from visits.models import Meeting, MeetingPerson, Visit
from visits.tokens import token_of


@effect
def open_visit(doing: Doing) -> None:
    visit = doing.dossier.add(new_visit(doing.work, doing.given["office_id"], doing.file.id), flush=True)
    doing.made["visit"] = visit.id


def new_visit(work, office_id: int, application_id: int | None, cause: str | None = None) -> Visit:
    """Two people at the door in one moment stand in line for their tokens, or both would read the same count."""
    turns.take(work.session, f"tokens:{office_id}")
    zone = work.session.scalar(select(Office.zone).where(Office.id == office_id))
    today = clock.day_in(zone, work.now)
    before = work.session.scalar(
        select(func.count()).select_from(Visit).where(Visit.office_id == office_id, Visit.day_on == today))
    return Visit(office_id=office_id, application_id=application_id, arrived_at=work.now, cause=cause, day_on=today,
                 token=token_of(before + 1))


@effect
def visit_gets_file(doing: Doing) -> None:
    visit = doing.work.session.get(Visit, doing.given["visit_id"])
    visit.application_id = doing.file.id
    doing.dossier.rows(Visit).append(visit)


@effect
def close_visit(doing: Doing) -> None:
    visit = doing.dossier.visit
    visit.left_at, visit.left_as = doing.now, doing.given.get("left_as")


@effect
def open_meeting(doing: Doing) -> None:
    dossier = doing.dossier
    visit = dossier.visit
    meeting = dossier.add(Meeting(
        application_id=dossier.file.id, visit_id=visit.id if visit else None, officer_id=doing.actor.id,
        office_id=doing.given["office_id"], mode=doing.given.get("mode", "office"), started_at=doing.now), flush=True)
    if visit and visit.called_at is None:
        visit.called_at = doing.now
    for person in completeness.active_persons(doing.before):
        dossier.add(MeetingPerson(meeting_id=meeting.id, person_id=person.id, ticks={}))
        dossier.person(person.id).identity_seen_at = None
    for row in dossier.rows(Requirement):
        row.seen_at_desk_at = None
    doing.made["meeting"] = meeting.id


@effect
def use_live_appointment_or_give_it_back(doing: Doing) -> None:
    """The time booked for today is this meeting; one on another day is given back in the same transaction."""
    live = doing.dossier.live_appointment
    if live is None:
        return
    if doing.before.appointment.day_on == doing.today:
        live.status, live.frozen_at = "done", None
        doing.dossier.meeting.appointment_id = live.id
    else:
        EFFECTS["give_back_seats"](doing)


@effect
def person_outcome_or_proposal(doing: Doing) -> None:
    """given: person_id, outcome, number (sealed here), why. A number by the one who judged the papers is a proposal."""
    dossier, given = doing.dossier, doing.given
    row = next(r for r in dossier.rows(MeetingPerson) if r.person_id == given["person_id"])
    row.outcome = given["outcome"]
    if given["outcome"] == "issued":
        _issue(doing, row)
    elif given["outcome"] == "withdrawn":
        dossier.person(given["person_id"]).outcome = "withdrawn"
    doing.made.update(person=given["person_id"], outcome=row.outcome)


def _issue(doing: Doing, row: MeetingPerson) -> None:
    proposed = workflow.second_person_needed(doing.before, "issue", doing.actor, row.person_id)
    doing.dossier.add(Decision(
        application_id=doing.file.id, person_id=row.person_id, kind="issue",
        status="proposed" if proposed else "confirmed", proposed_by=None if not proposed else doing.actor.id,
        proposed_at=doing.now, settled_by=None if proposed else doing.actor.id,
        settled_at=None if proposed else doing.now,
        number_sealed=doing.dossier.services.sealer.seal(doing.given["number"])), flush=True)
    if proposed:
        row.outcome = "proposed"
    else:
        doing.dossier.person(row.person_id).outcome = "issued"


@effect
def close_meeting(doing: Doing) -> None:
    meeting = doing.dossier.meeting
    finished = doing.event.name == "end_meeting"
    meeting.ended_at, meeting.ended_as = doing.now, "finished" if finished else "abandoned"
    meeting.because = (doing.given.get("reason") or "")[:200] or None
    visit = doing.dossier.visit
    if visit:
        visit.left_at, visit.left_as = doing.now, "met"
    doing.made["meeting"] = meeting.id


@effect
def break_promises_not_seen(doing: Doing) -> None:
    """Promised for the meeting and not brought: asked for again, now as an upload."""
    dossier = doing.dossier
    for broken in completeness.broken_promises(doing.before):
        row = dossier.requirement(broken.id)
        verdict = dossier.add(Verdict(
            application_id=dossier.file.id, requirement_id=row.id, document_id=row.document_id,
            document_hash=row.document_hash, answers_hash=answers_hash(dossier, row),
            replaces_id=row.current_verdict_id, kind="promise_broken", at=doing.now), flush=True)
        row.current_verdict_id, row.status = verdict.id, "missing"


@effect
def give_back_past_appointment(doing: Doing) -> None:
    """Somebody who came and left without a meeting is no no-show; the time is over all the same."""
    live = doing.dossier.live_appointment
    if live is not None and live.starts_at <= doing.now:
        live.status, live.frozen_at, live.because = "done", None, "left_without_meeting"


@effect
def mark_meeting_overdue(doing: Doing) -> None:
    doing.dossier.meeting.overdue_at = doing.now
