"""What every answer tells the browser. No page of ours needs an inline script, a frame or a stranger's server."""

from __future__ import annotations

from flask import Flask, Response

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
_HSTS = "max-age=31536000; includeSubDomains"


def register(app: Flask) -> None:
    app.after_request(_add)


def _add(response: Response) -> Response:
    for name, value in _ALWAYS.items():
        response.headers.setdefault(name, value)
    if settings().is_https:
        response.headers.setdefault("Strict-Transport-Security", _HSTS)
    if "Cache-Control" not in response.headers:
        # A page shows a person's file, or the token of a form: neither a proxy nor the back button may keep it.
        response.headers["Cache-Control"] = "no-store"
    response.vary.add("Cookie")
    return response
