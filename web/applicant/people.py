"""Who is on the file: add, take off, come another day."""

from __future__ import annotations

from flask import abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from actions.errors import NotAllowed
from actions.people.people import add_person, defer_person, recall_person, remove_person
from web.applicant import saying
from web.applicant.blueprint import bp
from web.applicant.elsewhere import others
from web.applicant.tasks import may_add
from web.file_read import FileRead, file_here, person_here
from web.forms import notice, sent_key
from web.guards import applicant
from web.words import all_words


@bp.get("/file/people")
@applicant
def people():
    read = file_here()
    if read.file.state not in ("draft", "open"):
        return redirect(url_for("applicant.tasks"), 303)
    return _shown(read)


def _shown(read: FileRead, faults: list[str] | None = None):
    names = {key: saying.person_name(read.definition, person) for key, person in read.people.items()}
    roles = {role: read.definition.text(f"people.{role}.name", read.language) for role in may_add(read)}
    left_out = {
        key: read.definition.text(f"rules.{rule}.say", read.language).replace("<person>", names.get(key, ""))
        for rule, keys in read.found.left_out.items()
        for key in keys
    }
    may_follow = {key for key, person in read.people.items() if read.definition.people[person.role].may_follow}
    return render_template(
        "applicant/people.html",
        read=read,
        names=names,
        roles=roles,
        left_out=left_out,
        may_follow=may_follow,
        elsewhere=bool(others(read)),
        faults=faults or [],
        failed=bool(faults),
    )


@bp.post("/file/people/add")
@applicant
def people_add():
    read = file_here()
    role = request.form.get("role", "")
    if role not in read.definition.people:
        abort(400)
    try:
        person_id = add_person(g.application_id, role, actor=g.actor, key=sent_key())
    except NotAllowed as no:
        return _shown(file_here(), all_words(no.refusals)), 409
    page = next((page for page in read.definition.pages if role in page.per), None)
    notice("good", _("Added. Now answer the questions about this person."))
    if page is None:
        return redirect(url_for("applicant.people"), 303)
    return redirect(url_for("applicant.answers", page_id=page.id, person_id=person_id), 303)


@bp.route("/file/people/<int:person_id>/remove", methods=["GET", "POST"])
@applicant
def people_remove(person_id: int):
    read = file_here()
    person = person_here(read, person_id)
    if request.method == "GET":
        return render_template(
            "applicant/remove_person.html", read=read, person=person, name=saying.person_name(read.definition, person)
        )
    try:
        remove_person(g.application_id, person_id, actor=g.actor, key=sent_key())
    except NotAllowed as no:
        return _shown(file_here(), all_words(no.refusals)), 409
    notice("good", _("This person is not on the file any more."))
    return redirect(url_for("applicant.people"), 303)


@bp.post("/file/people/<int:person_id>/later")
@applicant
def people_later(person_id: int):
    """This person comes another day; the others go on."""
    return _done(
        lambda: defer_person(g.application_id, person_id, actor=g.actor, key=sent_key()),
        person_id,
        _("Noted. This person comes another day; the others go on."),
    )


@bp.post("/file/people/<int:person_id>/together")
@applicant
def people_together(person_id: int):
    return _done(
        lambda: recall_person(g.application_id, person_id, actor=g.actor, key=sent_key()),
        person_id,
        _("Noted. You come together."),
    )


def _done(act, person_id: int, words: str):
    person_here(file_here(), person_id)
    try:
        act()
    except NotAllowed as no:
        return _shown(file_here(), all_words(no.refusals)), 409
    notice("good", words)
    return redirect(url_for("applicant.people"), 303)
