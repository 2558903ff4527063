"""What the office asks for again, and the answers to it: kept one by one, sent at once."""

from __future__ import annotations

from flask import Response, abort, g
from flask_openapi3 import Tag

from actions.consultations.answer import answer_item, send_answers
from actions.consultations.ask_applicant import extend_reply
from applications.models import Requirement
from consultations import models
from web import paper_words
from web.api import shapes
from web.api.blueprint import NOT_NOW, bp, said
from web.api.files import shown
from web.api.reading_bodies import ticket
from web.file_read import FileRead, file_here
from web.guards import system_file

TAGS = [Tag(name="consultations")]


@bp.get("/applications/<reference>/consultation", tags=TAGS, summary="What the office asks for",
        responses={"200": shapes.Consultation})
@system_file("consultations")
def consultation(path: shapes.ApplicationPath) -> Response:  # noqa: ARG001
    return said(_consultation(file_here()))


def _consultation(read: FileRead) -> shapes.Consultation:
    open_one = read.dossier.consultation
    asked = [(item, row) for item in _items(read) if (row := read.dossier.requirement(item.requirement_id))]
    return shapes.Consultation(due_on=open_one.due_on if open_one else None,
                               items=[_item(read, item, row) for item, row in asked])


def _items(read: FileRead) -> list[models.ConsultationItem]:
    if read.file.state != "open":
        return []
    return [item for item in read.dossier.rows(models.ConsultationItem) if item.status == "asked"]


def _item(read: FileRead, item: models.ConsultationItem, row: Requirement) -> shapes.ConsultationItem:
    people = {person.id: person for person in read.people.values()}
    words = paper_words.asked_words(read.definition, row, read.demand_of(row), item.reason_codes, people, read.language)
    return shapes.ConsultationItem(
        id=item.id, requirement=row.id, name=words.name, wrong=words.wrong, cure=words.cure,
        note=(item.text or {}).get("note"), may_answer=list(item.may_answer), answer=item.answer_kind,
        text=item.answer_text,
    )


@bp.put("/applications/<reference>/consultation/items/<int:item_id>", tags=TAGS,
        summary="Answer one thing in another way than by a file", responses={"200": shapes.Consultation, **NOT_NOW})
@system_file("consultations")
def answered(path: shapes.ItemPath, body: shapes.ItemAnswer) -> Response:
    """Nothing is sent yet. A file is handed in at its requirement."""
    if path.item_id not in {item.id for item in _items(file_here())}:
        abort(404)
    answer_item(g.application_id, path.item_id, kind=body.kind, text=body.text if body.kind else None, actor=g.actor,
                key=ticket())
    return said(_consultation(file_here()))


@bp.post("/applications/<reference>/consultation/replies", tags=TAGS, summary="Send every answer that lies ready",
         responses={"201": shapes.Application, **NOT_NOW})
@system_file("consultations")
def replied(path: shapes.ApplicationPath) -> Response:  # noqa: ARG001
    send_answers(g.application_id, actor=g.actor, key=ticket())
    return said(shown(), 201)


@bp.post("/applications/<reference>/consultation/more-time", tags=TAGS, summary="Ask for more time, once",
         responses={"201": shapes.MoreTime, **NOT_NOW})
@system_file("consultations")
def more_time(path: shapes.ApplicationPath) -> Response:  # noqa: ARG001
    return said(shapes.MoreTime(due_on=extend_reply(g.application_id, actor=g.actor, key=ticket())), 201)
