"""What a file asks for, before there is one: the checklists this house offers, with their words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Response, abort
from flask_openapi3 import Tag

from checklists.definition import Definition, Document, Question
from web import language
from web.api import shapes
from web.api.blueprint import bp, said
from web.guards import system
from web.offered import offered

TAGS = [Tag(name="checklists")]


@bp.get("/checklists", tags=TAGS, summary="The checklists that this house offers",
        responses={"200": shapes.ChecklistList})
@system("checklists")
def checklists() -> Response:
    found = [shapes.ChecklistListed(**_listed(definition)) for definition in offered()]
    return said(shapes.ChecklistList(language=language.code(), checklists=found))


@bp.get("/checklists/<name>", tags=TAGS, summary="One checklist: its questions and papers",
        responses={"200": shapes.Checklist})
@system("checklists")
def checklist(path: shapes.ChecklistPath) -> Response:
    definition = offered_here(path.name)
    lang = language.code()
    return said(shapes.Checklist(
        **_listed(definition),
        language=lang,
        declaration=definition.text("declaration", lang) if definition.declaration else None,
        topics=[shapes.TopicShape(id=one.id, words=definition.text(f"topics.{one.id}.say", lang))
                for one in definition.topics],
        roles=[shapes.RoleShape(id=one.id, name=definition.text(f"people.{one.id}.name", lang), least=one.min,
                                most=one.max) for one in definition.people.values()],
        triage=[path_of(*one) for one in definition.triage],
        questions=[question_shape(definition, one) for one in definition.questions.values()
                   if one.asked_of == "applicant"],
        documents=[_document(definition, one) for one in definition.documents.values()],
    ))


def offered_here(name: str) -> Definition:
    """The newest version of a checklist that this house offers. Aborts with 404."""
    return next((each for each in offered() if each.name == name), None) or abort(404)


def path_of(role: str | None, question: str) -> str:
    return question if role is None else f"{role}.{question}"


def _listed(definition: Definition) -> dict[str, Any]:
    return {"name": definition.name, "version": definition.version, "country": definition.country,
            "title": definition.text("title", language.code()), "languages": list(definition.languages)}


def question_shape(definition: Definition, one: Question) -> shapes.QuestionShape:
    lang, path = language.code(), f"questions.{one.id}"
    return shapes.QuestionShape(
        id=one.id, of=sorted(one.per), type=one.type, many=one.many, required=one.required, not_sure=one.not_sure,
        in_triage=one.id in {question for _role, question in definition.triage},
        ask=definition.text(f"{path}.ask", lang),
        help=definition.text(f"{path}.help", lang) if one.has_help else None,
        unit=definition.text(f"{path}.unit", lang) if one.unit else None,
        options=options_of(definition, one),
        fields=[shapes.FieldShape(id=each.id, type=each.type, many=each.many, required=each.required,
                              ask=definition.text(f"{path}.fields.{each.id}.ask", lang),
                              options=worded(each.options, lambda value: definition.option(one.id, value, lang)))
                for each in one.fields],
    )


def options_of(definition: Definition, one: Question) -> list[shapes.Option]:
    """What may be picked; for a municipality, those that the checklist names."""
    if one.type == "municipality":
        return [shapes.Option(value=code, words=str(says["name"])) for code, says in definition.municipalities.items()]
    return worded(one.options, lambda value: definition.option(one.id, value, language.code()))


def worded(values: Iterable[str], words: Callable[[str], str]) -> list[shapes.Option]:
    return [shapes.Option(value=value, words=words(value)) for value in values]


def _document(definition: Definition, one: Document) -> shapes.DocumentShape:
    lang, path = language.code(), f"documents.{one.id}"
    return shapes.DocumentShape(
        id=one.id, of=sorted(one.per), name=definition.text(f"{path}.name", lang),
        help=definition.text(f"{path}.help", lang) if one.has_help else None, sent_as=one.sent_as,
        choices=worded((each.id for each in one.choices),
                       lambda value: definition.text(f"{path}.choices.{value}.name", lang)),
    )
