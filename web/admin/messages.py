"""Messages that were given up: what kind, why, and another try. To whom they go is shown to nobody."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _

import i18n
from actions.errors import NotYours
from actions.outbox.send_again import send_again
from web import language
from web.admin import reading
from web.admin.blueprint import bp
from web.forms import notice, sent_key
from web.guards import staff
from web.ids import row_id


@bp.get("/messages")
@staff("admin")
def messages():
    rows, older = reading.dead_messages(row_id(request.args.get("before")))
    said = [(row, i18n.moment_words(row.queued_at, "Europe/Copenhagen", language.code())) for row in rows]
    return render_template("admin/messages.html", rows=said, older=older)


@bp.post("/messages/<int:message_id>/again")
@staff("admin")
def message_again(message_id: int):
    try:
        send_again(message_id, actor=g.actor, key=sent_key())
        notice("good", _("It is in the queue again."))
    except NotYours:
        notice("info", _("This message is not given up any more."))
    return redirect(url_for("admin.messages"), 303)
