"""The papers that are wanted: what of each, what was found in them, and handing them in."""

from __future__ import annotations

from typing import Any

from flask import Response, g
from flask_openapi3 import Tag

from actions.documents.promise import promise_document, say_cannot_get
from actions.documents.remove_document import remove_document
from actions.documents.send_paper import Offered, send_paper
from applications.models import Requirement
from applications.queries import SentPage
from checklists import answers as reading
from checklists.worked_out import FAILS, AskedFact, Demand
from web import paper_words, problems
from web.answer_words import refusal_words
from web.api import shapes
from web.api.blueprint import NOT_NOW, bp, done, said
from web.api.checklists import worded
from web.api.reading_bodies import refused, ticket
from web.api.values import coming_in, going_out
from web.errors import UPLOAD
from web.file_read import FileRead, file_here, requirement_here
from web.guards import system_file
from web.limits import takes_files, upload_limits

TAGS = [Tag(name="documents")]
LOCKED = frozenset({"sent", "recheck", "accepted", "waived"})


@bp.get("/applications/<reference>/requirements", tags=TAGS, summary="The papers that are wanted",
        responses={"200": shapes.RequirementList})
@system_file("applications", "documents")
def requirements(path: shapes.ApplicationPath) -> Response:  # noqa: ARG001
    read = file_here()
    pages = read.pages()
    rows = [row for row in read.requirements.values() if row.kind == "document"]
    return said(shapes.RequirementList(requirements=[_shape(read, row, pages) for row in rows]))


def _shape(read: FileRead, row: Requirement, pages: list[SentPage]) -> shapes.RequirementShape:
    demand, definition, lang = read.demand_of(row), read.definition, read.language
    return shapes.RequirementShape(
        id=row.id, item=row.item_id, person=row.person_id, status=row.status, gathered=row.gathered,
        name=paper_words.row_name(definition, row, demand, lang),
        why=paper_words.because(definition, demand, lang) if demand else row.told,
        files=[shapes.PageShape(id=page.upload_id, name=page.name, bytes=page.bytes, status=page.status)
               for page in pages if page.requirement_id == row.id],
        **(_of_demand(read, demand) if demand else _beyond_the_checklist(row)),
    )


def _of_demand(read: FileRead, demand: Demand) -> dict[str, Any]:
    definition, lang = read.definition, read.language
    return {
        "optional": demand.optional, "sent_as": demand.sent_as, "may_follow": demand.may_follow,
        "choice": demand.choice,
        "choices": worded(demand.choices,
                          lambda each: definition.text(f"documents.{demand.document}.choices.{each}.name", lang)),
        "facts": [_fact(read, fact) for fact in _asked(demand)],
        "missing_facts": list(demand.missing_facts),
        "findings": [shapes.Finding(code=check.reason, words=paper_words.finding(definition, demand, check, lang))
                     for check in demand.checks if check.state == FAILS],
    }


def _beyond_the_checklist(row: Requirement) -> dict[str, Any]:
    return {"optional": bool(row.terms.get("optional")), "sent_as": row.terms.get("sent_as", "upload"),
            "may_follow": bool(row.terms.get("may_follow")), "choice": None, "choices": [], "facts": [],
            "missing_facts": [], "findings": []}


def _asked(demand: Demand) -> list[AskedFact]:
    return [fact for fact in demand.facts if fact.known_at == "upload" and fact.text]


def _fact(read: FileRead, fact: AskedFact) -> shapes.FactShape:
    definition, lang = read.definition, read.language
    return shapes.FactShape(
        id=fact.id, type=fact.type, many=fact.many, required=fact.required, value=going_out(fact.value),
        ask=definition.text(f"{fact.text}.ask", lang),
        options=worded(fact.options, lambda each: definition.fact_option(fact, each, lang)),
    )


# --- handing in -------------------------------------------------------------------------------------------------------


@bp.post("/applications/<reference>/requirements/<int:requirement_id>/documents", tags=TAGS,
         summary="Hand in a paper: which kind it is, what stands on it, and its files",
         responses={"201": shapes.PaperTaken, **NOT_NOW})
@system_file("documents")
@takes_files(many=True)
def paper(path: shapes.RequirementPath, form: shapes.PaperForm) -> Response:
    """What is right is kept, whatever else is wrong with the rest; nothing is sent before the file is."""
    read = file_here()
    row = requirement_here(read, path.requirement_id)
    facts, refusals = _facts(read, row, form)
    if refusals:
        return refused(refusals)
    done_ = send_paper(
        g.application_id, row.id, choice=form.choice, facts=facts, limits=upload_limits(), actor=g.actor, key=ticket(),
        files=[Offered(each.stream, each.filename or "file") for each in form.files],
    )
    no = [problems.of_upload(refusal, file=name) for name, refusal in done_.refused]
    if no and not done_.taken and not done_.again:
        return problems.answer(UPLOAD.status, UPLOAD.code, UPLOAD.title, refusals=no)
    return said(shapes.PaperTaken(taken=done_.taken, again=done_.again, refused=no, requirement=_now(row)), 201)


def _now(row: Requirement) -> shapes.RequirementShape | None:
    """The paper afresh; None when another kind was chosen, of which this is no part."""
    read = file_here()
    same = next((one for one in read.requirements.values() if one.id == row.id), None)
    return _shape(read, same, read.pages([same.id])) if same else None


def _facts(read: FileRead, row: Requirement, form: shapes.PaperForm) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """As they are kept; and what cannot be taken of the choice and of them."""
    demand = read.demand_of(row)
    if form.choice and (demand is None or form.choice not in demand.choices):
        return {}, [_refusal("choice", reading.Refusal("not_an_option"))]
    if form.choice and form.choice != demand.choice:
        found = read.overlaid_paper(demand.person, demand.document, form.choice)
        demand = found.demand(demand.person, demand.item) or demand
    asked = {fact.id: fact for fact in _asked(demand)} if demand else {}
    values, refusals = {}, []
    for name, raw in (form.facts or {}).items():
        known = name in asked
        one = reading.read_answer(asked[name], coming_in(raw)) if known else reading.Refusal("not_asked")
        if isinstance(one, reading.Refusal):
            refusals.append(_refusal(f"facts/{name[:100]}", one))
        else:
            values[name] = one
    return values, refusals


def _refusal(where: str, no: reading.Refusal) -> dict[str, Any]:
    words = refusal_words(no, where.rpartition("/")[2])
    return {"code": no.code, "values": dict(no.values), "words": words, "where": where}


@bp.delete("/applications/<reference>/documents/<int:document_id>", tags=TAGS,
           summary="Take back a file that was not sent yet", responses={"204": None, **NOT_NOW})
@system_file("documents")
def document_removed(path: shapes.DocumentPath) -> Response:
    remove_document(g.application_id, path.document_id, actor=g.actor, key=ticket())
    return done()


@bp.post("/applications/<reference>/requirements/<int:requirement_id>/promise", tags=TAGS,
         summary="Say that it is brought to the meeting", responses={"204": None, **NOT_NOW})
@system_file("documents")
def promised(path: shapes.RequirementPath) -> Response:
    requirement_here(file_here(), path.requirement_id)
    promise_document(g.application_id, path.requirement_id, actor=g.actor, key=ticket())
    return done()


@bp.post("/applications/<reference>/requirements/<int:requirement_id>/cannot-get", tags=TAGS,
         summary="Say that the applicant cannot get it", responses={"204": None, **NOT_NOW})
@system_file("documents")
def cannot_get(path: shapes.RequirementPath, body: shapes.CannotGet) -> Response:
    requirement_here(file_here(), path.requirement_id)
    say_cannot_get(g.application_id, path.requirement_id, told=body.told, actor=g.actor, key=ticket())
    return done()
