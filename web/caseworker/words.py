"""Words of the back office for what the workflow calls by codes."""

from __future__ import annotations

from flask_babel import gettext

from web.words_of_refusals import N_

QUEUES = {
    "current": N_("Current"), "waiting_for_citizen": N_("Waiting for citizen"),
    "ready_to_attend": N_("Ready to attend"), "completed": N_("Completed"),
}
AGES = {"over": N_("Over"), "soon": N_("Due within two days"), "on_time": N_("On time")}
HAPPENED = {
    "sent": N_("Files sent to us"), "asked": N_("Asked for something"), "complete": N_("Became complete"),
    "closed": N_("Completed"),
}
STAGES = {
    "draft": N_("being filled in"), "submitted": N_("new"), "in_review": N_("in review"),
    "waiting_for_applicant": N_("waiting for citizen"), "complete": N_("complete, may book"), "booked": N_("booked"),
    "in_meeting": N_("in the meeting"), "issued": N_("number given"), "refused": N_("refused"), "lapsed": N_("lapsed"),
    "withdrawn": N_("withdrawn"),
}
TODO = {
    "to_decide": N_("something to decide"), "sent": N_("papers to judge"), "recheck": N_("look again: answers changed"),
    "cannot_get": N_("cannot get a paper"), "unsent_items": N_("request not sent yet"),
    "no_day_fits": N_("no day fits all papers"), "unread_message": N_("unread message"),
    "partner_overdue": N_("partner is late"), "decision_proposed": N_("refusal to confirm"),
    "decision_returned": N_("refusal returned"), "unreachable": N_("mail does not arrive"),
    "suspected_duplicate": N_("maybe a second file"), "hold": N_("on hold"), "appeal_open": N_("appeal"),
    "question_carried": N_("question from the desk"), "meeting_overdue": N_("meeting never ended"),
}
BALLS = {
    "submitted": N_("us"), "in_review": N_("us"), "in_meeting": N_("us"),
    "waiting_for_applicant": N_("the applicant"), "complete": N_("the applicant"),
    "booked": N_("the applicant"), "draft": N_("the applicant"),
}
# status of a requirement -> (kind of mark, word)
STATES = {
    "missing": ("todo", N_("not sent")), "sent": ("doing", N_("to judge")), "recheck": ("doing", N_("look again")),
    "accepted": ("done", N_("accepted")), "refused": ("fault", N_("refused")), "waived": ("done", N_("waived")),
    "promised": ("later", N_("will be brought")), "cannot_get": ("you", N_("cannot get it")),
    "asked": ("waiting", N_("asked for")), "bring": ("later", N_("shown at the desk")),
}
OUTCOMES = {
    "issued": N_("has a number"), "refused": N_("refused"), "lapsed": N_("lapsed"), "withdrawn": N_("withdrawn"),
}
VERDICTS = {
    "accepted": N_("Accepted"), "refused": N_("Refused"), "waived": N_("Waived"), "promised": N_("Will be brought"),
    "ran_out": N_("Ran out"), "promise_broken": N_("Was not brought"),
    "recheck": N_("To be looked at again: answers changed"),
}
FLAGS = {
    "hold": N_("This file is on hold."), "legal_hold": N_("Legal hold."), "confidential": N_("Confidential."),
    "unreachable": N_("Mail does not reach the applicant."), "suspected_duplicate": N_("There may be a second file."),
    "appeal": N_("An appeal is open."), "erasure": N_("Erasure was asked for."),
}
CHANNELS = {"web": N_("web"), "desk": N_("at the desk"), "paper": N_("on paper"), "employer": N_("by employer")}
EVENTS = {
    "start_application": N_("File begun"), "save_answers": N_("Answers saved"),
    "attach_document": N_("A page was added"), "remove_document": N_("A page was removed"), "sign": N_("Signed"),
    "submit": N_("File sent"), "change_answers": N_("Answers changed"), "add_person": N_("A person was added"),
    "remove_person": N_("A person was removed"), "defer_person": N_("A person comes another day"),
    "recall_person": N_("A person comes along again"), "send_answers": N_("Answers sent to us"),
    "revive": N_("Taken up again"), "promise_document": N_("A paper will be brought"),
    "say_cannot_get": N_("A paper cannot be had"), "book_appointment": N_("Time booked"),
    "move_appointment": N_("Time moved"), "cancel_appointment": N_("Time cancelled"), "withdraw": N_("Withdrawn"),
    "claim": N_("Taken, handed over or let go"), "judge_document": N_("A paper was judged"),
    "waive": N_("A paper was waived"), "require_extra": N_("Something extra was required"),
    "ask_applicant": N_("The applicant was asked"), "withdraw_items": N_("A request was taken back"),
    "extend_reply": N_("More time was given"), "propose_refusal": N_("Refusal proposed"),
    "confirm_decision": N_("Decision confirmed"), "return_decision": N_("Decision returned"),
    "tried_to_reach": N_("Reached in other ways; a letter goes out"), "change_contact": N_("Contact changed"),
    "arrive": N_("Arrived at the office"), "link_visit": N_("Visit linked"), "start_meeting": N_("Meeting begun"),
    "record_outcome": N_("Outcome recorded"), "end_meeting": N_("Meeting ended"),
    "abandon_meeting": N_("Meeting broken off"), "leave": N_("Left the office"), "mark_no_show": N_("Did not come"),
    "undo_no_show": N_("Came after all"), "office_cancels": N_("The office cancelled the time"),
    "document_ran_out": N_("A paper ran out"), "release_frozen": N_("Time given back"), "lapse": N_("Lapsed"),
    "meeting_forgotten": N_("Meeting was never ended"), "note_unreachable": N_("Mail did not arrive"),
    "erase": N_("Erased"),
}
GROUNDS = {  # for refusing a number
    "no_lawful_stay": N_("No right to stay"), "stay_too_short": N_("The stay is too short"),
    "no_address": N_("No address in the municipality"), "identity_not_proved": N_("The identity is not proved"),
    "papers_missing": N_("Papers are missing and will not come"),
    "false_information": N_("False information or papers"),
    "other": N_("Another ground, told below"),
}


def of(table: dict[str, str], code: str | None) -> str:
    """The word for a code; a code without a word is shown as it is, so that nobody guesses."""
    return gettext(table[code]) if code in table else (code or "").replace("_", " ")


def state(code: str) -> tuple[str, str]:
    kind, word = STATES.get(code, ("info", code))
    return kind, gettext(word)


def todo_words(codes: str) -> list[str]:
    return [of(TODO, code) for code in codes.split()]
