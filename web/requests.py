"""Every request gets a number and one line in the log: route, answer, time. Never an address, a query or a cookie."""

from __future__ import annotations

import secrets
import time

from flask import Flask, Response, g, request

import logs


def register(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.request_id = secrets.token_hex(8)
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    began = g.get("began")
    if began is None or request.endpoint in ("assets.file", "common.healthz"):
        return response
    actor = g.get("actor")
    logs.note(
        "request", request=g.request_id, method=request.method, route=_route(), status=response.status_code,
        ms=round((time.perf_counter() - began) * 1000), actor=actor, application=g.get("application_id"),
    )
    response.headers["X-Request-Id"] = g.request_id
    return response


def _route() -> str:
    """The pattern, not the path: paths hold file references and the tokens of mails."""
    return request.url_rule.rule if request.url_rule else "unknown"
