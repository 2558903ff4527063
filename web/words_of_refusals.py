"""The table of words.py: code -> what the applicant reads, and what staff read where that differs.

A code with a `why` in its values is looked up as "code.why" first. %(item)s is the paper's name.
Four causes look the same to the applicant on purpose (workflows.yaml: shown_reason_for): a hold must stay silent.
"""

from __future__ import annotations

from dataclasses import dataclass


def N_(text: str) -> str:  # noqa: N802 - the name translators' tools look for
    """Marks a text for the translators; it is translated when it is shown."""
    return text


@dataclass(frozen=True, slots=True)
class Said:
    applicant: str
    staff: str | None = None


_CHECKING = N_("The office is still checking something. You need do nothing; we will write to you.")
_STALE = N_("Somebody changed this in the meantime. Look at the newest state and decide again.")
_AGAIN = N_("The page was not up to date. Load it again.")
_GONE = N_("This is no longer asked for. Load the page again.")

_PAPERS = {
    "missing": Said(N_("Still missing: %(item)s.")),
    "sent": Said(N_("We are still looking at this: %(item)s."), N_("Not judged yet: %(item)s.")),
    "recheck": Said(N_("An answer changed, so we look at this again: %(item)s."), N_("To be judged again: %(item)s.")),
    "refused": Said(N_("We need a better one of this: %(item)s."), N_("Refused: %(item)s.")),
    "promised": Said(N_("You will bring this to the meeting: %(item)s.")),
    "cannot_get": Said(N_("You told us that you cannot get this: %(item)s. We are looking for another way."),
                       N_("She cannot get this, and nobody has decided yet: %(item)s.")),
    "not_good_yet": Said(N_("On that day this does not count yet: %(item)s. Choose a later day."),
                         N_("Not valid yet on that day: %(item)s.")),
    "ran_out": Said(N_("On that day this has run out: %(item)s. Choose an earlier day, or send a newer one."),
                    N_("Run out on that day: %(item)s.")),
    "too_early": Said(N_("The meeting can be on %(from_on)s at the earliest.")),
    "to_decide": Said(_CHECKING, N_("A question on this file must be decided first.")),
    "nobody_active": Said(N_("Nobody on this file needs a meeting now.")),
}


def _about_papers(code: str) -> dict[str, Said]:
    return {f"{code}.{why}": said for why, said in _PAPERS.items()}


_FILE = {
    "wrong_actor": Said(N_("Only the office can do this."), N_("Your role does not allow this.")),
    "not_for_this_role": Said(N_("Only the office can do this."), N_("Your role does not allow this.")),
    "wrong_state": Said(N_("The file is at another stage now, so this cannot be done any more.")),
    "state_open": Said(N_("This is possible only while your file is with us and not finished."),
                       N_("The file is not open.")),
    "erased": Said(N_("This file was erased.")),
    "triage_not_passed": Said(N_("Please answer the first questions again: they show that another way is right.")),
    "somebody_else_writes": Said(N_(
        "The file was changed on another device or in another tab. Load the page to see the newest answers; then go "
        "on here.")),
    "not_confirmed": Said(N_("Please confirm that you want this.")),
    "no_office": Said(N_("Tell us first where you will live, so that we know which office is yours."),
                      N_("No office is known for this file yet.")),
    "not_signed": Said(N_("The declaration is not signed yet.")),
    "all_required_signatures": Said(N_("A signature is still missing.")),
    "required_missing": Said(N_("Still missing: %(item)s.")),
    "answer_missing": Said(N_("A question is not answered yet.")),
    "fact_missing": Said(N_("Something about this paper is not filled in yet: %(item)s.")),
    "person_missing": Said(N_("A person who must be on this file is missing.")),
    "door_closed": Said(N_("Your answers show that another way is right for you. See the page that tells which.")),
    "too_early_to_send": Said(N_("It is too early. You can send your file from %(until)s.")),
    "unread_message": Said(N_("There is a message that we must read first."), N_("There is an unread message.")),
    "message_queued": Said(N_("A message to you is still on its way."), N_("A message is still queued for this file.")),
    "unreachable": Said(N_("Our mails do not reach you. Please call us or come to an office.")),
    "reachable": Said(N_("Our mails reach you again."), N_("The applicant can be reached.")),
    "appeal_open": Said(N_("Your appeal is not answered yet."), N_("An appeal is open.")),
    "own_file": Said(N_("Only the office can do this."),
                     N_("This is your own file or a relative's: a colleague must act.")),
    "revival_over": Said(N_("This file was closed too long ago. Please begin a new one.")),
    "not_yet_erasable": Said(N_("We must keep this file a while longer.")),
    "already_known": Said(_AGAIN),
    "deadline_not_passed": Said(_AGAIN, N_("The deadline has not passed.")),
    "office_has_ball": Said(_CHECKING, N_("The office has something to do on this file first.")),
    "still_good": Said(N_("This paper is still valid.")),
}
_PEOPLE = {
    "no_such_person": Said(N_("This person is not on the file any more. Load the page again.")),
    "role_unknown": Said(N_("Choose one of the listed kinds of person."), N_("Choose one of the listed roles.")),
    "too_many_people": Said(N_("There can be at most %(most)s of them on one file.")),
    "lead_cannot_leave": Said(N_("You cannot take yourself off the file. You can withdraw the file instead."),
                              N_("The applicant cannot leave the file; withdraw the file instead.")),
    "person_not_pending": Said(N_("For this person everything is decided already.")),
    "person_not_active": Said(N_("This person does not come to the next meeting.")),
    "person_not_deferred": Said(N_("This person comes to the next meeting already.")),
    "person_may_not_follow": Said(N_("This person must come to the same meeting as you."),
                                  N_("This person may not come another day.")),
    "nobody_else_active": Said(N_("Somebody must come to the meeting.")),
    "someone_active": Said(N_("Nobody on this file needs a meeting now.")),
    "may_not_sign_for_person": Said(N_("This person must sign for herself.")),
}
_PAPER = {
    "no_such_requirement": Said(_GONE),
    "requirement_locked": Said(N_("This is safe with us and closed. If it must change, write to us."),
                               N_("This cannot be changed at its present state.")),
    "already_sent": Said(N_("This was sent already. Send a better one when we ask, or write to us.")),
    "not_a_document": Said(N_("This is not a paper that could be sent.")),
    "may_not_follow": Said(N_("This must be here before the meeting; it cannot be brought: %(item)s."),
                           N_("May not be promised: %(item)s.")),
    "promised_before": Said(N_("You were to bring this before. Now we need it before the meeting: %(item)s."),
                            N_("Was promised before: %(item)s.")),
    "nothing_answered": Said(N_("There is no answer to send yet.")),
    "cannot_be_answered_so": Said(N_("This cannot be answered in that way.")),
    "no_consultation": Said(N_("Nothing is asked of you now."), N_("No consultation is open.")),
    "not_later": Said(N_("The new day must be later than the old one.")),
    "more_time_used": Said(N_("You had more time once already. Write to us if you need still more."),
                           N_("More time was given once already.")),
    "too_little_time": Said(N_("There must be more time to answer."),
                            N_("The deadline leaves too little time. Choose %(due_on)s or later.")),
}
_BACK_OFFICE = {
    "holder_changed": Said(_STALE, N_("A colleague took or left this file in the meantime. Load it again.")),
    "document_changed": Said(_STALE, N_("A newer document came in meanwhile. Look at it before you decide.")),
    "verdict_changed": Said(_STALE, N_("A colleague judged this in the meantime. Look at her verdict first.")),
    "proposal_changed": Said(_STALE, N_("This proposal was settled or changed in the meantime. Load the file again.")),
    "verdict_unknown": Said(N_("Choose one of the answers."), N_("Choose to accept or to refuse.")),
    "nothing_to_judge": Said(_AGAIN, N_("There is nothing to judge here now.")),
    "not_waivable": Said(_AGAIN, N_("This cannot be waived at its present state.")),
    "no_reason": Said(N_("Please give a reason.")),
    "reason_given": Said(N_("Please give a reason.")),
    "no_unsent_items": Said(_AGAIN, N_("There is nothing to ask: no unsent item. Load the file again.")),
    "no_asked_items": Said(_AGAIN, N_("These items are not open any more. Load the file again.")),
    "decision_proposed": Said(_CHECKING, N_("A decision about this person is proposed already.")),
    "no_decision_proposed": Said(_CHECKING, N_("A decision is proposed and must be settled first.")),
    "same_person": Said(N_("A second person must decide this.")),
    "too_few_ways_tried": Said(N_("Write down two other ways in which she was tried to be reached.")),
    "identity_not_seen": Said(N_("The contact can be changed only after we saw who you are. Come to an office."),
                              N_("Confirm that you saw who she is.")),
}
_APPOINTMENT = {
    "no_appointment": Said(N_("You have no booked time."), N_("There is no booked time.")),
    "has_appointment": Said(N_("You have a booked time already. Move it instead."),
                            N_("There is a booked time already.")),
    "no_moves_left": Said(N_("You moved the time as often as we can allow. Call us, and we find one together.")),
    "begun": Said(N_("The time has begun already.")),
    "not_begun": Said(N_("The time has not begun yet.")),
    "frozen": Said(N_("The time is kept for you, but something is missing first. See your file."),
                   N_("The booked time is frozen: the file is incomplete.")),
    "not_frozen": Said(_AGAIN, N_("The booked time is not frozen.")),
    "no_no_show_today": Said(_AGAIN, N_("Nobody was marked as not come today.")),
    "seats_left": Said(N_("Somebody took the last seat just now. Choose another time.")),
    "no_seats_left": Said(N_("Somebody took the last seat just now. Choose another time.")),
    "slot_open": Said(N_("The office is closed then. Choose another time.")),
    "slot_in_future": Said(N_("This time has begun already. Choose a later one.")),
    "slot_long_enough": Said(N_("This time is too short: your meeting needs %(minutes)s minutes."),
                             N_("Too short: the meeting needs %(minutes)s minutes.")),
    "office_serves_municipality": Said(N_("This office does not work for your municipality. Choose another office."),
                                       N_("This office does not work for the file's municipality.")),
    "mode_allowed": Said(N_("This kind of meeting is not possible for your file. Choose another one.")),
    "has_arrived": Said(N_("You are in the house already. Tell an officer."), N_("She has arrived already.")),
    "no_hold": Said(_CHECKING, N_("There is a hold on this file.")),
    "no_blocking_partner": Said(_CHECKING, N_("A question to a partner is open and blocks.")),
    "no_suspected_duplicate": Said(_CHECKING, N_("There may be a second file of the same person: the lead decides.")),
}
_DESK = {
    "no_meeting_open": Said(N_("Your meeting is under way. Tell the officer."), N_("A meeting is under way.")),
    "in_meeting": Said(N_("Your meeting is under way. Tell the officer."), N_("A meeting is under way.")),
    "officer_in_meeting": Said(N_("The officer is with somebody else."),
                               N_("You are in another meeting: end it first.")),
    "no_meeting": Said(N_("There is no meeting now."), N_("No meeting is open.")),
    "no_visit": Said(N_("Nobody of this file is in the house."), N_("Note first that she has arrived.")),
    "officer_may_see_file": Said(N_("Only the office can do this."), N_("You may not hold this meeting.")),
    "outcome_unknown": Said(N_("Choose one of the answers.")),
    "no_outcome_yet": Said(N_("Say for each person how it ended.")),
    "number_missing": Said(N_("Write down the number.")),
    "promised_seen": Said(N_("This must be shown first: %(item)s."), N_("Promised and not seen yet: %(item)s.")),
    "confirm_ticks_for_mode.identity": Said(N_("We must see who you are first."), N_("Confirm her identity first.")),
    "confirm_ticks_for_mode.original": Said(N_("We must see the original first: %(item)s."),
                                            N_("Original not seen yet: %(item)s.")),
    "no_open_question_about_person": Said(_CHECKING, N_("A question to the back office is still open.")),
}
_HOUSE = {
    "email_taken": Said(N_("There is an account with this e-mail already.")),
    "no_role": Said(N_("Give at least one role.")),
    "role_needs_office": Said(N_("Every role but admin belongs to an office: choose one.")),
    "last_admin": Said(N_("This is the last admin: add another one first.")),
    "municipality_unknown": Said(N_("Choose a municipality from the list.")),
    "municipality_twice": Said(N_("A municipality is listed twice from the same day.")),
    "until_before_from": Said(N_("The last day must not lie before the first one.")),
    "day_is_over": Said(N_("This day is over.")),
    "closes_before_it_opens": Said(N_("It must close after it opens.")),
    "counters_out_of_range": Said(N_("There can be between 1 and %(most)s counters.")),
    "spans_overlap": Said(N_("Two times of opening overlap on one day.")),
    "time_unknown": Said(N_("Write times like 09:00.")),
    "weekday_unknown": Said(N_("Choose a day of the week.")),
    "zone_unknown": Said(N_("There is no such time zone. Write it like Europe/Copenhagen.")),
    "holidays_unknown": Said(N_("We know no public holidays for this country and region.")),
    "modes_unknown": Said(N_("Choose at least one kind of meeting from the list.")),
    "not_editable": Said(N_("This cannot be changed here.")),
    "name_empty": Said(N_("Give a name.")),
    "address_empty": Said(N_("Give an address.")),
    "grid_minutes_out_of_range": Said(N_("The grid must be between %(least)s and %(most)s minutes.")),
    "opens_ahead_days_out_of_range": Said(N_("Times may be opened between %(least)s and %(most)s days ahead.")),
}

WORDS: dict[str, Said] = {
    **_FILE, **_PEOPLE, **_PAPER, **_BACK_OFFICE, **_APPOINTMENT, **_DESK, **_HOUSE,
    **_about_papers("complete_on_slot_day"), **_about_papers("person_complete_today"),
}
