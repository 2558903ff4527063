"""Sheets, scripts and drawings: built once, named by their content, kept by browsers for a year."""

from __future__ import annotations

import json
import mimetypes
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, request, send_from_directory

from web.ground import settings
from web.guards import public
from web.theme import sheet_of

bp = Blueprint("assets", __name__)
YEAR = 365 * 24 * 3600
_UNBUILT = Path(__file__).resolve().parent.parent / "static"


def register(app: Flask) -> None:
    manifest = app.extensions["klarsag"].settings.assets_dir / "manifest.json"
    app.extensions["klarsag_assets"] = json.loads(manifest.read_text()) if manifest.exists() else {}
    app.extensions["klarsag_theme"] = sheet_of(app.extensions["klarsag"].settings.brand)
    app.jinja_env.globals["asset"] = asset


def asset(name: str) -> str:
    """Address of something built, e.g. asset("klarsag.css"). Before the first build it points to what there is."""
    return "/assets/" + current_app.extensions["klarsag_assets"].get(name, name)


def theme_url() -> str | None:
    """The house's own colours, or None when it wears ours."""
    theme = current_app.extensions["klarsag_theme"]
    return f"/assets/theme-{theme.version}.css" if theme else None


@bp.get("/assets/theme-<version>.css")
@public
def theme(version: str) -> Response:
    found = current_app.extensions["klarsag_theme"]
    if found is None or found.version != version:
        abort(404)
    return _for_long(Response(found.css, mimetype="text/css"))


@bp.get("/assets/<path:name>")
@public
def file(name: str) -> Response:
    if name == "manifest.json" or name.endswith(".gz"):
        abort(404)
    folder = settings().assets_dir
    if not (folder / name).is_file():
        return _unbuilt(name)
    if "gzip" in request.accept_encodings and (folder / f"{name}.gz").is_file():
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        response = send_from_directory(folder, f"{name}.gz", mimetype=kind)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = send_from_directory(folder, name)
    response.vary.add("Accept-Encoding")
    return _for_long(response)


def _unbuilt(name: str) -> Response:
    response = send_from_directory(_UNBUILT, name)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _for_long(response: Response) -> Response:
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
