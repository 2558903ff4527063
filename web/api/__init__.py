"""/api/v1: other systems act for applicants, by the very actions that the pages call. Imported only where it is on."""

from __future__ import annotations

from flask import Flask

from extensions import csrf
from web.api import (  # noqa: F401 - their routes
    appointments,
    checklists,
    consultations,
    description,
    files,
    requirements,
    sending,
    starting,
)
from web.api.blueprint import bp
from web.api.reading_bodies import not_valid


def register(app: Flask) -> None:
    app.validation_error_callback = not_valid  # type: ignore[attr-defined]  # flask_openapi3 looks for it there
    app.register_blueprint(bp)
    csrf.exempt(bp)  # No cookie opens anything here, so no other site can make a browser do it.
