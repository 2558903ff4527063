"""From the list to a file: the e-mail address, and the file is there."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _
from wtforms import EmailField
from wtforms.validators import InputRequired, Length, Regexp

from actions.applications.start_application import start_application
from applications.facts import Actor
from web import language, way_in
from web.applicant import codes, saying
from web.applicant.blueprint import bp
from web.applicant.reading import file_here
from web.applicant.triage import begin
from web.forms import BaseForm
from web.guards import applicant, public

# Nobody can tell a good address from its letters; the mail that arrives, or does not, tells.
_LOOKS_LIKE_ONE = r"^[^@\s]+@[^@\s]+\.[^@\s.]+$"


class EmailForm(BaseForm):
    email = EmailField(
        _("Your e-mail address"),
        [
            InputRequired(_("Give an e-mail address.")),
            Length(max=254),
            Regexp(_LOOKS_LIKE_ONE, message=_("An e-mail address looks like name@example.org.")),
        ],
    )


@bp.post("/start/<name>")
@public
def start(name: str):
    """The first post shows the question; the second, with an address, makes the file."""
    triage = begin(name)
    found = triage.worked_out()
    if found.door is not None or any(path not in triage.answers for path, _one in triage.to_ask(found)):
        return redirect(url_for("applicant.topic", name=name), 303)
    form = EmailForm() if _was_typed() else EmailForm(formdata=None)
    if not _was_typed() or not form.was_sent():
        return render_template("applicant/start.html", triage=triage, form=form), form.status
    made = start_application(
        checklist=triage.definition.name,
        answers=triage.answers,
        language=language.code(),
        email=form.email.data,
        topic=triage.door.topic.id,
        municipality=_municipality(triage),
        actor=Actor("applicant"),
        key=form.key,
    )
    way_in.let_in_who_started(made["grant_id"])
    way_in._ask_for_mail(made["reference"])  # The mail with which she comes back on another device
    return redirect(url_for("applicant.started"), 303)


@bp.get("/file/started")
@applicant
def started():
    read = file_here()
    return render_template(
        "applicant/started.html",
        read=read,
        qr=codes.qr_data(read.file.reference),
        until=saying.day(read.due_on("draft_idle")),
    )


def _was_typed() -> bool:
    return "email" in request.form


def _municipality(triage) -> str | None:
    named = (path for path in triage.answers if "." not in path)
    return next(
        (triage.answers[path] for path in named if triage.definition.question(path).type == "municipality"), None
    )
