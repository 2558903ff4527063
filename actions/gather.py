"""The rows of a file as Facts: plain data for the pure functions of applications/."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select

import clock
from actions.dossier import Dossier
from actions.free_time import NO_FREE_TIME, WATCHED
from applications.facts import (
    FINAL,
    AppointmentFact,
    DeadlineFact,
    DecisionFact,
    Facts,
    ItemFact,
    MeetingFact,
    PersonFact,
    RequirementFact,
    RoleLimit,
    State,
)
from applications.models import Deadline, Decision, Person, Requirement
from applications.unknowns import to_decide
from applications.workflow import load
from appointments.models import Appointment
from consultations.models import ConsultationItem
from notifications.models import Outbox
from visits.models import MeetingPerson


def facts_of(dossier: Dossier) -> Facts:
    """The situation of the file at dossier.now, with everything that was added in this unit."""
    file, now = dossier.file, dossier.now
    today = clock.day_in(dossier.zone, now)
    consultation = dossier.consultation
    rules = file.rules or {}
    people = tuple(_person(dossier, row) for row in dossier.rows(Person))
    # What a party owes (a landlord, another parent), the whole file waits for.
    owners = {person.id: None for person in people if person.party and not person.left}
    return Facts(
        now_at=now,
        today_on=today,
        state=State(file.state),
        version=file.version,
        channel=file.channel,
        submitted=file.submitted_at is not None,
        first_reviewed=file.first_reviewed_at is not None,
        office_id=file.office_id,
        holder_id=file.holder_id,
        people=people,
        role_limits=tuple(RoleLimit(role=role, most=spec.max) for role, spec in dossier.definition.people.items()),
        requirements=tuple(_requirement(row, owners) for row in dossier.rows(Requirement)),
        to_decide=tuple(owners.get(key, key) for key, *_ in to_decide(rules, dossier.rows(Requirement))),
        items=tuple(
            ItemFact(id=i.id, requirement_id=i.requirement_id, status=i.status, answer_kind=i.answer_kind)
            for i in dossier.rows(ConsultationItem)
        ),
        consultation_open=consultation is not None,
        reply_due_on=consultation.due_on if consultation else None,
        more_time_used=bool(consultation and consultation.more_time_used_at),
        request_delivered=consultation is None or consultation.delivered_at is not None,
        appointment=_appointment(dossier),
        no_show_on=_no_show_on(dossier),
        no_free_time=any(d.kind == WATCHED and d.paused_because == NO_FREE_TIME
                         for d in dossier.rows(Deadline) if d.done_at is None),
        visit_open=dossier.visit is not None,
        meeting=_meeting(dossier),
        not_before_on=date.fromisoformat(rules["not_before_on"]) if rules.get("not_before_on") else None,
        minutes_needed=rules.get("minutes", 0),
        modes=tuple(rules.get("modes", ("office",))),
        decisions=_decisions(dossier),
        **{kind: dossier.flag(kind) is not None for kind in ("unreachable", "suspected_duplicate", "hold")},
        appeal_open=dossier.flag("appeal") is not None,
        # An explanation nobody at the office has judged yet is a message like any other.
        unread_message=any(i.status == "answered" and i.answer_kind == "text" for i in dossier.rows(ConsultationItem)),
        deadlines=tuple(
            DeadlineFact(kind=d.kind, subject_id=d.subject_id, paused=d.paused_at is not None,
                         passed=d.paused_at is None and d.fires_at <= now
                         and (d.reminds_at is None or d.reminds_at > now))  # not while a reminder is still to go out
            for d in dossier.rows(Deadline) if d.done_at is None
        ),
        revival_until_on=_revival_until(dossier),
        erase_on=file.erase_on,
        erased=file.erased_at is not None,
        message_queued=State(file.state) in FINAL and _message_queued(dossier),
    )


def _person(dossier: Dossier, row: Person) -> PersonFact:
    judges = {r.judged_by_id for r in dossier.rows(Requirement) if r.person_id in (row.id, None)}
    spec = dossier.definition.people.get(row.role)
    return PersonFact(
        id=row.id,
        role=row.role,
        outcome=row.outcome,
        deferred=row.deferred_at is not None,
        left=row.left_at is not None or row.id in (dossier.file.rules or {}).get("put_aside", ()),
        may_follow=bool(spec and spec.may_follow),
        identity_confirmed=row.identity_seen_at is not None,
        judged_by=frozenset(judge for judge in judges if judge),
        party=bool(spec and not spec.applies),
        may_stay_home=row.id in (dossier.file.rules or {}).get("stay_home", ()),
    )


def _requirement(row: Requirement, owners: Mapping[int | None, None]) -> RequirementFact:
    terms = row.terms or {}
    return RequirementFact(
        id=row.id,
        item=row.item_id,
        person_id=owners.get(row.person_id, row.person_id),
        kind=row.kind,
        status=row.status,
        optional=terms.get("optional", False),
        sent_as=terms.get("sent_as", "upload"),
        attends=terms.get("attends", False),
        may_follow=terms.get("may_follow", False),
        original_at_meeting=terms.get("original", False),
        gathered=row.gathered,
        good_from_on=row.good_from_on,
        good_until_on=row.good_until_on,
        promises=row.promises,
        seen_at_desk=row.seen_at_desk_at is not None,
        verdict_id=row.current_verdict_id,
        document_hash=row.document_hash,
    )


def _appointment(dossier: Dossier) -> AppointmentFact | None:
    live = dossier.live_appointment
    if live is None:
        return None
    return AppointmentFact(id=live.id, day_on=clock.day_in(live.zone, live.starts_at), starts_at=live.starts_at,
                           frozen=live.frozen_at is not None, moves=live.moves,
                           too_short=live.refit_needed_at is not None)


def _no_show_on(dossier: Dossier) -> date | None:
    newest = max(dossier.rows(Appointment), key=lambda a: a.id, default=None)
    if newest is None or newest.status != "no_show":
        return None
    return clock.day_in(newest.zone, newest.starts_at)


def _meeting(dossier: Dossier) -> MeetingFact | None:
    meeting = dossier.meeting
    if meeting is None:
        return None
    outcomes = tuple((p.person_id, p.outcome) for p in dossier.rows(MeetingPerson) if p.outcome)
    return MeetingFact(id=meeting.id, mode=meeting.mode, officer_id=meeting.officer_id, outcomes=outcomes,
                       overdue=meeting.overdue_at is not None)


def _decisions(dossier: Dossier) -> tuple[DecisionFact, ...]:
    newest: dict[int, Decision] = {}
    for row in dossier.rows(Decision):
        newest[row.person_id] = row
    return tuple(
        DecisionFact(id=d.id, person_id=d.person_id, kind=d.kind, status=d.status, proposed_by=d.proposed_by,
                     taken_up=d.taken_up_at is not None)
        for d in newest.values() if d.status in ("proposed", "returned")
    )


def _message_queued(dossier: Dossier) -> bool:
    """Asked for finished files only: nothing else waits for the outbox."""
    queued = select(Outbox.id).where(Outbox.application_id == dossier.file.id, Outbox.status.in_(("queued", "leased")))
    return dossier.session.scalar(queued.limit(1)) is not None


def _revival_until(dossier: Dossier) -> date | None:
    file = dossier.file
    if State(file.state) not in FINAL or file.closed_at is None:
        return None
    days = load().deadlines["revival"].settings["days"]
    return clock.day_in(dossier.zone, file.closed_at) + timedelta(days=days)


