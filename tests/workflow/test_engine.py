"""What may happen to a file, said once for every rule a reader would look for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from applications import workflow
from applications.facts import (
    CLOCK,
    Actor,
    AppointmentFact,
    DeadlineFact,
    DecisionFact,
    ItemFact,
    MeetingFact,
    PersonFact,
    SlotFact,
    State,
)
from applications.stage import holders, settle
from appointments import gate
from tests.workflow.model import (
    APPLICANT,
    BENT,
    CHILD,
    CHILD_PAPER,
    CLARA,
    CONTRACT,
    DORA,
    LATE,
    LEAD,
    NOW,
    PASSPORT,
    SOON,
    TODAY,
    YESTERDAY,
    complete,
    draft,
    sent,
)  # fmt: skip

ADMIN = Actor("staff", 8, frozenset({"admin"}))
SLOT = SlotFact(starts_at=NOW + timedelta(days=7), day_on=SOON, minutes=20)


def codes(refusals):
    return [refusal.code for refusal in refusals]


def may(facts, event, actor, **given):
    return codes(workflow.may(facts, event, actor, given, gates={"booking": gate.booking}))


def booked(facts, **changes):
    return replace(facts, appointment=AppointmentFact(id=5, day_on=SOON, starts_at=NOW + timedelta(days=7), **changes))


def in_meeting(facts, *outcomes):
    return replace(facts, meeting=MeetingFact(id=1, outcomes=outcomes))


def with_requirement(facts, number, **changes):
    changed = (replace(r, **changes) if r.id == number else r for r in facts.requirements)
    return replace(facts, requirements=tuple(changed))


# --- state and actor ------------------------------------------------------------------------------------------------


def test_a_file_starts_only_after_triage_and_only_where_there_is_none():
    assert may(None, "start_application", APPLICANT, triage_passed=True) == []
    assert may(None, "start_application", APPLICANT) == ["triage_not_passed"]
    assert may(draft(), "start_application", APPLICANT, triage_passed=True) == ["wrong_state"]


def test_an_event_from_another_state_is_refused_without_asking_the_guards():
    assert may(sent(), "submit", APPLICANT) == ["wrong_state"]


def test_nothing_happens_to_an_erased_file():
    assert may(replace(sent(), erased=True), "withdraw", APPLICANT, confirmed=True) == ["erased"]


def test_an_admin_sees_no_file_and_fires_nothing():
    assert may(sent(), "claim", ADMIN, seen_holder_id=None) == ["wrong_actor"]


def test_the_applicant_cannot_judge_and_hears_every_other_reason_too():
    found = may(sent(), "judge_document", APPLICANT, requirement_id=PASSPORT, verdict="refused")
    assert found == ["wrong_actor", "document_changed", "verdict_changed", "no_reason"]


def test_an_event_nobody_knows_is_a_fault_of_ours():
    with pytest.raises(KeyError):
        workflow.may(sent(), "jump", APPLICANT)


def test_a_gate_that_was_not_handed_in_is_a_fault_of_ours_and_no_open_door():
    with pytest.raises(KeyError):
        workflow.may(complete(), "book_appointment", APPLICANT, {"slot": SLOT})


# --- sending --------------------------------------------------------------------------------------------------------


def test_a_draft_is_sent_when_everything_required_is_there_promised_or_said_to_be_out_of_reach():
    ready = with_requirement(draft(), PASSPORT, gathered=True)
    ready = with_requirement(with_requirement(ready, CONTRACT, status="cannot_get"), 4, status="accepted")
    assert may(ready, "submit", APPLICANT) == []


def test_a_draft_that_is_not_ready_hears_everything_that_is_missing():
    refusals = workflow.may(replace(draft(), office_id=None), "submit", APPLICANT)
    assert codes(refusals) == ["required_missing", "required_missing", "not_signed", "no_office"]
    assert [r.values["item"] for r in refusals[:2]] == ["passport", "contract"]


def test_the_device_that_did_not_see_the_last_answers_cannot_save_over_them():
    held = replace(draft(), pen="phone")
    assert may(held, "save_answers", APPLICANT, pen="laptop") == ["somebody_else_writes"]
    assert may(held, "save_answers", APPLICANT, pen="phone") == []


def test_an_accepted_paper_is_locked():
    assert may(complete(), "attach_document", APPLICANT, requirement_id=PASSPORT) == ["requirement_locked"]


def test_a_second_promise_is_for_staff_only():
    asked = with_requirement(sent(), CONTRACT, status="missing", promises=1)
    assert may(asked, "promise_document", APPLICANT, requirement_id=CONTRACT) == ["promised_before"]
    assert may(asked, "promise_document", CLARA, requirement_id=CONTRACT) == []


# --- judging --------------------------------------------------------------------------------------------------------


def test_a_verdict_on_a_document_that_changed_meanwhile_is_refused():
    new = with_requirement(sent(), PASSPORT, document_hash="new", verdict_id=12)
    seen = {"requirement_id": PASSPORT, "verdict": "accepted"}
    assert may(new, "judge_document", CLARA, seen_hash="old", seen_verdict_id=11, **seen) == [
        "document_changed", "verdict_changed",
    ]  # fmt: skip
    assert may(new, "judge_document", CLARA, seen_hash="new", seen_verdict_id=12, **seen) == []


def test_nobody_judges_her_own_file():
    own = replace(sent(), own_file_of=frozenset({CLARA.id}))
    seen = {"requirement_id": PASSPORT, "seen_hash": None, "seen_verdict_id": None, "verdict": "accepted"}
    assert may(own, "judge_document", CLARA, **seen) == ["own_file"]


def test_a_refusal_is_confirmed_by_another_person():
    proposed = replace(sent(), decisions=(
        DecisionFact(id=3, person_id=LEAD, kind="refuse", status="proposed", proposed_by=CLARA.id),
    ))  # fmt: skip
    assert may(proposed, "confirm_decision", CLARA, decision_id=3) == ["same_person"]
    assert may(proposed, "confirm_decision", BENT, decision_id=3) == []
    assert may(proposed, "confirm_decision", BENT, decision_id=4) == ["proposal_changed", "same_person"]


def test_an_officer_who_judged_this_person_proposes_the_number_instead_of_giving_it():
    judged = replace(complete(), people=(PersonFact(id=LEAD, role="applicant", judged_by=frozenset({DORA.id})),))
    assert workflow.second_person_needed(judged, "issue", DORA, LEAD)
    assert not workflow.second_person_needed(judged, "issue", BENT, LEAD)
    assert workflow.second_person_needed(judged, "refuse", BENT, LEAD)


# --- booking --------------------------------------------------------------------------------------------------------


def test_the_booking_gate_opens_for_a_complete_file():
    assert may(complete(), "book_appointment", APPLICANT, slot=SLOT) == []


def test_the_booking_gate_says_every_reason_at_once():
    file = replace(with_requirement(sent(), 4, status="missing"), hold=True, minutes_needed=40)
    slot = replace(SLOT, starts_at=NOW, open=False, serves=False, seats_left=0, mode="video")
    found = set(codes(gate.booking(file, APPLICANT, {"slot": slot})))
    assert found == {
        "complete_on_slot_day", "all_required_signatures", "no_hold", "slot_open", "slot_in_future", "slot_long_enough",
        "office_serves_municipality", "mode_allowed", "seats_left",
    }  # fmt: skip


def test_a_passport_that_runs_out_before_the_slot_keeps_the_gate_shut():
    late = replace(SLOT, day_on=LATE)
    [refusal] = gate.booking(complete(), APPLICANT, {"slot": late})
    assert refusal.code == "complete_on_slot_day"
    assert (refusal.values["why"], refusal.values["item"]) == ("ran_out", "passport")


def test_a_deferred_childs_paper_does_not_keep_the_parents_from_booking():
    file = with_requirement(complete(), CHILD_PAPER, status="missing")
    assert may(file, "book_appointment", APPLICANT, slot=SLOT) == ["complete_on_slot_day"]
    later = replace(file, people=tuple(replace(p, deferred=p.id == CHILD) for p in file.people))
    assert may(later, "book_appointment", APPLICANT, slot=SLOT) == []


def test_a_time_that_began_is_neither_moved_nor_cancelled_by_the_applicant():
    begun = replace(complete(), appointment=replace(booked(complete()).appointment, starts_at=NOW, day_on=TODAY))
    assert may(begun, "move_appointment", APPLICANT, slot=SLOT) == ["begun"]
    assert may(begun, "cancel_appointment", APPLICANT) == ["begun"]
    assert may(begun, "cancel_appointment", CLARA) == []


# --- desk -----------------------------------------------------------------------------------------------------------


def test_a_meeting_may_begin_with_an_incomplete_file_and_not_end_in_a_number():
    incomplete = with_requirement(sent(), CONTRACT, status="promised")
    assert may(incomplete, "start_meeting", DORA) == []
    found = may(in_meeting(incomplete), "record_outcome", DORA, person_id=LEAD, outcome="issued")
    assert found == ["person_complete_today", "promised_seen", "confirm_ticks_for_mode"]


def test_a_meeting_ends_when_everybody_who_came_has_an_outcome():
    assert may(in_meeting(complete(), (LEAD, "not_come")), "end_meeting", DORA) == ["no_outcome_yet"]
    assert may(in_meeting(complete(), (LEAD, "not_come"), (CHILD, "not_come")), "end_meeting", DORA) == []


def test_who_stands_in_the_building_is_neither_cancelled_nor_missed():
    here = replace(booked(complete()), visit_open=True)
    assert may(here, "office_cancels", DORA) == ["has_arrived"]
    assert "has_arrived" in may(here, "mark_no_show", CLOCK)


# --- the clock ------------------------------------------------------------------------------------------------------


def waiting():
    file = with_requirement(sent(), PASSPORT, status="missing")
    file = with_requirement(with_requirement(file, CHILD_PAPER, status="accepted"), CONTRACT, status="accepted")
    return replace(
        file, first_reviewed=True, consultation_open=True,
        items=(ItemFact(id=1, requirement_id=PASSPORT, status="asked"),),
        deadlines=(DeadlineFact(kind="consultation_reply", passed=True),),
    )  # fmt: skip


def lapse(facts):
    return may(facts, "lapse", CLOCK, deadline="consultation_reply")


def test_a_file_lapses_when_she_alone_was_awaited_and_the_day_passed():
    assert lapse(waiting()) == []


@pytest.mark.parametrize(
    ("silence", "code"),
    [({"hold": True}, "no_hold"), ({"unreachable": True}, "unreachable"), ({"unread_message": True}, "unread_message"),
     ({"visit_open": True}, "has_arrived"), ({"suspected_duplicate": True}, "office_has_ball")],
)  # fmt: skip
def test_a_file_does_not_lapse_while_the_silence_may_be_ours(silence, code):
    assert code in lapse(replace(waiting(), **silence))


def test_an_answer_that_came_a_moment_before_keeps_the_file_open():
    answered = with_requirement(waiting(), PASSPORT, status="sent")
    assert set(lapse(answered)) == {"deadline_not_passed", "office_has_ball"}


def test_a_deadline_that_was_moved_meanwhile_did_not_pass():
    moved = replace(waiting(), deadlines=(DeadlineFact(kind="consultation_reply"),))
    assert lapse(moved) == ["deadline_not_passed"]


def test_a_paper_runs_out_only_after_its_last_day():
    ran_out = with_requirement(complete(), PASSPORT, good_until_on=YESTERDAY)
    assert may(ran_out, "document_ran_out", CLOCK, requirement_id=PASSPORT) == []
    today = with_requirement(complete(), PASSPORT, good_until_on=TODAY)
    assert may(today, "document_ran_out", CLOCK, requirement_id=PASSPORT) == ["still_good"]


def test_a_file_is_erased_on_its_day_unless_something_is_still_to_be_said():
    done = replace(draft(), state=State.WITHDRAWN, erase_on=TODAY)
    assert may(done, "erase", CLOCK) == []
    assert may(replace(done, message_queued=True, hold=True), "erase", CLOCK) == ["no_hold", "message_queued"]
    assert may(replace(done, erase_on=SOON), "erase", CLOCK) == ["not_yet_erasable"]


# --- settle ---------------------------------------------------------------------------------------------------------


def stage_of(facts):
    kept = settle(facts)
    return kept.stage, kept.ball, kept.queue


def test_a_sent_file_is_with_the_office():
    assert stage_of(sent()) == ("submitted", "office", "current")


def test_a_draft_is_hers_and_in_no_worklist():
    assert stage_of(draft()) == ("draft", "applicant", "none")


def test_a_complete_file_waits_to_be_booked_and_a_deadline_runs():
    kept = settle(complete())
    assert (kept.stage, kept.ball, kept.queue) == ("complete", "applicant", "ready_to_attend")
    assert "booking_reply" in {d.kind for d in kept.deadlines}
    assert kept.complete_until_on == SOON + timedelta(days=3)


def test_a_refused_paper_freezes_the_time_and_drafts_an_item():
    kept = settle(booked(with_requirement(complete(), PASSPORT, status="refused")))
    assert kept.freeze
    assert kept.draft_items == (PASSPORT,)
    assert (kept.stage, kept.office_todo, kept.queue) == ("in_review", ("unsent_items",), "current")
    assert "unsent_request" in kept.clocks


def test_a_frozen_time_thaws_when_the_file_is_complete_again_but_not_once_it_began():
    frozen = booked(complete(), frozen=True)
    assert settle(frozen).thaw
    begun = replace(frozen, appointment=replace(frozen.appointment, starts_at=NOW, day_on=TODAY))
    assert not settle(begun).thaw


def test_an_item_goes_when_its_paper_is_not_needed_any_more_and_with_the_last_the_consultation():
    kept = settle(with_requirement(waiting(), PASSPORT, status="not_needed"))
    assert (kept.withdraw_items, kept.close_consultation) == ((1,), True)


def test_a_deferred_person_is_recalled_when_nobody_else_is_left():
    people = (PersonFact(id=LEAD, role="applicant", outcome="issued"),
              PersonFact(id=CHILD, role="child", deferred=True))  # fmt: skip
    assert settle(replace(complete(), people=people)).recall == (CHILD,)
    assert settle(replace(in_meeting(complete()), people=people)).recall == ()


def test_a_number_given_to_anybody_makes_the_file_issued():
    people = (PersonFact(id=LEAD, role="applicant", outcome="issued"),
              PersonFact(id=CHILD, role="child", outcome="lapsed"))  # fmt: skip
    assert settle(replace(complete(), people=people)).state == State.ISSUED
    assert settle(replace(in_meeting(complete()), people=people)).state == State.OPEN


def test_with_every_paper_accepted_and_no_day_that_fits_the_office_must_look_again():
    kept = settle(replace(complete(), not_before_on=LATE))
    assert (kept.office_todo, kept.ball, kept.bookable) == (("no_day_fits",), "office", False)


def test_while_she_sits_at_the_desk_the_ball_is_the_offices_alone():
    facts = in_meeting(waiting())
    assert holders(settle(facts), facts) == {"office"}


def test_a_request_that_was_answered_in_part_is_with_both():
    facts = with_requirement(waiting(), CONTRACT, status="sent")
    kept = settle(facts)
    assert (kept.stage, holders(kept, facts)) == ("waiting_for_applicant", {"applicant", "office"})
    assert [d.paused for d in kept.deadlines if d.kind == "consultation_reply"] == [True]
