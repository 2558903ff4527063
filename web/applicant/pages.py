"""The pages of a document: taken in, put in order, removed, and their pictures for the owner alone."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, redirect, request, url_for
from flask_babel import gettext as _

from actions.documents.attach_document import attach_document
from actions.documents.remove_document import order_pages, remove_document
from actions.errors import NotAllowed, UploadRefused
from applications import queries
from extensions import db
from uploads.disk import ObjectDamaged, ObjectMissing
from uploads.intake import Limits
from web.applicant import consultation, papers
from web.applicant.blueprint import bp
from web.applicant.reading import file_here
from web.forms import sent_key
from web.ground import klarsag, settings
from web.guards import applicant, own_path
from web.limits import takes_files
from web.words import all_words, upload_words


@bp.post("/file/papers/<int:requirement_id>/files")
@applicant
@takes_files(many=True)
def paper_files(requirement_id: int):
    """Several files at once without a script; with upload.js one request for each. Every file is told by itself."""
    page = papers.page_here(requirement_id)
    files = [each for each in request.files.getlist("files") if each.filename]
    faults = [] if files else [_("Choose a file first.")]
    for each in files:
        faults += _taken(requirement_id, each)
    if faults:
        page = papers.page_here(requirement_id)
        return papers.shown(page, faults={requirement_id: faults}), 422
    if request.headers.get("X-Upload"):
        return _sent_from(requirement_id)
    return redirect(
        own_path(request.form.get("next"), url_for("applicant.paper", requirement_id=requirement_id) + "#pages"), 303
    )


def _sent_from(requirement_id: int):
    """The page whose script sent the files, afresh: the script takes from it the part it replaces."""
    if request.form.get("next") == url_for("applicant.consultation"):
        return consultation.shown(file_here())
    return papers.shown(papers.page_here(requirement_id))


def _taken(requirement_id: int, sent: Any) -> list[str]:
    """What is wrong with it, in words; nothing if it is kept. The same page sent twice is kept once, by its content."""
    try:
        attach_document(
            g.application_id,
            requirement_id,
            sent.stream,
            claimed_name=sent.filename or "",
            limits=_limits(),
            actor=g.actor,
        )
    except UploadRefused as no:
        return [f"{sent.filename}: " + " ".join(upload_words(no.refusal))]
    except NotAllowed as no:
        return all_words(no.refusals)
    return []


def _limits() -> Limits:
    chosen = settings()
    return Limits(max_bytes=chosen.upload_max_bytes, heic_is_on=chosen.heic_allowed)


@bp.post("/file/uploads/<int:upload_id>/remove")
@applicant
def upload_remove(upload_id: int):
    remove_document(g.application_id, upload_id, actor=g.actor, key=sent_key())
    return redirect(papers.back_here(), 303)


@bp.post("/file/uploads/<int:upload_id>/move")
@applicant
def upload_move(upload_id: int):
    step = {"earlier": -1, "later": 1}.get(request.form.get("step", ""))
    if step is None:
        abort(400)
    order_pages(g.application_id, upload_id, step=step, actor=g.actor, key=sent_key())
    return redirect(papers.back_here(), 303)


@bp.get("/file/uploads/<int:upload_id>/pages/<int:number>")
@applicant
def picture(upload_id: int, number: int):
    """Pixels that we made, for the owner alone: private, kept by no cache."""
    found = queries.picture_of(db.session(), g.application_id, upload_id, number)
    if found is None:
        abort(404)
    key = found.thumb_key if request.args.get("size") != "big" and found.thumb_key else found.object_key
    try:
        with klarsag().store.open_derived(key) as content:
            answer = Response(content.read(), mimetype="image/jpeg")
    except (ObjectMissing, ObjectDamaged):
        abort(404)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
