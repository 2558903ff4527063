"""What surrounds the paper on a file's page: the strip, what to decide, flags, people, notes, history."""

from __future__ import annotations

from typing import Any

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from applications.completeness import OWED
from applications.file_page import Happened
from web.caseworker import words
from web.caseworker.reading import StaffRead
from web.caseworker.saying import moment, person_name, requirement_name, role_word, short_day, unknown_words

_STAGE_MARK = {
    "submitted": "doing", "in_review": "doing", "waiting_for_applicant": "waiting", "complete": "done",
    "booked": "later", "in_meeting": "doing", "issued": "done", "draft": "todo",
}


def strip_view(read: StaffRead) -> dict[str, Any]:
    file, definition = read.file, read.definition
    facts = [(_("File"), file.reference), (_("Municipality"), read.head.municipality or "–")]
    if file.act_by_at.year < 9999:
        facts.append((_("Due"), short_day(read.language, file.act_by_at)))
    if file.stage in words.BALLS:
        facts.append((_("With"), words.of(words.BALLS, file.stage)))
    live = read.dossier.live_appointment
    if live:
        facts.append((_("Meeting"), moment(read, live.starts_at)))
    if file.channel != "web":
        facts.append((_("Came"), words.of(words.CHANNELS, file.channel)))
    return {"title": person_name(definition, read.dossier.lead, read.language), "facts": facts,
            "state": _STAGE_MARK.get(file.stage, "closed"), "state_text": words.of(words.STAGES, file.stage),
            "holder_id": file.holder_id, "holder": read.head.holder}


def next_step(read: StaffRead) -> dict[str, str] | None:
    """The next best action: one link, or only words when nobody here has to do anything."""
    here = url_for("caseworker.file", reference=read.file.reference)
    if any(one.status == "proposed" for one in read.of("decision")):
        return {"text": _("Look at the proposed refusal"), "href": "#decisions"}
    waiting = [row for row in read.requirements if row.status in ("sent", "recheck", "cannot_get")]
    if waiting:
        text = _("Judge: %(paper)s", paper=requirement_name(read, waiting[0]))
        return {"text": text, "href": f"{here}?paper={waiting[0].id}#paper"}
    unsent = len(read.owed.with_status("unsent"))
    if unsent:
        text = ngettext("Ask for one thing", "Ask for %(num)d things", unsent)
        return {"text": text, "href": url_for("caseworker.ask", reference=read.file.reference)}
    if to_decide_view(read):
        decide = url_for("caseworker.decide", reference=read.file.reference)
        return {"text": _("Decide what is not known"), "href": decide}
    return None


def to_decide_view(read: StaffRead) -> list[dict[str, Any]]:
    """Unknowns of the rules. Those that only wait for a paper she owes are told, but are nobody's work here."""
    owed = {(row.terms or {}).get("document") for row in read.requirements if row.status in OWED}
    found = []
    for unknown in read.found.unknowns:
        waits = bool(unknown.why) and all("." in name and name.split(".")[0] in owed for name in unknown.why)
        if not waits:
            found.append({"text": unknown_words(read, unknown), "unknown": unknown})
    return found


def flag_lines(read: StaffRead) -> list[str]:
    """Open flags of the file, then what the checklist's rules say to caseworkers."""
    stored = [words.of(words.FLAGS, one.code) for one in read.of("flag")]
    return stored + [read.definition.say(f.said, read.language) for f in read.found.flags if "caseworker" in f.to]


def people_view(read: StaffRead) -> list[dict[str, Any]]:
    found = []
    for person in read.people.values():
        spec = read.definition.people.get(person.role)
        is_lead, pending = person.role == "applicant", person.outcome == "pending" and read.file.state == "open"
        applies = spec is None or spec.applies
        state = words.of(words.OUTCOMES, person.outcome) if person.outcome != "pending" else (
            _("comes another day") if person.deferred_at else "")
        found.append({
            "person": person, "name": person_name(read.definition, person, read.language), "state": state,
            "role": _("applicant") if is_lead else role_word(read.definition, person, read.language),
            "may_defer": pending and applies and not person.deferred_at and bool(spec and spec.may_follow)
            and len(read.people) > 1,
            "may_recall": pending and person.deferred_at is not None, "may_remove": pending and not is_lead,
            "may_refuse": pending and applies and not _proposed(read, person.id),
        })
    return found


def _proposed(read: StaffRead, person_id: int) -> bool:
    return any(one.subject_id == person_id and one.status == "proposed" for one in read.of("decision"))


def decisions_view(read: StaffRead) -> list[dict[str, Any]]:
    return [
        {"one": one, "who": person_name(read.definition, read.dossier.person(one.subject_id), read.language),
         "grounds": [words.of(words.GROUNDS, code) for code in one.reason_codes or ()], "when": moment(read, one.at),
         "status": {"proposed": _("proposed"), "confirmed": _("confirmed"), "returned": _("returned")}[one.status],
         "what": _("Refusal") if one.code == "refuse" else _("Number"),
         "is_mine": one.staff_id == g.staff.id}
        for one in reversed(read.of("decision"))
    ]


def notes_view(read: StaffRead) -> list[dict[str, str]]:
    return [{"text": one.body or "", "who": one.who or "", "when": moment(read, one.at)}
            for one in reversed(read.of("note"))]


def history_view(read: StaffRead) -> list[dict[str, str]]:
    """Newest first; a run of the same small steps by one actor is one line."""
    lines: list[dict[str, str]] = []
    for one in reversed(read.of("event")):
        text = words.of(words.EVENTS, one.code)
        who = who_did(one)
        if lines and (lines[-1]["text"], lines[-1]["who"]) == (text, who):
            continue
        lines.append({"when": moment(read, one.at), "on": one.at.isoformat(), "text": text, "who": who})
    return lines


def who_did(one: Happened) -> str:
    if one.who:
        return one.who
    kind = (one.actor or "").partition(":")[0]
    said = {"applicant": _("the applicant"), "helper": _("a helper"), "guardian": _("a guardian"),
            "system": _("another system"), "clock": _("by itself"), "staff": _("somebody of the staff")}
    return said.get(kind, kind)
