"""Who is in the house, who comes next, who comes later."""

from __future__ import annotations

from flask import render_template, request

import i18n
from web import language
from web.frontdesk import saying
from web.frontdesk.blueprint import DESK_ROLES, bp
from web.frontdesk.reading import day_of, language_words
from web.guards import staff
from web.ids import row_id


@bp.get("/")
@staff(*DESK_ROLES)
def today():
    day = day_of(row_id(request.args.get("office")))
    return render_template("frontdesk/today.html", day=day, words=saying, language_words=language_words,
                           date_words=i18n.day_words(day.day_on, language.code()))
