"""Where the file is, in the manner of a parcel; and the way out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

import clock
import i18n
from actions.applications.revive import revive
from actions.applications.withdraw import withdraw
from actions.errors import NotAllowed
from consultations.models import ConsultationItem
from web.applicant import saying
from web.applicant.blueprint import bp
from web.applicant.rows import page_href, paper_href, sections
from web.file_read import FileRead, file_here
from web.forms import notice, sent_key
from web.guards import applicant
from web.words import all_words

NEVER = 9999  # The year in which finished files are due.
FINAL = ("issued", "refused", "lapsed", "withdrawn")
# How far along the way each stage is: sent, looked at, time chosen, met, number.
_REACHED = {
    "submitted": 1,
    "in_review": 1,
    "waiting_for_applicant": 1,
    "complete": 2,
    "booked": 3,
    "in_meeting": 3,
    "issued": 5,
}


@dataclass(frozen=True, slots=True)
class Ball:
    """Who must act, in the page's largest words. kind: of ball()."""

    kind: str
    say: str
    more: str | None = None
    href: str | None = None
    action: str | None = None
    due: str | None = None
    due_on: str | None = None


@dataclass(frozen=True)
class Ways:
    """What she can do with her file from here; the page shows a way where one is named."""

    may_revive: bool
    may_change: bool
    may_ask_why_not_book: bool


def ways_of(read: FileRead) -> Ways:
    is_open = read.file.state == "open"
    return Ways(
        may_revive=read.file.state == "lapsed",
        may_change=is_open,
        may_ask_why_not_book=is_open and read.file.stage not in ("complete", "booked"),
    )


def tracking_page(read: FileRead, faults: list[str] | None = None):
    return render_template(
        "applicant/tracking.html",
        read=read,
        ball=ball_of(read),
        ways=ways_of(read),
        steps=steps(read),
        sections=sections(read) if read.file.state == "open" else [],
        faults=faults or [],
        failed=bool(faults),
        pages=_answer_pages(read),
        missing=_missing_when_lapsed(read),
    )


def ball_of(read: FileRead) -> Ball:
    stage = read.file.stage
    if stage in FINAL:
        return _closed(stage)
    if stage == "waiting_for_applicant":
        return _asked(read)
    if stage == "complete":
        return Ball(
            "you",
            _("All is right. Choose a time for the meeting"),
            _("You come once, with your papers."),
            url_for("applicant.booking"),
            _("Choose a time"),
            *_due(read, "booking_reply"),
        )
    if stage == "booked":
        live = read.dossier.live_appointment
        when = i18n.moment_words(live.starts_at, live.zone, read.language)
        return Ball(
            "done", _("We meet on %(when)s", when=when), None, url_for("applicant.booking"), _("See the meeting")
        )
    if stage == "in_meeting":
        return Ball("us", _("You are with us now"))
    until = promised(read)
    say = _("We have your file until %(day)s", day=until) if until else _("We have your file")
    return Ball("us", say, _("You need not do anything now. We write to you when there is news."))


def _asked(read: FileRead) -> Ball:
    count = sum(1 for item in read.dossier.rows(ConsultationItem) if item.status == "asked")
    asked = read.dossier.consultation
    due = asked.due_on if asked else None
    if due:
        say = ngettext(
            "We need %(num)d thing before %(day)s", "We need %(num)d things before %(day)s", count, day=saying.day(due)
        )
    else:
        say = ngettext("We need %(num)d thing from you", "We need %(num)d things from you", count)
    return Ball("you", say, None, url_for("applicant.consultation"), _("See what we need"))


def _closed(stage: str) -> Ball:
    return {
        "issued": Ball("done", _("You have your number"), _("This file is finished.")),
        "refused": Ball(
            "closed", _("This file was closed without a number"), _("We wrote to you why, and what you can do.")
        ),
        "lapsed": Ball(
            "closed",
            _("This file rests: a day passed before we heard from you"),
            _("Nothing is lost. Send what is missing and we go on."),
        ),
        "withdrawn": Ball("closed", _("You ended this file")),
    }[stage]


def _due(read: FileRead, kind: str) -> tuple[str, str] | tuple[()]:
    due = read.due_on(kind)
    return (_("Before %(day)s", day=saying.day(due)), due.isoformat()) if due else ()


def promised(read: FileRead) -> str | None:
    """The day until which we promised to act."""
    at = read.file.act_by_at
    return i18n.day_words(clock.day_in(read.dossier.zone, at), read.language) if at.year < NEVER else None


# --- the line of steps --------------------------------------------------------------------------------------------


def steps(read: FileRead) -> list[dict[str, Any]]:
    """Sent, looked at, time chosen, met, number; the present one says what is happening."""
    titles = [
        _("You sent your file"),
        _("We look at your papers"),
        _("You choose a time"),
        _("You come to the office, once"),
        _("You get your number"),
    ]
    stage = read.file.stage
    reached = _REACHED.get(stage, 0)
    made = [{"title": title, "state": "done" if number < reached else "next"} for number, title in enumerate(titles)]
    if read.file.submitted_at:
        made[0].update(state="done", **_at(read, read.file.submitted_at))
    if stage in ("refused", "lapsed", "withdrawn"):
        return [*[step for step in made if step["state"] == "done"], {"title": _("Closed"), "state": "stopped"}]
    if reached < len(made):
        made[reached].update(_present(read, stage))
    return made


def _present(read: FileRead, stage: str) -> dict[str, Any]:
    if stage == "waiting_for_applicant":
        return {"state": "you", "text": _("We wait for your answer, then we go on.")}
    if stage == "complete":
        return {"state": "you"}
    if stage == "booked":
        live = read.dossier.live_appointment
        return {
            "state": "you",
            "when": i18n.moment_words(live.starts_at, live.zone, read.language),
            "on": live.starts_at.isoformat(),
        }
    until = promised(read)
    return {"state": "now", **({"when": _("until %(day)s", day=until)} if until else {})}


def _at(read: FileRead, at: datetime) -> dict[str, str]:
    return {"when": i18n.moment_words(at, read.dossier.zone, read.language), "on": at.isoformat()}


def _answer_pages(read: FileRead) -> list[dict[str, str]]:
    """Where answers can be changed after sending."""
    if read.file.state != "open":
        return []
    made = []
    for key in (None, *read.people):
        person = read.people.get(key) if key else None
        pages = {one.page for one in read.found.questions.get(key, ()) if one.asked_of == "applicant"}
        made += [
            {
                "text": saying.words_at(read.definition, f"pages.{page.id}.title", person),
                "href": page_href(page.id, key),
            }
            for page in read.definition.pages
            if page.id in pages
        ]
    return made


def _missing_when_lapsed(read: FileRead) -> list[dict[str, str]]:
    if read.file.state != "lapsed":
        return []
    rows = (row for row in read.requirements.values() if row.kind == "document" and not row.terms.get("optional"))
    return [
        {"text": saying.requirement_name(read, row), "href": paper_href(row), "ready": row.gathered}
        for row in rows
        if row.status in ("missing", "refused") and row.terms.get("sent_as") == "upload"
    ]


# --- ways out and back --------------------------------------------------------------------------------------------


@bp.route("/file/withdraw", methods=["GET", "POST"])
@applicant
def end():
    """End the file, or delete the draft. Asks first; nothing is ended by opening the page."""
    read = file_here()
    if read.file.state not in ("draft", "open"):
        return redirect(url_for("applicant.tasks"), 303)
    was_draft, confirmed = read.is_draft, request.form.get("confirmed") == "1"
    faults: list[str] = []
    if request.method == "POST":
        try:
            withdraw(g.application_id, confirmed=confirmed, actor=g.actor, key=sent_key() if confirmed else None)
            notice("good", _("Your draft is deleted.") if was_draft else _("Your file is ended."))
            return redirect(url_for("applicant.tasks"), 303)
        except NotAllowed as no:
            faults, read = all_words(no.refusals), file_here()
    return render_template(
        "applicant/withdraw.html", read=read, faults=faults, failed=bool(faults)
    ), 409 if faults else 200


@bp.post("/file/revive")
@applicant
def revived():
    try:
        revive(g.application_id, actor=g.actor, key=sent_key())
    except NotAllowed as no:
        return tracking_page(file_here(), all_words(no.refusals)), 409
    notice("good", _("We go on with your file."))
    return redirect(url_for("applicant.tasks"), 303)
