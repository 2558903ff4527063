"""The web: one blueprint per audience, and what they stand on. `register(app)` puts it all together."""

from __future__ import annotations

import importlib
import importlib.util

from flask import Flask

from web import assets, common, errors, forms, guards, headers, ids, language, leaves, limits, mailbox, requests

AUDIENCES = ("applicant", "caseworker", "frontdesk", "admin")
DOORS = ("staff_sign_in", "staff_password", "way_in")


def register(app: Flask) -> None:
    ids.register(app)
    # The order is the order of work at each request: number it, limit it, then ask who it is; the token
    # of forms (CSRF) is read after that, so that nobody who is not signed in can make us parse an upload.
    requests.register(app)
    limits.register(app)
    language.register(app)
    guards.register(app)
    forms.register(app)
    headers.register(app)
    assets.register(app)
    leaves.register(app)
    errors.register(app)
    app.register_blueprint(common.bp)
    app.register_blueprint(language.bp)
    app.register_blueprint(assets.bp)
    for name in (*DOORS, *AUDIENCES):
        if importlib.util.find_spec(f"web.{name}"):
            app.register_blueprint(importlib.import_module(f"web.{name}").bp)
    if app.extensions["klarsag"].settings.api:
        importlib.import_module("web.api").register(app)
    if mailbox.wanted(app.extensions["klarsag"].settings.mail_url):
        app.register_blueprint(mailbox.bp)
