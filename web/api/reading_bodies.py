"""What a program sends, as far as its shape goes; and the key that makes a second try harmless."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from flask import Response, g, request
from flask_babel import gettext as _
from pydantic import ValidationError
from werkzeug.exceptions import BadRequest

from web import problems
from web.api.blueprint import bp
from web.errors import BAD

DEEPEST = 8
_KEY = re.compile(r"[A-Za-z0-9._:-]{1,200}")
_OPENINGS_MOST = 200
_DIGITS = re.compile(r"[0-9]{1000}")


@bp.before_request
def _readable() -> None:
    """JSON that is nested so deep that looking through it would end the process' patience is no JSON to us."""
    if request.method in ("GET", "HEAD"):
        return
    if not _KEY.fullmatch(request.headers.get("Idempotency-Key", "none")):
        raise BadRequest
    if request.mimetype == "multipart/form-data" and any(_is_endless(text) for text in request.form.values()):
        raise BadRequest  # flask_openapi3 reads fields as JSON, and does not expect what may come of these.
    if not request.is_json:
        return
    try:
        found = request.get_json(silent=True)
    except RecursionError:
        raise BadRequest from None
    level = [found]
    for _step in range(DEEPEST):
        level = [inner for each in level for inner in _within(each)]
        if not level:
            return
    raise BadRequest


def _is_endless(text: str) -> bool:
    return text.count("[") + text.count("{") > _OPENINGS_MOST or _DIGITS.search(text) is not None


def _within(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def not_valid(error: ValidationError) -> Response:
    """flask_openapi3 asks this when a body, query or form has not the shape it should have."""
    refusals = [
        {"code": each["type"], "values": {}, "words": each["msg"], "where": "/".join(str(part) for part in each["loc"])}
        for each in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    return problems.answer(422, "not_valid", BAD.title, refusals=refusals)


def refused(refusals: list[dict[str, Any]]) -> Response:
    """What was sent has its shape, and values that cannot be taken."""
    return problems.answer(422, "not_valid", _("We could not read what was sent"), refusals=refusals)


def ticket() -> str | None:
    """For an action's key=: the same Idempotency-Key with the same content does nothing twice.

    The content counts too, so that a key which a client uses again by mistake never swallows something else.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    sent = json.dumps(request.get_json(silent=True), sort_keys=True) if request.is_json else ""
    whole = [g.api_key.id, key, request.method, request.path, sent]
    return hashlib.sha256(json.dumps(whole).encode()).hexdigest()
