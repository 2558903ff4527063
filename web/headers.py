"""What every answer tells the browser. No page of ours needs an inline script, a frame or a stranger's server."""

from __future__ import annotations

from flask import Flask, Response
from werkzeug.datastructures import Headers

from web.ground import settings

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Own pages may be told where one came from (a second proof for forms); nobody else ever is.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
_UNLESS_SAID = {
    # A page shows a person's file, or the token of a form: neither a proxy nor the back button may keep it.
    "Cache-Control": "no-store",
    "Vary": "Cookie",
}
_HSTS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
_WITHOUT = [(name.lower(), (name, value)) for name, value in {**_ALWAYS, **_UNLESS_SAID}.items()]
_WITH_HTTPS = [*_WITHOUT, *((name.lower(), (name, value)) for name, value in _HSTS.items())]


def register(app: Flask) -> None:
    app.after_request(_add)


def _add(response: Response) -> Response:
    said = {name.lower() for name, _ in response.headers}
    wanted = _WITH_HTTPS if settings().is_https else _WITHOUT
    # Handed over as they are: adding them one by one looks through all the others for each of them.
    response.headers = Headers([*response.headers, *(pair for key, pair in wanted if key not in said)])
    if "vary" in said:
        response.vary.add("Cookie")
    return response
