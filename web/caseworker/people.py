"""Who is on the file, notes, and what is asked for besides the checklist."""

# ruff: noqa: ARG001 - a view takes the reference because the address has it; the guard has read it
from __future__ import annotations

from flask import g, redirect, render_template
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from actions.decisions.contact import write_note
from actions.decisions.judge import require_extra
from actions.errors import NotAllowed
from actions.people.people import defer_person, recall_person, remove_person
from web.caseworker.acting import do, file_url, refused
from web.caseworker.blueprint import FILE_ROLES, bp
from web.caseworker.fact_fields import choices
from web.caseworker.reading import file_here, person_here
from web.caseworker.saying import person_name
from web.forms import BaseForm, notice, sent_key
from web.guards import staff_file

ACTS = {"defer": defer_person, "recall": recall_person, "remove": remove_person}


class ExtraForm(BaseForm):
    title = StringField(_("What is needed"),
                        [DataRequired(_("Name it in a few words, as the applicant will read it.")), Length(max=120)])
    person = SelectField(_("About whom"), default="")
    why = TextAreaField(_("Why, in words for the applicant"),
                        [DataRequired(_("Say why; the applicant reads it.")), Length(max=1000)])


class NoteForm(BaseForm):
    body = TextAreaField(_("Internal note"), [DataRequired(_("Write something, or leave it.")), Length(max=2000)])


@bp.post("/files/<reference>/people/<int:person_id>/<any(defer, recall, remove):act>")
@staff_file(*FILE_ROLES)
def person(reference: str, person_id: int, act: str):
    person_here(file_here(), person_id)
    return do(lambda: ACTS[act](g.application_id, person_id, actor=g.actor, key=sent_key()), file_url() + "#people")


@bp.get("/files/<reference>/people/<int:person_id>/remove")
@staff_file(*FILE_ROLES)
def remove_page(reference: str, person_id: int):
    """Asked once more: what was sent for this person is not looked at any longer."""
    read = file_here()
    who = person_name(read.definition, person_here(read, person_id), read.language)
    return render_template("caseworker/remove_person.html", reference=reference, who=who, person_id=person_id)


@bp.route("/files/<reference>/extra", methods=["GET", "POST"])
@staff_file(*FILE_ROLES)
def extra(reference: str):
    read, form = file_here(), ExtraForm()
    names = ((str(p.id), person_name(read.definition, p, read.language)) for p in read.people.values())
    form.person.choices = choices(("", gettext("The whole file")), *names)
    if not form.was_sent():
        return render_template("caseworker/extra.html", form=form, reference=reference), form.status
    try:
        require_extra(g.application_id, title=form.title.data, reason=form.why.data, actor=g.actor, key=form.key,
                      person_id=int(form.person.data) if form.person.data else None)
    except NotAllowed as error:
        return refused(error, file_url(), typed=[(str(form.title.label.text), form.title.data),
                                                 (str(form.why.label.text), form.why.data)])
    notice("good", gettext("It is in the next request to the applicant, which is not sent yet."))
    return redirect(file_url(), 303)


@bp.post("/files/<reference>/notes")
@staff_file(*FILE_ROLES)
def note(reference: str):
    form = NoteForm()
    if not form.was_sent():
        notice("look", str(form.body.errors[0]) if form.body.errors else gettext("Nothing was kept."))
        return redirect(file_url() + "#notes", 303)
    write_note(g.application_id, body=form.body.data, actor=g.actor, key=form.key)
    return redirect(file_url() + "#notes", 303)
