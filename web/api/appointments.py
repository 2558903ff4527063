"""The meeting: free times, taking one, moving it, giving it back. The same gate as on the pages."""

from __future__ import annotations

from flask import Response, g
from flask_openapi3 import Tag

from actions.appointments.book_appointment import book_appointment
from actions.appointments.cancel_appointment import cancel_appointment
from actions.appointments.move_appointment import move_appointment
from actions.gather import facts_of
from appointments import gate
from web import problems
from web.api import shapes
from web.api.blueprint import NOT_NOW, bp, done, said
from web.api.files import shown
from web.api.reading_bodies import ticket
from web.file_read import FileRead, file_here
from web.free_times import free_times, minutes_of
from web.guards import system_file

TAGS = [Tag(name="appointments")]
DAYS = 21
APPOINTMENT = "/applications/<reference>/appointment"


@bp.get("/applications/<reference>/free-times", tags=TAGS, summary="When the meeting could be, or why not yet",
        responses={"200": shapes.FreeTimes})
@system_file("appointments")
def free(path: shapes.ApplicationPath, query: shapes.FreeQuery) -> Response:  # noqa: ARG001
    read = file_here()
    moving = read.dossier.live_appointment is not None
    if not moving and read.file.stage != "complete":
        return said(_closed(read))
    found, calendar = free_times(read, from_on=query.from_on, moving=moving, days=DAYS)
    return said(shapes.FreeTimes(
        zone=calendar.zone, minutes=minutes_of(read, calendar), suggested=list(found.suggested),
        days=[shapes.FreeDayShape(day_on=day.day_on, starts=[*day.morning, *day.afternoon]) for day in found.days],
        later_from_on=found.later_from_on, closed_because=[],
    ))


def _closed(read: FileRead) -> shapes.FreeTimes:
    because = problems.of_workflow(gate.closed_because(facts_of(read.dossier)))
    return shapes.FreeTimes(zone=None, minutes=None, suggested=[], days=[], later_from_on=None, closed_because=because)


@bp.post(APPOINTMENT, tags=TAGS, summary="Take a time", responses={"201": shapes.Application, **NOT_NOW})
@system_file("appointments")
def booked(path: shapes.ApplicationPath, body: shapes.WantedTime) -> Response:  # noqa: ARG001
    book_appointment(g.application_id, body.starts_at, actor=g.actor, key=ticket())
    return said(shown(), 201)


@bp.put(APPOINTMENT, tags=TAGS, summary="Move to another time", responses={"200": shapes.Application, **NOT_NOW})
@system_file("appointments")
def moved(path: shapes.ApplicationPath, body: shapes.WantedTime) -> Response:  # noqa: ARG001
    move_appointment(g.application_id, body.starts_at, actor=g.actor, key=ticket())
    return said(shown())


@bp.delete(APPOINTMENT, tags=TAGS, summary="Give the time back", responses={"204": None, **NOT_NOW})
@system_file("appointments")
def given_back(path: shapes.ApplicationPath) -> Response:  # noqa: ARG001
    cancel_appointment(g.application_id, actor=g.actor, key=ticket())
    return done()
