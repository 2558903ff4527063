"""One file as a program follows it: stage, who must act, what is missing; its questions and answers; its people."""

from __future__ import annotations

from typing import Any

from flask import Response, g
from flask_openapi3 import Tag

from actions.applications.save_answers import change_answers, save_answers
from actions.people.people import add_person, defer_person, recall_person, remove_person
from applications import workflow
from applications.models import Answer
from checklists import answers as reading
from checklists.worked_out import AskedQuestion
from extensions import db
from offices.models import Office
from web import paper_words
from web.answer_words import refusal_words
from web.api import shapes
from web.api.blueprint import NOT_NOW, bp, done, said
from web.api.checklists import question_shape
from web.api.reading_bodies import refused, ticket
from web.api.values import coming_in, going_out, person_key
from web.file_read import FileRead, file_here, overlay, person_here
from web.guards import system_file

NEVER = 9999  # The year in which finished files are due.
TAGS = [Tag(name="applications")]
Given = dict[tuple[int | None, str], Any]


@bp.get("/applications/<reference>", tags=TAGS, summary="Where a file is, and what is missing",
        responses={"200": shapes.Application})
@system_file("applications")
def application(path: shapes.ApplicationPath) -> Response:  # noqa: ARG001 - the guard has opened it
    return said(shown())


def shown() -> shapes.Application:
    read = file_here()
    file = read.file
    ball = workflow.load().stages[file.stage].ball
    return shapes.Application(
        reference=file.reference, checklist=file.checklist, version=file.checklist_version, language=file.language,
        state=file.state, stage=file.stage, ball=ball, started_at=file.started_at, submitted_at=file.submitted_at,
        act_by=file.act_by_at if ball == "office" and file.act_by_at.year < NEVER else None,
        people=[shapes.PersonShape(id=one.id, role=one.role, name=one.name, outcome=one.outcome,
                                   comes_later=one.deferred_at is not None) for one in read.people.values()],
        missing=_missing(read) if read.is_draft else [],
        appointment=_appointment(read),
    )


def _appointment(read: FileRead) -> shapes.AppointmentShape | None:
    live = read.dossier.live_appointment
    if live is None:
        return None
    office = db.session().get(Office, live.office_id)  # Not always the one that keeps the file.
    return shapes.AppointmentShape(starts_at=live.starts_at, ends_at=live.ends_at, zone=live.zone, office=office.name,
                                   address=office.address, frozen=live.frozen_at is not None)


# --- what is missing --------------------------------------------------------------------------------------------------


def _missing(read: FileRead) -> list[shapes.Missing]:
    found, say = read.found, read.definition.say
    missing = []
    if found.door:
        missing.append(shapes.Missing(kind="door", words=say(found.door.said, read.language)))
    if found.wait:
        missing.append(shapes.Missing(kind="wait", words=say(found.wait.said, read.language)))
    missing += [
        shapes.Missing(kind="person", role=role, words=read.definition.text(f"people.{role}.name", read.language))
        for role, wanted in found.roles.items() if wanted.missing
    ]
    missing += [
        shapes.Missing(kind="answer", question=one.id, person=person_key(one.person),
                       words=read.definition.text(f"questions.{one.id}.ask", read.language))
        for one in found.missing_answers if one.asked_of == "applicant"
    ]
    return missing + _missing_papers(read)


def _missing_papers(read: FileRead) -> list[shapes.Missing]:
    missing = []
    for demand in read.found.demands:
        if demand.optional or read.is_in(demand):
            continue
        name = paper_words.demand_name(read.definition, demand, read.language)
        about = {"person": person_key(demand.person), "words": name}
        rows = read.rows_of(demand)
        missing += [shapes.Missing(kind="paper", requirement=row.id, item=row.item_id, **about)
                    for row in rows if row.status == "missing" and not row.gathered]
        if rows:
            missing += [shapes.Missing(kind="fact", requirement=rows[0].id, item=rows[0].item_id, fact=fact, **about)
                        for fact in demand.missing_facts]
    return missing


# --- questions and answers --------------------------------------------------------------------------------------------


@bp.get("/applications/<reference>/questions", tags=TAGS, summary="What is asked now, and what was answered",
        responses={"200": shapes.AskedList})
@system_file("applications")
def questions(path: shapes.ApplicationPath) -> Response:  # noqa: ARG001
    return said(_asked_list(file_here()))


def _asked_list(read: FileRead) -> shapes.AskedList:
    asked = [one for key in (None, *read.people) for one in read.found.questions.get(key, ())
             if one.asked_of == "applicant"]
    seen = max((row.id for row in read.dossier.rows(Answer)), default=0)
    return shapes.AskedList(seen=seen, questions=[_asked(read, one) for one in asked])


def _asked(read: FileRead, one: AskedQuestion) -> shapes.AskedShape:
    shape = question_shape(read.definition, read.definition.question(one.id)).model_dump()
    return shapes.AskedShape(**{**shape, "required": one.required, "not_sure": one.not_sure},
                             person=person_key(one.person), state=one.state, value=going_out(one.value))


@bp.patch("/applications/<reference>/answers", tags=TAGS, summary="Answer questions, some or all",
          responses={"200": shapes.AskedList, **NOT_NOW})
@system_file("applications")
def answer(path: shapes.ApplicationPath, body: shapes.Answers) -> Response:  # noqa: ARG001
    """Before sending they are kept; afterwards they change what was sent, once that is confirmed."""
    read = file_here()
    given, refusals = _read(read, body)
    if refusals:
        return refused(refusals)
    if read.is_draft:
        save_answers(g.application_id, given, pen=f"api:{g.api_key.id}", seen_answer=body.seen, actor=g.actor,
                     key=ticket())
    else:
        change_answers(g.application_id, given, confirmed=body.confirmed, actor=g.actor, key=ticket())
    return said(_asked_list(file_here()))


def _read(read: FileRead, body: shapes.Answers) -> tuple[Given, list[dict[str, Any]]]:
    """What is asked depends on the answers that come along: "never married" needs no wedding day."""
    raw = {(one.person, one.question): (f"answers/{at}", coming_in(one.value)) for at, one in enumerate(body.answers)}
    known = {key: value for key, (_where, value) in raw.items()
             if key[1] in read.definition.questions and (key[0] is None or str(key[0]) in read.people)}
    asked: dict[tuple[int | None, str], AskedQuestion] = {}
    given: Given = {}
    refusals: dict[tuple[int | None, str], reading.Refusal] = {}
    for _round in range(3):  # The second looks at what the first let in.
        situation = overlay(read.situation, given)
        found = read.overlaid(given)
        asked = {(person_key(one.person), one.id): one for those in found.questions.values() for one in those
                 if one.asked_of == "applicant"}
        given, refusals = {}, {}
        for key, value in known.items():
            question = read.definition.question(key[1])
            limits = reading.limits_for(read.definition, situation, question, None if key[0] is None else str(key[0]))
            answered = reading.read_answer(question, value, limits)
            (refusals if isinstance(answered, reading.Refusal) else given)[key] = answered
    refusals |= {key: reading.Refusal("not_asked") for key in raw if key not in asked}
    return given, [{"code": no.code, "values": dict(no.values), "words": refusal_words(no, key[1]),
                    "where": raw[key][0]} for key, no in refusals.items()]


# --- people -----------------------------------------------------------------------------------------------------------


@bp.post("/applications/<reference>/people", tags=TAGS, summary="Put somebody on the file",
         responses={"201": shapes.PersonAdded, **NOT_NOW})
@system_file("applications")
def person_added(path: shapes.ApplicationPath, body: shapes.NewPerson) -> Response:  # noqa: ARG001
    if body.role not in file_here().definition.people:
        no = reading.Refusal("not_an_option")
        return refused([{"code": no.code, "values": {}, "words": refusal_words(no, body.role), "where": "role"}])
    return said(shapes.PersonAdded(id=add_person(g.application_id, body.role, actor=g.actor, key=ticket())), 201)


@bp.delete("/applications/<reference>/people/<int:person_id>", tags=TAGS, summary="Take somebody off the file",
           responses={"204": None, **NOT_NOW})
@system_file("applications")
def person_removed(path: shapes.PersonPath) -> Response:
    person_here(file_here(), path.person_id)
    remove_person(g.application_id, path.person_id, actor=g.actor, key=ticket())
    return done()


@bp.post("/applications/<reference>/people/<int:person_id>/later", tags=TAGS,
         summary="Somebody comes another day; the others go on", responses={"204": None, **NOT_NOW})
@system_file("applications")
def person_comes_later(path: shapes.PersonPath) -> Response:
    person_here(file_here(), path.person_id)
    defer_person(g.application_id, path.person_id, actor=g.actor, key=ticket())
    return done()


@bp.delete("/applications/<reference>/people/<int:person_id>/later", tags=TAGS, summary="They come together after all",
           responses={"204": None, **NOT_NOW})
@system_file("applications")
def person_comes_along(path: shapes.PersonPath) -> Response:
    person_here(file_here(), path.person_id)
    recall_person(g.application_id, path.person_id, actor=g.actor, key=ticket())
    return done()
