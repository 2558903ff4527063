"""Find a file by its reference, by what its QR picture says, or by words of a name.

What was typed travels by POST only: a name in an address would stay in logs and histories.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from accounts.secrets import folded
from actions.effects.answers import folded_words
from applications import worklists
from extensions import db
from web.forms import tidy
from web.frontdesk import reading, saying
from web.frontdesk.blueprint import DESK_ROLES, bp
from web.guards import staff
from web.ids import row_id

LONGEST = 300
WORDS_MOST = 6
_REFERENCE = re.compile(r"[0-9A-Z]{9}")


@bp.post("/search")
@staff(*DESK_ROLES)
def search():
    """Straight to the file a reference names; else what the words of a name find."""
    typed = str(tidy(request.form.get("q", "")))[:LONGEST]
    visit = reading.visit_without_file(row_id(request.form.get("visit")))
    reference = next(filter(None, map(_known, candidates(typed))), None)
    if reference and visit is None:
        return redirect(url_for("frontdesk.brief", reference=reference), 303)
    found = [reference] if reference else []
    words = sorted(folded_words(typed))[:WORDS_MOST]
    rows = [] if reference or not words else worklists.by_words(db.session(), g.places, words)
    fault = None if typed else _("Type a reference or a name.")
    return render_template("frontdesk/found.html", typed=typed, rows=rows, references=found, visit=visit, fault=fault,
                           words=saying), 422 if fault else 200


def candidates(typed: str) -> list[str]:
    """References that the text may hold: typed by hand, or within the link of a QR picture."""
    pieces = _of_link(typed) if "://" in typed else [typed]
    signs = [folded(piece) for piece in pieces]
    return [f"{s[:3]}-{s[3:6]}-{s[6:]}" for s in signs if _REFERENCE.fullmatch(s)]


def _of_link(typed: str) -> list[str]:
    try:
        parts = urlsplit(typed)
    except ValueError:
        return []
    return [*parts.path.split("/"), *(value for values in parse_qs(parts.query).values() for value in values)]


def _known(reference: str) -> str | None:
    return worklists.by_reference(db.session(), g.places, reference)
