"""The lists behind the numbers of the overview."""

from __future__ import annotations

from typing import Any

from flask import abort, g, render_template, request

import clock
from applications import figures, worklists
from applications.worklists import Row
from checklists import library
from checklists.library import UnknownChecklist
from extensions import db
from web.caseworker import filters, spans, words
from web.caseworker.blueprint import bp
from web.caseworker.list_rows import rows_shown
from web.caseworker.overview import cause_words
from web.guards import staff

_OF_CAUSE = ("checklist", "origin", "item", "reason")
_FILTERS = ("office", "municipality", "since", "until", *_OF_CAUSE)


@bp.get("/happened/<any(sent, asked, complete, closed):kind>")
@staff("lead")
def happened(kind: str):
    names, places = _places()
    part = spans.from_address(names)
    rows = figures.files_that(db.session(), places, kind, part.span, before=filters.number("before"))
    return _page(words.of(words.HAPPENED, kind), part, rows, names)


@bp.get("/refused")
@staff("lead")
def refused_because():
    names, places = _places()
    part, cause = spans.from_address(names), tuple(request.args.get(name, "")[:130] for name in _OF_CAUSE)
    rows = figures.refused_files(db.session(), places, part.span, cause, before=filters.number("before"))
    return _page(_title(cause, part), part, rows, names)


def _places() -> tuple[list[worklists.PlaceName], Any]:
    names = worklists.place_names(db.session(), g.places)
    return names, worklists.narrowed(g.places, filters.number("office"), filters.number("municipality"))


def _title(cause: tuple[str, ...], part: spans.Part) -> str:
    checklist, origin, item, reason = cause
    try:
        version = library.newest(checklist, part.last).version
        return " · ".join(cause_words(checklist, version, origin, item, reason))
    except (KeyError, UnknownChecklist):
        abort(404)


def _page(title: str, part: spans.Part, rows: list[Row], names: list[worklists.PlaceName]):
    now, goes_on = clock.now(), len(rows) > figures.LIST_ROWS
    rows = rows[:figures.LIST_ROWS]
    return render_template(
        "caseworker/counted.html", title=title, when=part.text, rows=rows_shown(rows, now),
        groups=filters.place_chips(_FILTERS, names), here=request.full_path.rstrip("?"),
        older=filters.here(_FILTERS, before=rows[-1].id) if goes_on else None,
        newest=filters.here(_FILTERS) if filters.number("before") else None,
    )
