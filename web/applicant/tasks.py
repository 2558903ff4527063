"""The home of a file: the task list while it is a draft, tracking once it was sent."""

from __future__ import annotations

from flask import g, redirect, render_template, url_for
from flask_babel import gettext as _

from actions.documents.mail_list import mail_list
from web.applicant import saying
from web.applicant.blueprint import bp
from web.applicant.needs import notes_of
from web.applicant.rows import counts, sections
from web.applicant.send import missing
from web.applicant.tracking import tracking_page
from web.file_read import FileRead, file_here
from web.forms import notice, sent_key
from web.guards import applicant


@bp.get("/file")
@applicant
def tasks():
    read = file_here()
    if not read.is_draft:
        return tracking_page(read)
    return render_template("applicant/tasks.html", **task_list(read))


LINES_MOST = 60


@bp.post("/file/list")
@applicant
def mail_me_the_list():
    """What is still missing, to her own address: to have it at hand where the papers lie."""
    read = file_here()
    lines = [each["text"] for each in missing(read)][:LINES_MOST]
    if not lines:
        notice("info", _("Nothing is missing."))
        return redirect(url_for("applicant.tasks"), 303)
    who = {"grant_id": g.grant.id, "language": read.language, "actor": g.actor}
    wait = mail_list(g.application_id, lines, **who, key=sent_key())
    if wait:
        notice("look", _("We sent you this list already. Look into your mail, also where unwanted mail goes."))
    else:
        notice("good", _("The list is on its way to your e-mail address."))
    return redirect(url_for("applicant.tasks"), 303)


def task_list(read: FileRead) -> dict:
    """What the page shows. At most ten statements, whatever the file holds."""
    counted = [demand for demand in read.found.demands if counts(demand)]
    door = read.found.door
    return {
        "read": read,
        "sections": sections(read),
        "done": sum(1 for demand in counted if read.is_in(demand)),
        "total": len(counted),
        "until": saying.day(read.due_on("draft_idle")),
        "notes": notes_of(read.definition, read.found),
        "door": read.definition.say(door.said, read.language) if door else None,
        "door_next": door.next if door else None,
        "may_add": may_add(read),
    }


def may_add(read: FileRead) -> list[str]:
    """Roles of which one more may be added now."""
    return [role for role, wanted in read.found.roles.items() if role != "applicant" and wanted.free > 0]
