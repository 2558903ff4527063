"""The meeting gate and the number gate. Pure; every reason is returned at once, none means yes.

A meeting may begin with an incomplete file; it cannot end in a number. The booking gate, which knows about times
and seats, lies in appointments/gate.py and borrows `about_file`.
"""

# ruff: noqa: ARG001 - all have one signature, so that the engine can ask any of them
from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from applications import completeness
from applications.facts import Actor, Facts, Given, PersonFact, Refusal, RequirementFact, State
from applications.predicates import PREDICATES, Seen

Reason = Callable[[Facts, Actor, Given], list[Refusal]]
Gate = Reason

IDENTITY_MODES = frozenset({"office"})  # where an original and a face can be seen


def _refused_if(holds: bool, code: str, **values: object) -> list[Refusal]:
    return [Refusal(code, values)] if holds else []


# --- about the file ---------------------------------------------------------------------------------------------


def state_open(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    return _refused_if(facts.state != State.OPEN, "state_open", state=str(facts.state))


def no_meeting_open(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    return _refused_if(facts.meeting is not None, "no_meeting_open")


def no_hold(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    return _refused_if(facts.hold, "no_hold")


def no_blocking_partner(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    return _refused_if(PREDICATES["blocking_partner"](Seen(facts)), "no_blocking_partner")


def no_suspected_duplicate(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    return _refused_if(facts.suspected_duplicate, "no_suspected_duplicate")


def no_decision_proposed(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    return _refused_if(PREDICATES["decision_proposed"](Seen(facts)), "no_decision_proposed")


def all_required_signatures(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    theirs = completeness.requirements_of(facts, completeness.active_persons(facts))
    open_ones = [r for r in theirs if r.kind == "signature" and r.blocking and r.status not in completeness.FINE]
    return [Refusal("all_required_signatures", {"person_id": r.person_id}) for r in open_ones]


def incomplete_on(facts: Facts, people: tuple[PersonFact, ...], day: date, code: str) -> list[Refusal]:
    """One reason per paper that is not good on that day, so that she hears all of them."""
    ids = {None, *(p.id for p in people)}
    found = [Refusal(code, {"why": "to_decide", "person_id": p}) for p in facts.to_decide if p in ids]
    found += _refused_if(not people, code, why="nobody_active")
    if facts.not_before_on is not None and day < facts.not_before_on:
        found.append(Refusal(code, {"why": "too_early", "from_on": facts.not_before_on}))
    for requirement in completeness.requirements_of(facts, people):
        why = why_not_good(requirement, day)
        if why:
            found.append(Refusal(code, {"why": why, "item": requirement.item, "person_id": requirement.person_id}))
    return found


def why_not_good(requirement: RequirementFact, day: date) -> str | None:
    """None while it is good enough for a meeting on that day; else its status, or which end of its time is missed."""
    if not requirement.blocking:
        return None
    if requirement.status != "accepted":
        return None if requirement.status in completeness.FINE else requirement.status
    if requirement.good_from_on and day < requirement.good_from_on:
        return "not_good_yet"
    return "ran_out" if requirement.good_until_on and day > requirement.good_until_on else None


# --- meeting ----------------------------------------------------------------------------------------------------


def officer_may_see_file(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    away = facts.office_id is not None and actor.offices and facts.office_id not in actor.offices
    return _refused_if(bool(away) or actor.id in facts.own_file_of, "officer_may_see_file")


def someone_active(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    return _refused_if(not completeness.active_persons(facts), "someone_active")


# --- number -----------------------------------------------------------------------------------------------------


def person_of(facts: Facts, given: Given) -> PersonFact | None:
    """The person a number is for: named, or the one the proposal is about."""
    if given.get("person_id") is not None:
        return facts.person(given["person_id"])
    proposal = next((d for d in facts.decisions if d.id == given.get("decision_id")), None)
    return facts.person(proposal.person_id) if proposal else None


def person_complete_today(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    person = person_of(facts, given)
    people = (person,) if person else ()
    return incomplete_on(facts, people, facts.today_on, "person_complete_today")


def _theirs(facts: Facts, given: Given) -> tuple[RequirementFact, ...]:
    person = person_of(facts, given)
    return completeness.requirements_of(facts, (person,)) if person else ()


def promised_seen(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    owed = [r for r in _theirs(facts, given) if r.status == "promised" and not r.seen_at_desk]
    return [Refusal("promised_seen", {"item": r.item, "person_id": r.person_id}) for r in owed]


def confirm_ticks_for_mode(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    """Identity, originals, what she brings and who comes along: seen in a mode in which it can be seen.

    Whom the checklist does not ask to the meeting, nobody can look at: then her papers are all there is to see.
    """
    person = person_of(facts, given)
    known = person is not None and (person.identity_confirmed or person.may_stay_home)
    found = _refused_if(not known, "confirm_ticks_for_mode", why="identity")
    for r in _theirs(facts, given):
        shown = r.original_at_meeting or r.attends or r.sent_as == "bring"
        demanded = shown and not r.optional and r.status not in ("not_needed", "waived")
        if demanded and not r.seen_at_desk:
            found.append(Refusal("confirm_ticks_for_mode", {"why": "original", "item": r.item}))
    return found


def no_open_question_about_person(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    return _refused_if(facts.question_open, "no_open_question_about_person")


# --- gates --------------------------------------------------------------------------------------------------------

MEETING: Mapping[str, Reason] = {
    "state_open": state_open,
    "no_meeting_open": no_meeting_open,
    "officer_may_see_file": officer_may_see_file,
    "someone_active": someone_active,
}
NUMBER: Mapping[str, Reason] = {
    "person_complete_today": person_complete_today,
    "promised_seen": promised_seen,
    "confirm_ticks_for_mode": confirm_ticks_for_mode,
    "no_blocking_partner": no_blocking_partner,
    "no_hold": no_hold,
    "no_suspected_duplicate": no_suspected_duplicate,
    "no_open_question_about_person": no_open_question_about_person,
}


def all_of(reasons: Mapping[str, Reason], facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    return [refusal for reason in reasons.values() for refusal in reason(facts, actor, given)]


def meeting(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    return all_of(MEETING, facts, actor, given)


def number(facts: Facts, actor: Actor, given: Given) -> list[Refusal]:
    """given: person_id or decision_id. Judged for today at the file's office."""
    return all_of(NUMBER, facts, actor, given)


GATES: Mapping[str, Gate] = {"meeting": meeting, "number": number}
