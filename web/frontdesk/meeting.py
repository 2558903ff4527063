"""The meeting's one form: ticks and outcomes are saved together, so that no tick is lost by pressing another button."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import g, redirect, request, url_for
from flask_babel import gettext as _

from actions.errors import NotAllowed
from actions.meetings.meeting import abandon_meeting, end_meeting, record_outcome, tick
from applications.facts import Refusal
from visits import numbers
from web.forms import notice, sent_key, tidy
from web.frontdesk import reading, saying
from web.frontdesk.blueprint import DESK_ROLES, bp
from web.frontdesk.brief import shown
from web.guards import staff_file
from web.ids import row_id
from web.words import words

NUMBER_MOST = 40
REASON_MOST = 200


@dataclass
class Typed:
    """What one person's part of the form said. checked: the number that we warned of before."""

    outcome: str = ""
    number: str = ""
    checked: str = ""
    confirms: list[str] = field(default_factory=list)
    identity: bool = False


@bp.post("/files/<reference>/meeting")
@staff_file(*DESK_ROLES)
def save(reference: str):
    read = reading.brief_here()
    if not read.in_meeting:
        return shown(refused=NotAllowed("tick", [Refusal("no_meeting")]))
    typed = {guest.id: _typed(guest.id) for guest in read.people}
    _tick(read, typed)
    faults = {guest.id: why for guest in read.people if (why := _record(read, guest, typed[guest.id]))}
    if not faults and request.form.get("do") == "end":
        return _end(reference, read, typed)
    if faults:
        return shown(typed=typed, faults=faults)
    notice("good", _("Saved."))
    return redirect(url_for("frontdesk.brief", reference=reference), 303)


@bp.post("/files/<reference>/abandon")
@staff_file(*DESK_ROLES)
def abandon(reference: str):
    """Broken off: the office stays in debt, so a reason is asked for."""
    reason = str(tidy(request.form.get("reason", "")))[:REASON_MOST]
    try:
        abandon_meeting(g.application_id, reason=reason, actor=g.actor, key=sent_key())
    except NotAllowed as refused:
        return shown(refused=refused)
    notice("info", _("The meeting is broken off. She was told that we shall write to her."))
    return redirect(url_for("frontdesk.brief", reference=reference), 303)


def _typed(person_id: int) -> Typed:
    form = request.form
    return Typed(
        outcome=form.get(f"outcome-{person_id}", ""),
        number=str(tidy(form.get(f"number-{person_id}", "")))[:NUMBER_MOST],
        checked=form.get(f"checked-{person_id}", ""),
        confirms=form.getlist(f"confirm-{person_id}"),
        identity=f"identity-{person_id}" in form,
    )


def _tick(read: reading.Brief, typed: dict[int, Typed]) -> None:
    """What was seen counts whatever becomes of the outcomes. Ticking twice is harmless, so it needs no key."""
    seen = {row_id(number) for number in request.form.getlist("seen")}
    for guest in read.people:
        if guest.here is None:
            continue
        said = typed[guest.id]
        ours = {None, guest.id}
        tick(g.application_id, person_id=guest.id, identity=said.identity,
             confirms=[code for code in said.confirms if code in read.confirms],
             requirement_ids=[p.id for p in read.papers if p.id in seen and p.person_id in ours], actor=g.actor)


def _record(read: reading.Brief, guest: reading.Guest, said: Typed) -> list[str]:
    """Why the outcome was not taken: words for staff; empty when it was, or when nothing new was said."""
    if guest.here is None or guest.settled or not said.outcome or said.outcome == guest.outcome:
        return []
    if said.outcome == "issued" and (doubts := _doubts(read, guest, said)):
        return doubts
    number = said.number if said.outcome == "issued" else None  # as it is written: that is how people compare it
    key = sent_key()
    try:
        record_outcome(g.application_id, guest.id, outcome=said.outcome, number=number, actor=g.actor,
                       key=f"{key}:{guest.id}:{said.outcome}" if key else None)
    except NotAllowed as refused:
        return reading.reasons(refused, read.item_name)
    return []


def _doubts(read: reading.Brief, guest: reading.Guest, said: Typed) -> list[str]:
    """Warnings about the number, once: the same number sent again is meant so."""
    if not said.number:
        return [words(Refusal("number_missing"), "staff")]
    plain = numbers.compact(said.number)
    if said.checked == plain:
        return []
    found = numbers.warnings(read.definition.number_check, said.number, reading.birth_on(guest))
    if not found:
        return []
    said.checked = plain
    return [str(saying.WARNINGS[code]) for code in found] + [
        _("Look at the paper again. If it is right all the same, save once more.")]


def _end(reference: str, read: reading.Brief, typed: dict[int, Typed]):
    try:
        end_meeting(g.application_id, actor=g.actor, key=sent_key())
    except NotAllowed as refused:
        return shown(typed=typed, faults={None: _who_is_left(read, refused)})
    notice("good", _("The meeting is over."))
    return redirect(url_for("frontdesk.brief", reference=reference), 303)


def _who_is_left(read: reading.Brief, refused: NotAllowed) -> list[str]:
    """Every reason; where it is about a person, with her name."""
    said = []
    for refusal in refused.refusals:
        guest = read.guest(refusal.values.get("person_id"))
        text = words(refusal, "staff", read.item_name)
        said.append(f"{guest.name}: {text}" if guest else text)
    return list(dict.fromkeys(said))
