"""The lead's overview: how much lies where, how old it is, and a way to each of those files."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import g, render_template, url_for
from flask_babel import gettext as _

import clock
from applications import worklists
from applications.worklists import NEWEST_FIRST, QUEUES
from extensions import db
from web import language
from web.caseworker import words
from web.caseworker.blueprint import bp
from web.caseworker.saying import short_day
from web.guards import staff

AGES = ("on_time", "soon", "over")


@bp.get("/overview")
@staff("lead")
def overview():
    now = clock.now()
    counted, due = worklists.counts(db.session(), g.places), worklists.first_due(db.session(), g.places)
    ages = worklists.ages(db.session(), g.places, now)
    names = {one.office_id: one.office for one in worklists.place_names(db.session(), g.places)}
    return render_template(
        "caseworker/overview.html", stats=[_stat(queue, counted, due, ages) for queue in QUEUES],
        by_queue=[(words.of(words.QUEUES, q), _sums(a for a in ages if a.queue == q)) for q in QUEUES
                  if q not in NEWEST_FIRST],
        by_office=[(name, _sums(a for a in ages if a.office_id == id_)) for id_, name in names.items()],
        late=[_late(queue, ages) for queue in QUEUES if queue not in NEWEST_FIRST],
    )


def _sums(ages: Any) -> list[int]:
    ages = list(ages)
    return [int(sum(getattr(a, name) for a in ages)) for name in AGES]


def _stat(queue: str, counted: dict[str, int], due: dict[str, datetime],
          ages: list[worklists.Ages]) -> dict[str, Any]:
    over = sum(a.over for a in ages if a.queue == queue)
    notes = [_("%(number)d over the promise", number=over)] if over else []
    if queue in due:
        notes.append(_("first due %(day)s", day=short_day(language.code(), due[queue])))
    return {"text": words.of(words.QUEUES, queue), "number": counted[queue], "note": ", ".join(notes) or None,
            "href": url_for("caseworker.worklist", queue=queue)}


def _late(queue: str, ages: list[worklists.Ages]) -> dict[str, Any]:
    of_queue = [a for a in ages if a.queue == queue]
    return {"text": words.of(words.QUEUES, queue), "over": sum(a.over for a in of_queue),
            "soon": sum(a.soon for a in of_queue),
            "over_href": url_for("caseworker.worklist", queue=queue, age="over"),
            "soon_href": url_for("caseworker.worklist", queue=queue, age="soon")}
