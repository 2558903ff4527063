"""The list a caseworker came from: a file's page leads back to it and on to its next file. Kept in the cookie of forms;
it holds a queue and filters, nothing of anybody.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import request, session, url_for

from applications.worklists import QUEUES
from web.caseworker import filters, words

KEPT = "office_list"
FILTERS = ("office", "municipality", "holder", "todo", "stage", "age")
_LONGEST = 200


def remember(queue: str) -> None:
    """Written only when it is another list than before, so that looking through one sets no cookie."""
    now = [queue, filters.given(FILTERS)]
    if len(urlencode(now[1])) <= _LONGEST and session.get(KEPT) != now:
        session[KEPT] = now


def last_list() -> tuple[str, dict[str, str]]:
    kept = session.get(KEPT)
    if isinstance(kept, list) and len(kept) == 2 and kept[0] in QUEUES and isinstance(kept[1], dict):
        return kept[0], {name: str(value) for name, value in kept[1].items() if name in FILTERS}
    return QUEUES[0], {}


def list_href() -> str:
    queue, given = last_list()
    return url_for("caseworker.worklist", queue=queue, **given)


def list_view() -> dict[str, Any]:
    """For a file's page: the way back, and the way on."""
    queue, _given = last_list()
    after = (request.view_args or {}).get("reference", "")
    return {"text": words.of(words.QUEUES, queue), "href": f"{list_href()}#{after}",
            "next": url_for("caseworker.next_file", after=after)}
