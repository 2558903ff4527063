"""What settle() found, written down. The only writer of the kept columns; `flask verify` works them out again."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from actions import timers
from actions.dossier import Dossier
from actions.gather import facts_of
from applications.facts import FINAL
from applications.models import QueueDelta, Requirement
from applications.stage import Settlement, settle
from consultations.models import ConsultationItem

# Finished files sink below everything that is still to be done.
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def write(dossier: Dossier) -> Settlement:
    """Apply the changes that follow from the facts. Returns the settlement whose kept values are now true."""
    dossier.flush_new()
    outcome = settle(facts_of(dossier))
    _recall(dossier, outcome)
    _items(dossier, outcome)
    _appointment(dossier, outcome)
    timers.sync_deadlines(dossier, outcome)
    timers.sync_clocks(dossier, outcome)
    return outcome


def _recall(dossier: Dossier, outcome: Settlement) -> None:
    for person_id in outcome.recall:
        dossier.person(person_id).deferred_at = None


def _items(dossier: Dossier, outcome: Settlement) -> None:
    for requirement_id in outcome.draft_items:
        draft_item(dossier, dossier.requirement(requirement_id))
    by_id = {item.id: item for item in dossier.rows(ConsultationItem)}
    for item_id in outcome.withdraw_items:
        by_id[item_id].status = "withdrawn"
    for item_id in outcome.close_items:
        by_id[item_id].status = "closed"
    if outcome.close_consultation:
        consultation = dossier.consultation
        consultation.closed_at, consultation.closed_because = dossier.now, "answered"


def draft_item(dossier: Dossier, requirement: Requirement, reason_codes: list[str] | None = None) -> ConsultationItem:
    """An item nobody has sent yet, for a paper that is owed."""
    ways = ["file", "text", "cannot_get"]
    if (requirement.terms or {}).get("may_follow"):
        ways.append("promise")
    return dossier.add(ConsultationItem(
        application_id=dossier.file.id, requirement_id=requirement.id, status="unsent",
        verdict_id=requirement.current_verdict_id, reason_codes=reason_codes or [], may_answer=ways,
    ))


def _appointment(dossier: Dossier, outcome: Settlement) -> None:
    live = dossier.live_appointment
    if live is not None and (outcome.freeze or outcome.thaw):
        live.frozen_at = dossier.now if outcome.freeze else None


def keep(dossier: Dossier, outcome: Settlement) -> None:
    """Write the kept columns. They are copies: everything here can be worked out again from the facts."""
    file = dossier.file
    if file.queue != outcome.queue or dossier.is_new:
        file.queue_since_at = dossier.now
    file.stage, file.queue = outcome.stage, outcome.queue
    file.office_todo = " ".join(outcome.office_todo)
    file.complete_since_at = (file.complete_since_at or dossier.now) if outcome.bookable else None
    file.complete_from_on, file.complete_until_on = outcome.complete_from_on, outcome.complete_until_on
    file.act_by_at = act_by(dossier, outcome)


def act_by(dossier: Dossier, outcome: Settlement) -> datetime:
    """When the one who has the ball should have acted: what worklists are sorted by."""
    if outcome.state in FINAL:
        return _NEVER
    return timers.next_due_at(dossier, outcome) or _end_of_day(dossier)


def _end_of_day(dossier: Dossier) -> datetime:
    return datetime.combine(dossier.today, time(23, 59), ZoneInfo(dossier.zone)).astimezone(UTC)


def count_queues(dossier: Dossier, old: tuple[int | None, int | None, str] | None) -> None:
    """Note who came and who went; a worker folds the notes, so that no counter row is hot."""
    file = dossier.file
    new = None if file.erased_at else (file.office_id, file.municipality_id, file.queue)
    if old == new:
        return
    for place, n in ((old, -1), (new, +1)):
        if place and place[0] and place[2] != "none":
            dossier.session.add(QueueDelta(office_id=place[0], municipality_id=place[1] or 0, queue=place[2], n=n))


