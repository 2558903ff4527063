"""The four worklists and the search."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import abort, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import StringField
from wtforms.validators import Length

import clock
from actions.effects.answers import folded_words
from applications import worklists
from applications.worklists import NEWEST_FIRST, QUEUES, Wanted, read_cursor
from extensions import db, services
from sealing import SealBroken
from web.caseworker import filters, places_visited, words
from web.caseworker.blueprint import FILE_ROLES, bp
from web.caseworker.list_rows import rows_shown
from web.caseworker.places_visited import FILTERS
from web.forms import BaseForm, notice
from web.guards import staff

SEARCH = "office_search"
_REFERENCE = re.compile(r"[2-9A-HJ-NP-TW-Z]{9}")
_STAGES = {
    "current": ("submitted", "in_review", "booked", "complete", "waiting_for_applicant"),
    "waiting_for_citizen": (), "ready_to_attend": ("complete", "booked", "in_meeting"),
    "completed": ("issued", "refused", "lapsed", "withdrawn"),
}


class SearchForm(BaseForm):
    q = StringField("", [Length(max=200)])


@bp.get("/")
@bp.get("/<any(current, waiting_for_citizen, ready_to_attend, completed):queue>")
@staff(*FILE_ROLES)
def worklist(queue: str = "current"):
    places_visited.remember(queue)
    now, wanted = clock.now(), _wanted(queue, request.args)
    session_ = db.session()
    listed = worklists.page(session_, g.places, wanted, now)
    counted, due = worklists.counts(session_, g.places), worklists.first_due(session_, g.places)
    names = worklists.place_names(session_, g.places)
    return render_template(
        "caseworker/worklist.html", queue=queue, title=words.of(words.QUEUES, queue),
        rows=rows_shown(listed.rows, now),
        tabs=[_tab(each, queue, counted, due, now) for each in QUEUES], groups=_groups(queue, names),
        filters=filters.given(FILTERS), newer=listed.newer and _here(queue, before=str(listed.newer)),
        is_done=queue in NEWEST_FIRST,
        older=listed.older and _here(queue, after=str(listed.older)), here=request.full_path.rstrip("?"), typed="",
    )


@bp.get("/next")
@staff(*FILE_ROLES)
def next_file():
    """From a file to the next one of the list she came from: the first that is due after it, else the first of all."""
    queue, given = places_visited.last_list()
    left, wanted = request.args.get("after", ""), _wanted(queue, given)
    after = worklists.cursor_of(db.session(), g.places, left)
    for start in dict.fromkeys((after, None)):
        listed = worklists.page(db.session(), g.places, replace(wanted, after=start), clock.now(), rows=2)
        other = next((row for row in listed.rows if row.reference != left), None)
        if other:
            return redirect(url_for("caseworker.file", reference=other.reference), 303)
    notice("info", _("There is no other file in this list."))
    return redirect(places_visited.list_href(), 303)


@bp.post("/search")
@staff(*FILE_ROLES)
def search():
    """By POST: neither a name nor what somebody mistyped for one may stand in an address or a log."""
    form = SearchForm()
    typed = (form.q.data or "") if form.was_sent() else ""
    letters = re.sub(r"[\s\-]", "", typed).upper()
    if _REFERENCE.fullmatch(letters):
        reference = worklists.by_reference(db.session(), g.places, "-".join(letters[i : i + 3] for i in (0, 3, 6)))
        if reference:
            return redirect(url_for("caseworker.file", reference=reference), 303)
    if not folded_words(typed):
        notice("look", _("Type a file reference or a part of a name."))
        return redirect(url_for("caseworker.worklist"), 303)
    session[SEARCH] = services().sealer.seal(typed[:200])
    return redirect(url_for("caseworker.found"), 303)


@bp.get("/found")
@staff(*FILE_ROLES)
def found():
    typed = _typed()
    rows = worklists.by_words(db.session(), g.places, sorted(folded_words(typed))[:6]) if typed else []
    now = clock.now()
    return render_template(
        "caseworker/found.html", rows=rows_shown(rows, now), typed=typed, here=url_for("caseworker.found"),
        is_full=len(rows) == worklists.FOUND_ROWS,
    )


def _typed() -> str:
    """What was looked for; sealed in the cookie, so that it stays unreadable there too."""
    try:
        return services().sealer.open(session[SEARCH]) if SEARCH in session else ""
    except SealBroken:
        return ""


# --- what is wanted -----------------------------------------------------------------------------------------------


def _wanted(queue: str, given: Mapping[str, str]) -> Wanted:
    holder = {"mine": g.staff.id, "nobody": 0}.get(given.get("holder", ""))
    todo, stage, age = given.get("todo"), given.get("stage"), given.get("age")
    if todo not in (None, *words.TODO) or stage not in (None, *words.STAGES) or age not in (None, *words.AGES):
        abort(404)
    return Wanted(
        queue, office_id=filters.number("office", given), municipality_id=filters.number("municipality", given),
        holder=holder, todo=todo, stage=stage, age=age, after=read_cursor(given.get("after")),
        before=read_cursor(given.get("before")),
    )


# --- as the page shows it -----------------------------------------------------------------------------------------


def _tab(each: str, queue: str, counted: dict[str, int], due: dict[str, datetime], now: datetime) -> dict[str, Any]:
    note = None
    if each in due:
        late = (now - due[each]).days
        note = ngettext("one day late", "%(num)d days late", late) if late > 0 else None
    return {"text": words.of(words.QUEUES, each), "href": url_for("caseworker.worklist", queue=each),
            "count": counted[each], "current": each == queue, "note": note}


def _here(queue: str, **more: str | None) -> str:
    return url_for("caseworker.worklist", queue=queue, **{**filters.given(FILTERS), **more})


def _groups(queue: str, names: list[worklists.PlaceName]) -> list[tuple[str, list[dict[str, Any]]]]:
    groups = [
        (_("Held by"), _chips("holder", [("mine", _("Mine")), ("nobody", _("Nobody"))])),
        *filters.place_chips(FILTERS, names),
        (_("Stage"), _chips("stage", [(s, words.of(words.STAGES, s)) for s in _STAGES[queue]])),
        (_("Waits for"), _chips("todo", [(c, words.of(words.TODO, c)) for c in words.TODO])
         if queue == "current" else []),
        (_("Promise"), _chips("age", [(age, words.of(words.AGES, age)) for age in words.AGES])
         if queue not in NEWEST_FIRST else []),
    ]
    return [group for group in groups if group[1]]


def _chips(name: str, choices: Any) -> list[dict[str, Any]]:
    return filters.chips(FILTERS, name, choices)
