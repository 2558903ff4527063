"""Refusing a number: one proposes, another confirms or returns it."""

# ruff: noqa: ARG001 - a view takes the reference because the address has it; the guard has read it
from __future__ import annotations

from flask import abort, g, redirect, render_template
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, Length

from actions.decisions.refuse import confirm_decision, propose_refusal, return_decision
from actions.errors import NotAllowed
from web.caseworker import words
from web.caseworker.acting import do, file_url, refused
from web.caseworker.blueprint import FILE_ROLES, bp
from web.caseworker.fact_fields import choices
from web.caseworker.reading import file_here, person_here
from web.caseworker.saying import person_name
from web.caseworker.side_view import decisions_view
from web.forms import BaseForm, notice, sent_key
from web.guards import staff_file


class ProposeForm(BaseForm):
    grounds = SelectMultipleField(_("Legal grounds"), [DataRequired(_("Tick at least one ground."))])
    why = TextAreaField(_("Why, for your colleague and for the letter"),
                        [DataRequired(_("Say why.")), Length(max=2000)])


class ReturnForm(BaseForm):
    why = TextAreaField(_("Why you return it"),
                        [DataRequired(_("Say why; your colleague reads it.")), Length(max=2000)])


@bp.route("/files/<reference>/people/<int:person_id>/refuse", methods=["GET", "POST"])
@staff_file(*FILE_ROLES)
def propose(reference: str, person_id: int):
    read, form = file_here(), ProposeForm()
    who = person_name(read.definition, person_here(read, person_id), read.language)
    form.grounds.choices = choices(*((code, gettext(text)) for code, text in words.GROUNDS.items()))
    if not form.was_sent():
        return render_template("caseworker/propose.html", form=form, reference=reference, who=who), form.status
    try:
        propose_refusal(g.application_id, person_id, reason_codes=form.grounds.data, why=form.why.data, actor=g.actor,
                        key=form.key)
    except NotAllowed as error:
        return refused(error, file_url(), typed=[(str(form.why.label.text), form.why.data)])
    notice("good", gettext("Proposed. A colleague must confirm it; until then nothing is told to the applicant."))
    return redirect(file_url() + "#decisions", 303)


@bp.post("/files/<reference>/decisions/<int:decision_id>/confirm")
@staff_file(*FILE_ROLES)
def confirm(reference: str, decision_id: int):
    return do(lambda: confirm_decision(g.application_id, decision_id, actor=g.actor, key=sent_key()),
              file_url() + "#decisions")


@bp.route("/files/<reference>/decisions/<int:decision_id>/return", methods=["GET", "POST"])
@staff_file(*FILE_ROLES)
def send_back(reference: str, decision_id: int):
    read, form = file_here(), ReturnForm()
    proposed = next((d for d in decisions_view(read) if d["one"].id == decision_id), None)
    if proposed is None:
        abort(404)
    if not form.was_sent():
        return render_template("caseworker/return.html", form=form, reference=reference, proposed=proposed), form.status
    try:
        return_decision(g.application_id, decision_id, reason=form.why.data, actor=g.actor, key=form.key)
    except NotAllowed as error:
        return refused(error, file_url() + "#decisions", typed=[(str(form.why.label.text), form.why.data)])
    notice("good", gettext("Returned with your words and what was proposed."))
    return redirect(file_url() + "#decisions", 303)
