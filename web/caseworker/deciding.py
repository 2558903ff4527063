"""What the rules do not know and staff must say: questions of the checklist, answered by the office."""

# ruff: noqa: ARG001 - a view takes the reference because the address has it; the guard has read it
from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template
from flask_babel import gettext as _

from actions.applications.save_answers import change_answers
from actions.errors import NotAllowed
from checklists.situation import EMPTY
from web.caseworker.acting import file_url, refused
from web.caseworker.blueprint import FILE_ROLES, bp
from web.caseworker.fact_fields import add, is_refusal, read_back
from web.caseworker.reading import StaffRead, file_here
from web.caseworker.saying import question_words
from web.caseworker.side_view import to_decide_view
from web.forms import BaseForm, notice
from web.guards import staff_file

Owned = tuple[int | None, str]  # person id or None for the file, question id


@bp.route("/files/<reference>/decide", methods=["GET", "POST"])
@staff_file(*FILE_ROLES)
def decide(reference: str):
    read = file_here()
    wanted = open_questions(read)
    form = _form(read, wanted)
    if not form.was_sent():
        return _page(read, form, wanted)
    answers = _answers(read, form, wanted)
    if not answers and not form.errors:
        form.say("", _("Answer at least one of them."))
    if form.errors:
        return _page(read, form, wanted)
    try:
        change_answers(g.application_id, answers, confirmed=True, actor=g.actor, key=form.key)
    except NotAllowed as error:
        return refused(error, file_url())
    notice("good", _("Kept. The list of papers follows what you decided."))
    return redirect(file_url(), 303)


def open_questions(read: StaffRead) -> list[Owned]:
    """Questions behind the unknowns, and those that only staff answer. Facts of papers are decided at the paper."""
    found: dict[Owned, None] = {}
    for line in to_decide_view(read):
        unknown = line["unknown"]
        for name in unknown.why:
            owner, _dot, question_id = name.rpartition(".")
            if owner not in read.definition.documents and question_id in read.definition.questions:
                found[_owner(read, owner, question_id, unknown.person)] = None
    for missing in read.found.missing_answers:
        if missing.asked_of != "applicant":
            found[(int(missing.person) if missing.person else None, missing.id)] = None
    return list(found)


def _owner(read: StaffRead, role: str, question_id: str, person: str | None) -> Owned:
    if read.definition.question(question_id).per_file:
        return (None, question_id)
    named = next((p.id for p in read.people.values() if p.role == role), None)
    return (named or (int(person) if person else read.dossier.lead.id), question_id)


def _name(owned: Owned) -> str:
    return f"q_{owned[0] or 0}_{owned[1]}"


def _form(read: StaffRead, wanted: list[Owned]) -> Any:
    fields: dict[str, Any] = {}
    for person_id, question_id in wanted:
        question = read.definition.question(question_id)
        options = lambda option, q=question_id: read.definition.option(q, option, read.language)  # noqa: E731
        label = question_words(read, question_id, read.people.get(person_id))
        add(fields, _name((person_id, question_id)), question, label, None, options)
    return type("DecideForm", (BaseForm,), fields)()


def _answers(read: StaffRead, form: Any, wanted: list[Owned]) -> dict[Owned, Any]:
    found = {}
    for owned in wanted:
        value = read_back(form, _name(owned), read.definition.question(owned[1]))
        if is_refusal(value):
            form.say(_name(owned), _("This does not fit here."))
        elif value != EMPTY:
            found[owned] = value
    return found


def _page(read: StaffRead, form: Any, wanted: list[Owned]):
    html = render_template("caseworker/decide.html", form=form, is_asked=bool(wanted), reference=read.file.reference,
                           to_decide=to_decide_view(read))
    return html, form.status
