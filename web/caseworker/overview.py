"""The lead's overview: how much lies where and how old it is, what came and went, why papers are refused; and a way
from each number to the files it counts. Office, municipality and span stand in the address.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import g, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

import clock
from applications import figures, worklists
from applications.figures import Cause
from applications.worklists import NEWEST_FIRST, QUEUES, Ages
from checklists import library
from extensions import db
from web import language
from web.caseworker import filters, spans, words
from web.caseworker.blueprint import bp
from web.caseworker.saying import short_day
from web.guards import staff
from web.paper_words import CURE, SEEN, WHY

AGES = ("on_time", "soon", "over")
OPEN = tuple(queue for queue in QUEUES if queue not in NEWEST_FIRST)
PLACES = ("office", "municipality")
FILTERS = (*PLACES, "days")
CAUSES_SHOWN = 30


@bp.get("/overview")
@staff("lead")
def overview():
    now, session = clock.now(), db.session()
    names = worklists.place_names(session, g.places)
    places = worklists.narrowed(g.places, filters.number("office"), filters.number("municipality"))
    counted, due = worklists.counts(session, places), worklists.first_due(session, places)
    ages = worklists.ages(session, places, now)
    parts = spans.parts(now, names)
    came = figures.per_span(session, places, [part.span for part in parts])
    causes = figures.causes(session, places, spans.whole(parts))
    return render_template(
        "caseworker/overview.html", places=filters.place_chips(FILTERS, names),
        times=spans.chips(FILTERS),
        stats=[_stat(queue, kind, counted, due, ages, came)
               for queue, kind in zip(QUEUES, figures.KINDS, strict=True)],
        history=_history(parts, came), kinds=[words.of(words.HAPPENED, kind) for kind in figures.KINDS],
        by_queue=[_aged(words.of(words.QUEUES, queue), ages, queue) for queue in OPEN],
        by_office=_by_office(ages, names), causes=[_cause(one, parts) for one in causes[:CAUSES_SHOWN]],
        more_causes=len(causes) - CAUSES_SHOWN, most=causes[0].files if causes else 0,
        days=spans.days_wanted(), has_filters=bool(filters.given(PLACES)),
    )


def _stat(queue: str, kind: str, counted: dict[str, int], due: dict[str, datetime], ages: list[Ages],
          came: dict[str, list[int]]) -> dict[str, Any]:
    over = sum(one.over for one in ages if one.queue == queue)
    notes = [_("first due %(day)s", day=short_day(language.code(), due[queue]))] if queue in due else []
    total = sum(came[kind])
    said = _("%(what)s: %(number)d in %(days)d days", what=words.of(words.HAPPENED, kind), number=total,
             days=spans.days_wanted())
    return {
        "text": words.of(words.QUEUES, queue), "number": counted[queue], "href": _list(queue), "notes": notes,
        "over": over, "over_text": ngettext("one over the promise", "%(num)d over the promise", over),
        "over_href": _list(queue, age="over"), "line": came[kind], "said": said,
    }


def _list(queue: str, **more: Any) -> str:
    return url_for("caseworker.worklist", queue=queue, **{**filters.given(PLACES), **more})


def _aged(name: str, ages: list[Ages], queue: str, office_id: int | None = None) -> dict[str, Any]:
    """One bar: files on time, soon due and over, each with its list."""
    mine = [one for one in ages if one.queue == queue and office_id in (None, one.office_id)]
    more = {"office": office_id} if office_id else {}
    return {"text": name, "numbers": [int(sum(getattr(one, age) for one in mine)) for age in AGES],
            "hrefs": [_list(queue, age=age, **more) for age in AGES]}


def _by_office(ages: list[Ages], names: list[worklists.PlaceName]) -> list[dict[str, Any]]:
    """Only where there are several: with one office it would be the same picture twice."""
    offices = {one.office_id: one.office for one in names}
    if len(offices) < 2 or filters.number("office"):
        return []
    rows = [_aged(f"{office}: {words.of(words.QUEUES, queue)}", ages, queue, office_id)
            for office_id, office in offices.items() for queue in OPEN]
    return [row for row in rows if any(row["numbers"])]


def _history(parts: list[spans.Part], came: dict[str, list[int]]) -> list[dict[str, Any]]:
    """Newest first, as one reads it; the line above runs the other way."""
    return [{"text": part.text, "numbers": [
        {"number": came[kind][n], "href": url_for("caseworker.happened", kind=kind, **part.address,
                                                  **filters.given(PLACES))} for kind in figures.KINDS]}
            for n, part in reversed(list(enumerate(parts)))]


def _cause(one: Cause, parts: list[spans.Part]) -> dict[str, Any]:
    paper, reason = cause_words(one.checklist, one.version, one.origin, one.item, one.reason)
    href = url_for("caseworker.refused_because", checklist=one.checklist, origin=one.origin, reason=one.reason,
                   **({"item": one.item} if one.item else {}), **spans.address(spans.days_of(parts)),
                   **filters.given(PLACES))
    return {"paper": paper, "reason": reason, "number": one.files, "href": href}


def cause_words(checklist: str, version: str, origin: str, item: str, reason: str) -> tuple[str, str]:
    """The paper and what was wrong with it. A sentence that wants the values of one file gives way to the next."""
    lang, definition = language.code(), library.get(checklist, version)
    document, _slash, attachment = item.partition("/")
    name = _("Something extra") if origin == "staff" else definition.text(
        f"documents.{document.partition('.')[0]}.name", lang)
    if attachment and definition.has_text(f"attachments.{attachment}.name"):
        name = f"{definition.text(f'attachments.{attachment}.name', lang)}: {name}"
    paths = [path for path in (f"reasons.{reason}.{each}" for each in (SEEN, CURE, WHY)) if definition.has_text(path)]
    said = [words for words in (definition.text(path, lang) for path in paths) if "<" not in words]
    return name, said[0] if said else reason.replace("_", " ")


