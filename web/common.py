"""Routes of no audience."""

from __future__ import annotations

from flask import Blueprint, Response
from sqlalchemy import text

from extensions import db
from web.guards import public

bp = Blueprint("common", __name__)


@bp.get("/healthz")
@public
def healthz() -> Response:
    """This process answers. Touches no database: a slow one is no reason to end the process."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@public
def readyz() -> Response:
    """This process reaches its database; an exception becomes the 500 a balancer looks for."""
    db.session.execute(text("SELECT 1"))
    return Response("ready\n", mimetype="text/plain")
