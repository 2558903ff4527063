"""What programs are told when something fails: problem details (RFC 9457) with our codes, in the caller's language."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from flask import Response, current_app, g, request

from applications import workflow
from applications.facts import Refusal
from web import language
from web.ground import settings
from web.words import said_for, upload_words, words
from web.words_of_refusals import WORDS

PREFIX = "/api/v1"
MEDIA_TYPE = "application/problem+json"
CHECKING = "office_is_checking"


def wanted() -> bool:
    """Whether this request is a program's."""
    return "api" in current_app.blueprints and request.path.startswith("/api/")


def answer(status: int, code: str, title: Any, *, refusals: Iterable[dict[str, Any]] = (),
           number: str | None = None) -> Response:
    """refusals: every reason at once, each with code and words. number: by which the log finds what broke."""
    said: dict[str, Any] = {
        "type": f"{settings().base_url}{PREFIX}/openapi.json#{code}", "title": str(title), "status": status,
        "code": code, "refusals": list(refusals),
    }
    if said["refusals"]:
        said["detail"] = " ".join(dict.fromkeys(each["words"] for each in said["refusals"]))
    if number:
        said["request"] = number
    made = Response(json.dumps(said, default=str, ensure_ascii=False), status, mimetype=MEDIA_TYPE)
    made.headers["Content-Language"] = language.code()
    if status == 401:
        made.headers["WWW-Authenticate"] = 'Bearer realm="klarsag"'
    if status == 429:
        made.headers["Retry-After"] = str(g.get("retry_after", 60))
    return made


def of_workflow(refusals: Iterable[Refusal]) -> list[dict[str, Any]]:
    """A cause that must stay silent is told under the one code that all such causes share, and without values."""
    return [_told(each) for each in refusals]


def of_upload(refused: Any, **more: Any) -> dict[str, Any]:
    return {"code": refused.code, "values": dict(refused.values), "words": " ".join(upload_words(refused)), **more}


def _told(refusal: Refusal) -> dict[str, Any]:
    if _is_silent(refusal):
        return {"code": CHECKING, "values": {}, "words": words(refusal)}
    return {"code": refusal.code, "values": dict(refusal.values), "words": words(refusal)}


def _is_silent(refusal: Refusal) -> bool:
    """By the table of words: what reads like a hold is told like one."""
    said = said_for(refusal)
    reads_so = said is not None and said.applicant == WORDS["no_hold"].applicant
    return reads_so or refusal.code in workflow.load().shown_reason_for
