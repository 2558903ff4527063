"""From the list to a file: the e-mail address, and the file is there."""

from __future__ import annotations

from flask import redirect, render_template, url_for

from actions.applications.start_application import start_application
from applications.facts import Actor
from web import language, way_in
from web.applicant import codes, saying
from web.applicant.blueprint import bp
from web.applicant.onward import next_missing
from web.applicant.triage import EmailForm, begin, list_page
from web.file_read import file_here
from web.guards import applicant, public


@bp.post("/start/<name>")
@public
def start(name: str):
    """From the list, with the answers of triage and an address."""
    triage = begin(name)
    found = triage.worked_out()
    if found.door is not None or any(path not in triage.answers for path, _one in triage.to_ask(found)):
        return redirect(url_for("applicant.topic", name=name), 303)
    form = EmailForm()
    if not form.was_sent():
        return list_page(triage, found, form), form.status
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
    way_in.mail_the_way_back(made["reference"])
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
        onward=next_missing(read),
    )


def _municipality(triage) -> str | None:
    named = (path for path in triage.answers if "." not in path)
    return next(
        (triage.answers[path] for path in named if triage.definition.question(path).type == "municipality"), None
    )
