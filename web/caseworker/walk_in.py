# ruff: noqa: ARG001 - a view takes the reference because the address has it; the guard has read it
"""A file for somebody who stands at the desk or writes on paper: begun by staff, filled in on the applicant's pages."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import EmailField, RadioField, SelectField
from wtforms.validators import Email, Length, Optional

import clock
import i18n
import links
from actions.applications.start_application import start_application
from applications import file_page
from checklists import rules
from checklists.definition import Definition
from checklists.said import PersonNamed, Said
from checklists.situation import EMPTY, PersonSituation, Situation
from extensions import db
from offices import queries as offices
from web import language, way_in
from web.caseworker.blueprint import FILE_ROLES, bp
from web.caseworker.fact_fields import add, choices, is_refusal, read_back
from web.forms import BaseForm
from web.guards import staff, staff_file
from web.offered import offered

ROLES = ("caseworker", "frontdesk", "lead")
BY_STAFF = ("desk", "paper")


@bp.route("/walk-in", methods=["GET", "POST"])
@staff(*ROLES)
def walk_in():
    """Asks what triage asks. What does not apply is left empty."""
    definition = _checklist()
    form = _form(definition)
    if not form.was_sent():
        return _page(form, definition)
    answers = _answers(form, definition)
    asks = any(definition.question(key).type == "municipality" for _role, key in definition.triage)
    place = offices.place_of(db.session(), str(answers.get("municipality", "")), clock.now())
    if asks and not form.errors and place.office_id not in g.staff.offices(*ROLES):
        form.say(_name("municipality"), gettext("Files of this municipality lie with another office."))
    door = rules.work_out(definition, _situation(answers)).door
    if door and not form.errors:
        form.say("", definition.say(door.said, language.code()))
    if form.errors:
        return _page(form, definition)
    made = start_application(
        checklist=definition.name, answers=answers, language=form.language.data, email=form.email.data or None,
        channel=form.channel.data, municipality=answers.get("municipality"), actor=g.actor, key=form.key)
    way_in.let_in_who_started(made["grant_id"], helping=g.actor)
    return redirect(links.FILE, 303)


@bp.post("/files/<reference>/fill-in")
@staff_file(*FILE_ROLES)
def fill_in(reference: str):
    """Open the applicant's own pages of a file that staff began, in this browser."""
    grant = file_page.first_grant(db.session(), g.application_id)
    if g.file.channel not in BY_STAFF or grant is None:
        abort(404)
    way_in.let_in_who_started(grant, helping=g.actor)
    return redirect(links.FILE, 303)


def _checklist() -> Definition:
    """The one the address names, else the first that is offered here."""
    found = offered() or abort(404)
    return next((one for one in found if one.name == request.args.get("checklist")), found[0])


def _name(path: str) -> str:
    return "q_" + path.replace(".", "__")


def _paths(definition: Definition) -> list[tuple[str, str]]:
    """(path of the answer, question id) of everything triage asks."""
    return [(f"{role}.{key}" if role else key, key) for role, key in definition.triage]


def _form(definition: Definition) -> Any:
    spoken = [(code, i18n.own_name(code)) for code in language.languages()]
    fields: dict[str, Any] = {
        "channel": RadioField(_("How it comes"), default="desk",
                              choices=choices(("desk", gettext("At the desk")), ("paper", gettext("On paper")))),
        "language": SelectField(_("Language we write in"), choices=choices(*spoken), default=language.code()),
        "email": EmailField(_("E-mail (optional)"), [Optional(), Length(max=254),
                                                     Email(_("This does not look like an e-mail address."))]),
    }
    named = {"person": PersonNamed("applicant", "applicant")}
    for path, key in _paths(definition):
        label = definition.say(Said(f"questions.{key}.ask", named), language.code())
        _add(fields, _name(path), definition, key, label)
    return type("WalkInForm", (BaseForm,), fields)()


def _add(fields: dict[str, Any], name: str, definition: Definition, key: str, label: str) -> None:
    question = definition.question(key)
    if question.type == "municipality":
        named = ((code, str(says["name"])) for code, says in definition.municipalities.items())
        towns = sorted(named, key=lambda pair: pair[1])
        fields[name] = SelectField(label, choices=choices(("", "–"), *towns), validate_choice=False)
        return
    add(fields, name, question, label, None, lambda option: definition.option(key, option, language.code()))


def _answers(form: Any, definition: Definition) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path, key in _paths(definition):
        question = definition.question(key)
        is_town = question.type == "municipality"
        value = (form[_name(path)].data or EMPTY) if is_town else read_back(form, _name(path), question)
        if is_refusal(value) or (is_town and value not in definition.municipalities):
            form.say(_name(path), gettext("This does not fit here.") if value != EMPTY else gettext("Choose one."))
        elif value != EMPTY:
            found[path] = value
    return found


def _situation(answers: dict[str, Any]) -> Situation:
    own = {path: value for path, value in answers.items() if "." not in path}
    hers = {path.partition(".")[2]: value for path, value in answers.items() if "." in path}
    return Situation(today=clock.now().date(), sent_on=None, meeting_on=None, answers=own,
                     people=(PersonSituation(key="applicant", role="applicant", answers=hers),), papers={})


def _page(form: Any, definition: Definition):
    title = definition.text("title", language.code())
    others = [(one.name, one.text("title", language.code())) for one in offered() if one.name != definition.name]
    return render_template("caseworker/walk_in.html", form=form, title=title, others=others), form.status
