"""Sending a file, and ending it."""

from __future__ import annotations

from flask import Response, g
from flask_openapi3 import Tag

from actions.applications.revive import revive
from actions.applications.submit import sign_and_submit
from actions.applications.withdraw import withdraw
from web.api import shapes
from web.api.blueprint import NOT_NOW, bp, said
from web.api.files import shown
from web.api.reading_bodies import ticket
from web.file_read import file_here
from web.guards import system_file

TAGS = [Tag(name="applications")]


@bp.post("/applications/<reference>/submission", tags=TAGS, summary="Sign the declaration and send the file",
         responses={"201": shapes.Application, **NOT_NOW})
@system_file("applications")
def submission(path: shapes.ApplicationPath, body: shapes.Submission) -> Response:  # noqa: ARG001
    """Everything that is still missing is told at once."""
    lead = file_here().dossier.lead
    sign_and_submit(g.application_id, lead.id, grant_id=g.grant_id, method="api", actor=g.actor, key=ticket())
    return said(shown(), 201)


@bp.post("/applications/<reference>/withdrawal", tags=TAGS, summary="End a file, or delete a draft",
         responses={"201": shapes.Application, **NOT_NOW})
@system_file("applications")
def withdrawal(path: shapes.ApplicationPath, body: shapes.Withdrawal) -> Response:  # noqa: ARG001
    withdraw(g.application_id, confirmed=body.confirmed, actor=g.actor, key=ticket())
    return said(shown(), 201)


@bp.post("/applications/<reference>/revival", tags=TAGS, summary="Bring back a file that lapsed, with what was missing",
         responses={"201": shapes.Application, **NOT_NOW})
@system_file("applications")
def revival(path: shapes.ApplicationPath) -> Response:  # noqa: ARG001
    """What is owed is handed in first, as before."""
    revive(g.application_id, actor=g.actor, key=ticket())
    return said(shown(), 201)
