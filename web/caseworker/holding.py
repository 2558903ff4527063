"""Who works on a file: claim it, hand it to a colleague of the same house, let it go."""

# ruff: noqa: ARG001 - a view takes the reference because the address has it; the guard has read it
from __future__ import annotations

from flask import g, redirect, render_template, request
from flask_babel import gettext as _
from wtforms import HiddenField, SelectField

from actions.decisions.judge import claim as take
from actions.errors import NotAllowed
from applications import file_page
from extensions import db
from web.caseworker.acting import back, do, file_url, refused
from web.caseworker.blueprint import FILE_ROLES, bp
from web.caseworker.fact_fields import choices
from web.forms import BaseForm, notice, sent_key
from web.guards import staff_file


class HandOverForm(BaseForm):
    colleague = SelectField("", coerce=str, validate_choice=True)
    seen_holder = HiddenField()


@bp.post("/files/<reference>/claim")
@staff_file(*FILE_ROLES)
def claim(reference: str):
    return _hold(g.staff.id)


@bp.post("/files/<reference>/let-go")
@staff_file(*FILE_ROLES)
def let_go(reference: str):
    return _hold(None)


def _hold(holder_id: int | None):
    seen = _seen()
    return do(lambda: take(g.application_id, holder_id=holder_id, seen_holder_id=seen, actor=g.actor, key=sent_key()),
              back())


@bp.route("/files/<reference>/hand-over", methods=["GET", "POST"])
@staff_file(*FILE_ROLES)
def hand_over(reference: str):
    form = HandOverForm(seen_holder=g.file.holder_id or "")
    form.colleague.label.text = _("Hand the file to")
    there = file_page.colleagues(db.session(), g.file, FILE_ROLES)
    form.colleague.choices = choices(*((str(id_), name) for id_, name in there if id_ != g.file.holder_id))
    if not form.was_sent():
        return render_template("caseworker/hand_over.html", form=form, reference=reference), form.status
    to = int(form.colleague.data)
    try:
        take(g.application_id, holder_id=to, seen_holder_id=_seen(), actor=g.actor, key=form.key)
    except NotAllowed as error:
        return refused(error, file_url())
    notice("good", _("The file was handed over."))
    return redirect(file_url(), 303)


def _seen() -> int | None:
    text = request.form.get("seen_holder", "")
    return int(text) if text.isdecimal() and len(text) < 19 else None
