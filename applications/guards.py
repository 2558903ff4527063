"""One predicate per guard name of workflows.yaml: (facts, actor, given) -> None, one refusal, or several.

What `given` may carry (all optional; a guard that needs a key and does not find it refuses):
  triage_passed, confirmed, identity_seen, other_visit_open, seats_left      plain yes / no (seats_left: a number)
  person_id, requirement_id, decision_id, item_ids                           what the event is about
  role                                                                        of a person to add
  pen, answers, seen_answer                       the device that saves, what it saves, the newest answer it had read
  verdict, seen_hash, seen_verdict_id, reason_codes, reason                   a caseworker's decision and what she saw
  seen_holder_id, due_on, ways, outcome                                       claim, extend_reply, tried_to_reach, desk
  answered                                                                    answers other than pages that came along
  deadline, subject_id                                                        what the clock fires for
  slot                                                                        the time wanted (facts.SlotFact)
"""

# ruff: noqa: ARG001 - all have one signature, so that the engine can ask any of them
from __future__ import annotations

from collections.abc import Callable

from applications import completeness
from applications.definition import Workflow
from applications.facts import LEAD, Actor, Facts, Given, PersonFact, Refusal, RequirementFact, State
from applications.predicates import PREDICATES, Seen
from applications.stage import only_applicant_has_ball as _nothing_with_office
from applications.stage import settle

Answer = Refusal | list[Refusal] | None
Guard = Callable[[Facts, Actor, Given], Answer]

WorkflowGuard = Callable[[Facts, Actor, Given, Workflow], Answer]

GUARDS: dict[str, Guard] = {}
WORKFLOW_GUARDS: dict[str, WorkflowGuard] = {}  # these settle the facts, so they must know by which workflow
CONDITIONS: dict[str, Callable[[Facts, Given], bool]] = {}

OUTCOMES = frozenset({"issued", "not_come", "paper_missing", "identity_doubt", "withdrawn"})
OPEN_FOR_UPLOAD = frozenset({"missing", "refused", "promised", "cannot_get"})
WAIVABLE = frozenset({"missing", "sent", "recheck", "refused", "promised", "cannot_get"})
JUDGEABLE = frozenset({"sent", "recheck", "accepted", "refused"})
WAYS_TRIED = 2


def guard(question: Guard) -> Guard:
    """Register under the function's own name, with the guard's name in YAML the same."""
    GUARDS[question.__name__] = question
    return question


def workflow_guard(question: WorkflowGuard) -> WorkflowGuard:
    WORKFLOW_GUARDS[question.__name__] = question
    return question


def ask(name: str, facts: Facts, actor: Actor, given: Given, flow: Workflow) -> list[Refusal]:
    """Raises KeyError for a guard nobody wrote."""
    if name in WORKFLOW_GUARDS:
        found = WORKFLOW_GUARDS[name](facts, actor, given, flow)
    else:
        found = GUARDS[name](facts, actor, given)
    return [] if found is None else [found] if isinstance(found, Refusal) else list(found)


def _unless(holds: object, code: str, **values: object) -> Refusal | None:
    return None if holds else Refusal(code, values)


def _is(name: str, facts: Facts) -> bool:
    return PREDICATES[name](Seen(facts))


def _person(facts: Facts, given: Given) -> PersonFact | None:
    return facts.person(given.get("person_id"))


def _requirement(facts: Facts, given: Given) -> RequirementFact | None:
    return facts.requirement(given.get("requirement_id"))


def _is_staff(actor: Actor) -> bool:
    return actor.kind == "staff"


# --- conditions after "if" ----------------------------------------------------------------------------------------


def _issuing(facts: Facts, given: Given) -> bool:
    """Whether this step would give somebody a number: an outcome said at the desk, or a proposal confirmed."""
    if given.get("outcome") == "issued":
        return True
    return any(d.id == given.get("decision_id") and d.kind == "issue" for d in facts.decisions)


CONDITIONS["issuing"] = _issuing


# --- starting and sending -----------------------------------------------------------------------------------------


@guard
def triage_passed(facts: Facts | None, actor: Actor, given: Given) -> Answer:
    return _unless(given.get("triage_passed"), "triage_not_passed")


@guard
def holds_pen(facts: Facts, actor: Actor, given: Given) -> Answer:
    """Two devices fill in one draft: the one that did not see the other's last answers may not save over them."""
    return _unless(facts.pen is None or given.get("pen") == facts.pen, "somebody_else_writes")


@guard
def requirement_open_for_upload(facts: Facts, actor: Actor, given: Given) -> Answer:
    requirement = _requirement(facts, given)
    if requirement is None or requirement.status == "not_needed":
        return Refusal("no_such_requirement")
    known = requirement.status in OPEN_FOR_UPLOAD and requirement.kind == "document"
    return _unless((known and requirement.person_id in Seen(facts).pending_ids) or _lapsed_with(facts, requirement),
                   "requirement_locked", status=requirement.status)  # fmt: skip


def _lapsed_with(facts: Facts, requirement: RequirementFact) -> bool:
    """In a lapsed file nobody is pending; what was owed then may still be sent."""
    person = facts.person(requirement.person_id)
    theirs = requirement.person_id is None or (person is not None and person.outcome == "lapsed" and not person.left)
    return facts.state == State.LAPSED and theirs and requirement.status in OPEN_FOR_UPLOAD


@guard
def within_revival_if_lapsed(facts: Facts, actor: Actor, given: Given) -> Answer:
    return within_revival(facts, actor, given) if facts.state == State.LAPSED else None


@guard
def not_sent_yet(facts: Facts, actor: Actor, given: Given) -> Answer:
    requirement = _requirement(facts, given)
    return _unless(requirement is not None and requirement.gathered, "already_sent")


@guard
def may_sign_for_person(facts: Facts, actor: Actor, given: Given) -> Answer:
    person = _person(facts, given)
    if person is None or person.left or person.outcome != "pending":
        return Refusal("no_such_person")
    return _unless(person.role == LEAD or _is_staff(actor), "may_not_sign_for_person")


@guard
def nothing_required_missing(facts: Facts, actor: Actor, given: Given) -> Answer:
    missing = completeness.required_not_given(facts)
    return [Refusal("required_missing", {"item": r.item, "person_id": r.person_id}) for r in missing]


@guard
def lead_signed(facts: Facts, actor: Actor, given: Given) -> Answer:
    lead = facts.lead
    ours = [r for r in facts.requirements if r.kind == "signature" and lead and r.person_id == lead.id]
    return _unless(ours and all(r.status in completeness.FINE for r in ours), "not_signed")


@guard
def office_known(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(facts.office_id is not None, "no_office")


@guard
def change_confirmed(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(given.get("confirmed"), "not_confirmed")


@guard
def withdrawal_confirmed(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(given.get("confirmed"), "not_confirmed")


# --- people -------------------------------------------------------------------------------------------------------


@guard
def people_max(facts: Facts, actor: Actor, given: Given) -> Answer:
    limit = next((x for x in facts.role_limits if x.role == given.get("role")), None)
    if limit is None:
        return Refusal("role_unknown")
    here = sum(1 for p in facts.people if p.role == limit.role and not p.left)
    return _unless(limit.most is None or here < limit.most, "too_many_people", role=limit.role, most=limit.most)


@guard
def not_lead(facts: Facts, actor: Actor, given: Given) -> Answer:
    person = _person(facts, given)
    return _unless(person is not None and person.role != LEAD, "lead_cannot_leave")


@guard
def person_pending(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(_person(facts, given) in completeness.pending_persons(facts), "person_not_pending")


@guard
def person_pending_if_named(facts: Facts, actor: Actor, given: Given) -> Answer:
    """The file's own papers belong to nobody; a person's only matter while she is pending."""
    requirement = _requirement(facts, given)
    person_id = given.get("person_id") if requirement is None else requirement.person_id
    return _unless(person_id in Seen(facts).pending_ids, "person_not_pending")


@guard
def person_active(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(_person(facts, given) in completeness.active_persons(facts), "person_not_active")


@guard
def person_deferred(facts: Facts, actor: Actor, given: Given) -> Answer:
    person = _person(facts, given)
    return _unless(person in completeness.pending_persons(facts) and person.deferred, "person_not_deferred")


@guard
def person_may_follow(facts: Facts, actor: Actor, given: Given) -> Answer:
    person = _person(facts, given)
    return _unless(person is not None and person.may_follow, "person_may_not_follow")


@guard
def someone_else_active(facts: Facts, actor: Actor, given: Given) -> Answer:
    others = [p for p in completeness.active_persons(facts) if p.id != given.get("person_id")]
    return _unless(others, "nobody_else_active")


# --- answering ----------------------------------------------------------------------------------------------------


@guard
def something_answered(facts: Facts, actor: Actor, given: Given) -> Answer:
    asked = any(i.status == "asked" and i.answer_kind for i in facts.items)
    return _unless(asked or any(r.gathered for r in facts.requirements), "nothing_answered")


@guard
def something_answered_or_nothing_owed(facts: Facts, actor: Actor, given: Given) -> Answer:
    """A file that lapsed because no time was booked owes nothing; asking for an answer would close it for ever."""
    lapsed = [p for p in facts.people if p.outcome == "lapsed" and not p.left]
    theirs = completeness.requirements_of(facts, lapsed)
    owes = any(r.blocking and r.status in completeness.OWED for r in theirs)
    if not facts.submitted or not owes or given.get("answered"):
        return None
    return something_answered(facts, actor, given)


@guard
def buffered_promises_allowed(facts: Facts, actor: Actor, given: Given) -> Answer:
    promised = [i.requirement_id for i in facts.items if i.status == "asked" and i.answer_kind == "promise"]
    found = [_promise_refused(r, actor) for r in facts.requirements if r.id in promised]
    return [refusal for refusal in found if refusal]


def _promise_refused(requirement: RequirementFact, actor: Actor) -> Refusal | None:
    if not requirement.may_follow:
        return Refusal("may_not_follow", {"item": requirement.item})
    again = requirement.promises > 0 and not _is_staff(actor)
    return Refusal("promised_before", {"item": requirement.item}) if again else None


@guard
def within_revival(facts: Facts, actor: Actor, given: Given) -> Answer:
    until = facts.revival_until_on
    return _unless(until is not None and facts.today_on <= until, "revival_over")


@guard
def requirement_unanswered(facts: Facts, actor: Actor, given: Given) -> Answer:
    """Staff may also turn "I cannot get this" into a promise."""
    requirement = _requirement(facts, given)
    if requirement is None or requirement.person_id not in Seen(facts).pending_ids:
        return Refusal("no_such_requirement")
    may_change_mind = _is_staff(actor) or facts.state == State.DRAFT
    may_answer = completeness.OWED | ({"cannot_get"} if may_change_mind else set())
    return _unless(requirement.status in may_answer, "requirement_locked", status=requirement.status)


@guard
def requirement_is_document(facts: Facts, actor: Actor, given: Given) -> Answer:
    requirement = _requirement(facts, given)
    return _unless(requirement is not None and requirement.kind == "document", "not_a_document")


@guard
def may_follow_meeting(facts: Facts, actor: Actor, given: Given) -> Answer:
    requirement = _requirement(facts, given)
    return _unless(requirement is not None and requirement.may_follow, "may_not_follow")


@guard
def not_promised_before_or_staff(facts: Facts, actor: Actor, given: Given) -> Answer:
    requirement = _requirement(facts, given)
    return _unless(_is_staff(actor) or (requirement is not None and requirement.promises == 0), "promised_before")


@guard
def consultation_open(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(facts.consultation_open, "no_consultation")


@guard
def later_than_before(facts: Facts, actor: Actor, given: Given) -> Answer:
    wanted, now = given.get("due_on"), facts.reply_due_on
    return _unless(wanted is not None and (now is None or wanted > now), "not_later")


@guard
def more_time_once_or_staff(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(_is_staff(actor) or not facts.more_time_used, "more_time_used")


# --- appointments -------------------------------------------------------------------------------------------------


@guard
def live_appointment(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(facts.appointment is not None, "no_appointment")


@guard
def no_live_appointment(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(facts.appointment is None, "has_appointment")


@guard
def no_live_unfrozen_appointment(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(facts.appointment is None or facts.appointment.frozen, "has_appointment")


@workflow_guard
def moves_left_or_staff(facts: Facts, actor: Actor, given: Given, flow: Workflow) -> Answer:
    """A time that became too short must be moved, however often it was moved before."""
    live = facts.appointment
    left = live is None or live.too_short or live.moves < flow.moves
    return _unless(_is_staff(actor) or left, "no_moves_left")


@guard
def start_passed(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(_is("start_passed", facts), "not_begun")


@guard
def start_ahead(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(not _is("start_passed", facts), "begun")


@guard
def start_ahead_or_staff(facts: Facts, actor: Actor, given: Given) -> Answer:
    return None if _is_staff(actor) else start_ahead(facts, actor, given)


@guard
def frozen(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(_is("frozen", facts), "not_frozen")


@guard
def not_frozen(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(not _is("frozen", facts), "frozen")


@guard
def no_show_today(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(facts.no_show_on == facts.today_on, "no_no_show_today")


@guard
def seats_left(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(given.get("seats_left", 0) > 0, "no_seats_left")


# --- back office --------------------------------------------------------------------------------------------------


@guard
def compare_and_set_holder(facts: Facts, actor: Actor, given: Given) -> Answer:
    seen = "seen_holder_id" in given and given["seen_holder_id"] == facts.holder_id
    return _unless(seen, "holder_changed", holder_id=facts.holder_id)


@guard
def not_own_file(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(actor.id not in facts.own_file_of, "own_file")


@guard
def verdict_fits_status(facts: Facts, actor: Actor, given: Given) -> Answer:
    """A paper nobody can get cannot be accepted, but may be asked for in another way: that is a refusal with a cure."""
    requirement, verdict = _requirement(facts, given), given.get("verdict")
    if requirement is None:
        return Refusal("no_such_requirement")
    if verdict not in ("accepted", "refused"):
        return Refusal("verdict_unknown")
    fits = requirement.kind == "document" and requirement.status in JUDGEABLE
    return _unless(fits or (requirement.status == "cannot_get" and verdict == "refused"),
                   "nothing_to_judge", status=requirement.status)  # fmt: skip


@guard
def saw_this_version(facts: Facts, actor: Actor, given: Given) -> Answer:
    requirement = _requirement(facts, given)
    same = requirement is not None and "seen_hash" in given and given["seen_hash"] == requirement.document_hash
    return _unless(same, "document_changed")


@guard
def saw_this_verdict(facts: Facts, actor: Actor, given: Given) -> Answer:
    requirement = _requirement(facts, given)
    same = requirement is not None and "seen_verdict_id" in given and given["seen_verdict_id"] == requirement.verdict_id
    return _unless(same, "verdict_changed")


@guard
def coded_reason_if_refused(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(given.get("verdict") != "refused" or given.get("reason_codes"), "no_reason")


@guard
def legal_reason_given(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(given.get("reason_codes"), "no_reason")


@guard
def reason_given(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(str(given.get("reason") or "").strip(), "no_reason")


@guard
def requirement_waivable(facts: Facts, actor: Actor, given: Given) -> Answer:
    requirement = _requirement(facts, given)
    if requirement is None or requirement.person_id not in Seen(facts).pending_ids:
        return Refusal("no_such_requirement")
    return _unless(requirement.kind == "document" and requirement.status in WAIVABLE, "not_waivable",
                   status=requirement.status)  # fmt: skip


@guard
def has_unsent_items(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _has_items("unsent", facts, given)


@guard
def has_asked_items(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _has_items("asked", facts, given)


def _has_items(status: str, facts: Facts, given: Given) -> Refusal | None:
    """Without item_ids all of them are meant; a named item that is not there was changed by somebody else."""
    there = {i.id for i in facts.items if i.status == status}
    named = set(given.get("item_ids") or there)
    return _unless(there and named <= there, f"no_{status}_items")


@guard
def no_proposal_about_person(facts: Facts, actor: Actor, given: Given) -> Answer:
    proposed = any(d.status == "proposed" and d.person_id == given.get("person_id") for d in facts.decisions)
    return _unless(not proposed, "decision_proposed")


@guard
def saw_this_proposal(facts: Facts, actor: Actor, given: Given) -> Answer:
    seen = any(d.id == given.get("decision_id") and d.status == "proposed" for d in facts.decisions)
    return _unless(seen, "proposal_changed")


@guard
def second_person_differs(facts: Facts, actor: Actor, given: Given) -> Answer:
    proposal = next((d for d in facts.decisions if d.id == given.get("decision_id")), None)
    return _unless(proposal is not None and actor.id not in (None, proposal.proposed_by), "same_person")


@guard
def two_other_ways_tried(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(len(set(given.get("ways") or ())) >= WAYS_TRIED, "too_few_ways_tried")


@guard
def identity_seen(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(given.get("identity_seen"), "identity_not_seen")


# --- desk ---------------------------------------------------------------------------------------------------------


@guard
def visit_open(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(facts.visit_open, "no_visit")


@guard
def no_visit_open(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(not facts.visit_open, "has_arrived")


@guard
def other_visit_open(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(given.get("other_visit_open"), "no_visit")


@guard
def not_arrived(facts: Facts, actor: Actor, given: Given) -> Answer:
    return no_visit_open(facts, actor, given)


@guard
def meeting_open(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(facts.meeting is not None, "no_meeting")


@guard
def no_meeting_open(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(facts.meeting is None, "in_meeting")


@guard
def no_meeting_open_or_staff(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(facts.meeting is None or _is_staff(actor), "in_meeting")


@guard
def meeting_not_yet_overdue(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(not _is("meeting_overdue", facts), "already_known")


@guard
def outcome_known(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(given.get("outcome") in OUTCOMES, "outcome_unknown")


@guard
def every_active_person_has_outcome(facts: Facts, actor: Actor, given: Given) -> Answer:
    if facts.meeting is None:
        return Refusal("no_meeting")
    without = [p for p in completeness.active_persons(facts) if facts.meeting.outcome_of(p.id) is None]
    return [Refusal("no_outcome_yet", {"person_id": p.id}) for p in without]


# --- the clock ----------------------------------------------------------------------------------------------------


@guard
def good_until_passed(facts: Facts, actor: Actor, given: Given) -> Answer:
    requirement = _requirement(facts, given)
    accepted = requirement is not None and requirement.status == "accepted"
    until = requirement.good_until_on if accepted else None
    return _unless(until is not None and until < facts.today_on, "still_good")


@workflow_guard
def deadline_really_passed(facts: Facts, actor: Actor, given: Given, flow: Workflow) -> Answer:
    """Paused, stopped or moved since the worker looked, or no longer what the file waits for: then it did not pass."""
    wanted = (given.get("deadline"), given.get("subject_id", 0))
    passed = any((d.kind, d.subject_id) == wanted and d.passed and not d.paused for d in facts.deadlines)
    runs = any((w.kind, w.subject_id) == wanted and not w.paused for w in settle(facts, flow).deadlines)
    return _unless(passed and runs, "deadline_not_passed")


def _clock_is_up(kind: str, facts: Facts) -> bool:
    return any(d.kind == kind and d.passed and not d.paused for d in facts.deadlines)


@guard
def frozen_time_is_up(facts: Facts, actor: Actor, given: Given) -> Answer:
    """Moved to another day since the worker looked, the time is not given back early."""
    return _unless(_clock_is_up("frozen_appointment", facts), "deadline_not_passed")


@guard
def meeting_time_is_up(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(_clock_is_up("meeting_left_open", facts), "deadline_not_passed")


@guard
def visit_time_is_up_if_clock(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(actor.kind != "clock" or _clock_is_up("visit_left_open", facts), "deadline_not_passed")


@workflow_guard
def only_applicant_has_ball(facts: Facts, actor: Actor, given: Given, flow: Workflow) -> Answer:
    return _unless(_nothing_with_office(facts, flow), "office_has_ball")


@workflow_guard
def only_applicant_has_ball_or_start_passed(facts: Facts, actor: Actor, given: Given, flow: Workflow) -> Answer:
    """Before the start the time is hers while the office is slow; afterwards there is nothing left to keep."""
    return None if _is("start_passed", facts) else only_applicant_has_ball(facts, actor, given, flow)


@guard
def reachable(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(not facts.unreachable, "unreachable")


@guard
def unreachable(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(facts.unreachable, "reachable")


@guard
def no_unread_message(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(not facts.unread_message, "unread_message")


@guard
def no_hold(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(not facts.hold, "no_hold")


@guard
def no_appeal_open(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(not facts.appeal_open, "appeal_open")


@guard
def no_decision_proposed(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(not _is("decision_proposed", facts), "no_decision_proposed")


@guard
def erase_on_reached(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(facts.erase_on is not None and facts.erase_on <= facts.today_on, "not_yet_erasable")


@guard
def nothing_queued_for_file(facts: Facts, actor: Actor, given: Given) -> Answer:
    return _unless(not facts.message_queued, "message_queued")
