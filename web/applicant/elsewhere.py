"""Moving on: a file of another checklist of this house, begun with what this file knows."""

from __future__ import annotations

from flask import abort, g, redirect, render_template, request, url_for

from actions.applications.hand_over_file import hand_over_file
from checklists.definition import Definition
from web import way_in
from web.applicant.blueprint import bp
from web.file_read import FileRead, file_here
from web.forms import sent_key
from web.guards import applicant
from web.offered import offered


def others(read: FileRead) -> list[Definition]:
    """What else this house offers."""
    return [one for one in offered() if one.name != read.definition.name]


@bp.get("/file/elsewhere")
@applicant
def elsewhere():
    read = file_here()
    found = [(one.name, one.text("title", read.language)) for one in others(read)] or abort(404)
    return render_template("applicant/elsewhere.html", read=read, others=found)


@bp.post("/file/elsewhere")
@applicant
def elsewhere_begun():
    """The new draft is opened at once; the way back into it is mailed like that of any other."""
    wanted = request.form.get("checklist", "")
    if wanted not in [one.name for one in others(file_here())]:
        abort(404)
    made = hand_over_file(g.application_id, checklist=wanted, actor=g.actor, key=sent_key())
    way_in.let_in_who_started(made["grant_id"])
    way_in.mail_the_way_back(made["reference"])
    return redirect(url_for("applicant.started"), 303)
