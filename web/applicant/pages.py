"""The pages of a document: put in order, removed, and their pictures for the owner alone."""

from __future__ import annotations

from flask import Response, abort, g, redirect, request

from actions.documents.remove_document import order_pages, remove_document, turn_page
from applications import queries
from extensions import db
from uploads.disk import ObjectDamaged, ObjectMissing
from web.applicant import papers
from web.applicant.blueprint import bp
from web.forms import sent_key
from web.ground import klarsag
from web.guards import applicant


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


@bp.post("/file/uploads/<int:upload_id>/turn")
@applicant
def upload_turn(upload_id: int):
    turn_page(g.application_id, upload_id, actor=g.actor, key=sent_key())
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
