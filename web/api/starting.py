"""A new file: the same triage as on the pages, all of it at once."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, url_for
from flask_openapi3 import Tag

import clock
from actions.applications.start_application import start_application
from actions.dossier import DEFAULT_ZONE
from applications.facts import Actor, Refusal
from checklists import answers as reading
from checklists import rules
from checklists.definition import Definition
from checklists.situation import PersonSituation, Situation
from checklists.worked_out import WorkedOut
from extensions import db
from offices import queries as offices
from web import api_keys, language, problems
from web.answer_words import refusal_words
from web.api import shapes
from web.api.blueprint import NOT_NOW, bp, said
from web.api.checklists import offered_here, path_of
from web.api.files import shown
from web.api.reading_bodies import refused, ticket
from web.api.values import coming_in
from web.errors import NOT_NOW as NOT_NOW_PAGE
from web.guards import system

LEAD = "applicant"
TAGS = [Tag(name="applications")]


@bp.post("/applications", tags=TAGS, summary="Begin a file for somebody",
         responses={"201": shapes.Application, **NOT_NOW})
@system("applications")
def start(body: shapes.NewApplication) -> Response:
    definition = offered_here(body.checklist)
    answers, refusals = _answers(definition, body)
    if refusals:
        return refused(refusals)
    found = rules.work_out(definition, _situation(answers))
    if found.door is not None:
        return _another_way(definition, found)
    lacking = _unanswered(definition, answers, found)
    if lacking:
        return refused(lacking)
    municipality = _municipality(definition, answers)
    if not _is_ours(municipality):
        abort(403)
    made = start_application(
        checklist=definition.name, answers=answers, language=_language(body), email=body.email, topic=body.topic,
        municipality=municipality, api_key_id=g.api_key.id, actor=Actor("system"), key=ticket(),
    )
    api_keys.open_file(made["reference"])
    return said(shown(), 201, Location=url_for("api.application", reference=made["reference"]))


def _answers(definition: Definition, body: shapes.NewApplication) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """By path, those of the topic first; and what cannot be taken."""
    topic = next((one for one in definition.topics if one.id == body.topic), None)
    values = {path_of(role, question): value for role, question, value in topic.sets} if topic else {}
    refusals = [] if topic or body.topic is None else [_refusal("topic", "not_an_option", body.topic)]
    asked = {path_of(role, question): question for role, question in definition.triage}
    limits = reading.Limits(frozenset(definition.municipalities))
    for path, raw in body.answers.items():
        if path not in asked:
            refusals.append(_refusal(f"answers/{path}", "not_asked", path))
            continue
        read = reading.read_answer(definition.question(asked[path]), coming_in(raw), limits)
        if isinstance(read, reading.Refusal):
            refusals.append(_refusal(f"answers/{path}", read.code, path, read.values))
        else:
            values[path] = read
    return values, refusals


def _unanswered(definition: Definition, answers: dict[str, Any], found: WorkedOut) -> list[dict[str, Any]]:
    shown_now = {(role, one.id) for role in (None, LEAD) for one in found.questions.get(role, ())}
    return [_refusal(f"answers/{path}", "required", definition.text(f"questions.{question}.ask", language.code()))
            for role, question in definition.triage
            if (role, question) in shown_now and (path := path_of(role, question)) not in answers]


def _refusal(where: str, code: str, question: str, values: Any = ()) -> dict[str, Any]:
    words = refusal_words(reading.Refusal(code, dict(values)), question)
    return {"code": code, "values": dict(values), "words": words, "where": where}


def _situation(answers: dict[str, Any]) -> Situation:
    own = {path: value for path, value in answers.items() if "." not in path}
    hers = {path.partition(".")[2]: value for path, value in answers.items() if "." in path}
    return Situation(today=clock.today_in(DEFAULT_ZONE), answers=own, people=(PersonSituation(LEAD, LEAD, hers),))


def _another_way(definition: Definition, found: WorkedOut) -> Response:
    """The pages show a door here: why this is not her way, and where it leads."""
    refusal = problems.of_workflow([Refusal("door_closed", {"rule": found.door.rule, "next": found.door.next})])[0]
    refusal["words"] = definition.say(found.door.said, language.code())
    return problems.answer(409, "not_allowed", NOT_NOW_PAGE.title, refusals=[refusal])


def _municipality(definition: Definition, answers: dict[str, Any]) -> str | None:
    asked = (path for path in answers if "." not in path and definition.question(path).type == "municipality")
    return next((answers[path] for path in asked), None)


def _is_ours(municipality: str | None) -> bool:
    """Whether the file would lie where the key belongs; one without a municipality is told its place later."""
    if municipality is None:
        return True
    place = offices.place_of(db.session(), municipality, clock.now())
    return api_keys.in_place(place.office_id, place.municipality_id)


def _language(body: shapes.NewApplication) -> str:
    return body.language if body.language in language.languages() else language.code()
