"""Every way a request can fail, in one table: status, title, what to do. In the reader's language, nothing secret."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

import logs
from actions.errors import NotAllowed, NotYours, StaleApplication, UploadRefused
from extensions import db
from web import limits, problems
from web.forms import ForeignForm
from web.words import all_words, upload_words

_OF_STAFF = ("caseworker", "frontdesk", "admin", "staff")
_DRAIN_BYTES = 64 * 1024 * 1024
_DRAIN_SECONDS = 20


@dataclass(frozen=True)
class Page:
    status: int
    title: Any
    text: Any
    code: str = "bad_request"  # as programs are told it


NOT_FOUND = Page(404, _("We cannot find this page"),
                 _("The address may be mistyped, or what was here is not for you to see. Check the address, or begin "
                   "at the front page."), "not_found")
STALE = Page(409, _("Somebody changed this in the meantime"),
             _("Nothing of yours was saved. Go back, look at the newest state, and do it again if it is still needed."),
             "stale")
NOT_NOW = Page(409, _("This cannot be done now"), _("Nothing was changed."), "not_allowed")
FORM_TOO_OLD = Page(400, _("This page was open too long"),
                    _("For your safety we did not take what you sent. Go back, load the page again, and send it once "
                      "more. What you typed is usually still there."), "form_too_old")
FOREIGN = Page(400, _("This did not come from one of our pages"),
               _("For your safety we did not take it. Open the page here and send it again."), "foreign")
BAD = Page(400, _("We could not read what was sent"), _("Nothing was saved. Go back and try again."))
WRONG_METHOD = Page(405, _("This address is not opened like that"), _("Begin at the front page. Nothing was changed."),
                    "wrong_method")
TOO_OFTEN = Page(429, _("That was often in a short time"), _("Wait a few minutes, then try again."), "too_often")
UPLOAD = Page(422, _("We could not take this file"), "", "upload_refused")
BROKEN = Page(500, _("Something went wrong on our side"),
              _("It is not your fault. Nothing half-done was saved. Try again in a few minutes; if it goes on, tell "
                "us the number below."), "broken")
NO_KEY = Page(401, _("This needs a valid key"), "", "no_key")
OUT_OF_SCOPE = Page(403, _("This key does not open that"), "", "out_of_scope")
BY_STATUS = {404: NOT_FOUND, 405: WRONG_METHOD, 429: TOO_OFTEN}
FOR_PROGRAMS = {401: NO_KEY, 403: OUT_OF_SCOPE, **BY_STATUS}


def register(app: Flask) -> None:
    handlers = {
        NotAllowed: _not_allowed, StaleApplication: _stale, NotYours: _not_yours, UploadRefused: _upload_refused,
        CSRFError: _form_too_old, ForeignForm: _foreign, RequestEntityTooLarge: _too_large,
        HTTPException: _http, Exception: _broken,
    }
    for kind, handler in handlers.items():
        app.register_error_handler(kind, handler)


def page(what: Page, *, details: list[str] = (), number: str | None = None, text: Any = None,
         refusals: list[dict[str, Any]] = ()) -> Response:
    """A whole page that says what happened, or the same for a program, which is told the refusals by code.

    Whatever was read or begun before is let go of first.
    """
    db.session.rollback()
    if problems.wanted():
        return problems.answer(what.status, what.code, what.title, refusals=refusals, number=number)
    html = render_template(
        "errors/page.html", title=what.title, text=text or what.text, details=list(details), number=number,
        audience=audience(), status=what.status,
    )
    return make_response(html, what.status)


def audience() -> str:
    """For whom the page is drawn: staff or applicant."""
    return "staff" if g.get("staff") or request.blueprint in _OF_STAFF else "applicant"


def _not_allowed(error: NotAllowed) -> Response:
    logs.note("not_allowed", action=error.event, codes=",".join(sorted(error.codes)), actor=g.get("actor"),
              application=g.get("application_id"))
    return page(NOT_NOW, details=all_words(error.refusals, audience()), refusals=problems.of_workflow(error.refusals))


def _stale(_error: StaleApplication) -> Response:
    return page(STALE)


def _not_yours(_error: NotYours) -> Response:
    return page(NOT_FOUND)


def _upload_refused(error: UploadRefused) -> Response:
    return page(UPLOAD, details=upload_words(error.refusal), refusals=[problems.of_upload(error.refusal)])


def _form_too_old(_error: CSRFError) -> Response:
    return page(FORM_TOO_OLD)


def _foreign(_error: ForeignForm) -> Response:
    return page(FOREIGN)


def _too_large(_error: RequestEntityTooLarge) -> Response:
    most = limits.max_bytes(request.endpoint)
    _drain()
    megabytes = most // (1024 * 1024)
    if megabytes:
        text = gettext("The most that can be sent at once is %(megabytes)s MB. Send fewer or smaller files.",
                       megabytes=megabytes)
    else:
        text = gettext("The most that can be sent at once is %(kilobytes)s KB. Shorten what you typed.",
                       kilobytes=most // 1024)
    return page(Page(413, gettext("This is too big"), text, "too_big"))


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    known = FOR_PROGRAMS if problems.wanted() else BY_STATUS
    response = page(known.get(error.code) or Page(error.code, BAD.title, BAD.text))
    if error.code == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))  # type: ignore[attr-defined]
    return response


def _broken(error: Exception) -> Response:
    number = g.get("request_id", "")
    logs.note("broken", 40, exc_info=_without_values(error), request=number, endpoint=request.endpoint,
              application=g.get("application_id"))
    if current_app.testing and current_app.config.get("PROPAGATE_EXCEPTIONS") is not False:
        raise error
    try:
        return page(BROKEN, number=number)
    except Exception:  # noqa: BLE001 - the page itself may be what is broken, or the database may be gone
        return Response(f"Something went wrong on our side. {number}\n", 500, mimetype="text/plain")


def _without_values(error: Exception) -> Any:
    """A database error prints its parameters, and those are people's data."""
    if hasattr(error, "hide_parameters"):
        error.hide_parameters = True
    return (type(error), error, error.__traceback__)


def _drain() -> None:
    """Read and drop what is still coming, up to a point: a browser that is cut off shows no page, only a dead line."""
    ends = time.monotonic() + _DRAIN_SECONDS
    stream, left = request.environ.get("wsgi.input"), _DRAIN_BYTES
    announced = request.content_length or 0
    left = min(left, announced)
    while stream is not None and left > 0 and time.monotonic() < ends:
        chunk = stream.read(min(64 * 1024, left))
        if not chunk:
            return
        left -= len(chunk)
