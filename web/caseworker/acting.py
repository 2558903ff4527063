"""What an act answers when it was not done: who changed what meanwhile, and everything that was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

import logs
from actions.errors import NotAllowed
from applications import file_page
from extensions import db
from web import language
from web.caseworker import words
from web.caseworker.saying import short_day
from web.guards import own_path
from web.words import all_words

# These say: the page that was looked at is not how things are any more.
CHANGED = frozenset({
    "document_changed", "verdict_changed", "holder_changed", "proposal_changed", "no_unsent_items", "no_asked_items",
    "nothing_to_judge", "decision_proposed",
})


def is_changed(error: NotAllowed) -> bool:
    return not CHANGED.isdisjoint(error.codes)


def file_url(**more: Any) -> str:
    """The page of the file in this address."""
    return url_for("caseworker.file", reference=request.view_args["reference"], **more)


def back() -> str:
    """Where a button's form says it stood, else the file's page."""
    return own_path(request.form.get("next"), file_url())


def do(act: Callable[[], Any], then: str | None = None, *, typed: list[tuple[str, str]] | None = None) -> Response:
    """Do it and go on; or say why not, with what was typed. then: an address, the form's own `next` if None."""
    where = then or back()
    try:
        act()
    except NotAllowed as error:
        return refused(error, where, typed=typed)
    return redirect(where, 303)


def refused(error: NotAllowed, where: str, *, typed: list[tuple[str, str]] | None = None,
            about: list[str] | None = None) -> Response:
    """A plain 409: what is different now and who did it, what was typed, and the way to the newest state."""
    db.session.rollback()
    logs.note("not_allowed", action=error.event, codes=",".join(sorted(error.codes)))
    html = render_template(
        "caseworker/changed.html", changed=is_changed(error), reasons=all_words(error.refusals, "staff"),
        about=about or [], typed_texts=[(label, text) for label, text in typed or [] if text], where=where,
    )
    return make_response(html, 409)


def who_judged(application_id: int, requirement_id: int) -> list[str]:
    """ "Carl: accepted, Wed 25 Nov": the newest verdict on this paper, for the page that says it changed."""
    db.session.rollback()
    found = file_page.who_changed(db.session(), application_id, requirement_id)
    if found is None:
        return []
    kind, at, who = found
    what, when = words.of(words.VERDICTS, kind), short_day(language.code(), at)
    return [_("%(who)s, %(when)s: %(what)s", who=who or _("The system"), when=when, what=what)]
