"""What comes next: from a page that is done straight on to the next thing that is missing."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for

from web.applicant.rows import page_href, paper_href
from web.file_read import FileRead


def next_missing(read: FileRead, after: str | None = None) -> str:
    """The address of the next thing she owes, from the page `after` onwards and round; then check and send."""
    if not read.is_draft or read.found.door:
        return url_for("applicant.tasks")
    order = list(_all(read))
    lacking = [href for href, is_missing in order if is_missing and href != after]
    if not lacking:
        return url_for("applicant.send")
    places = [href for href, _ in order]
    here = places.index(after) if after in places else -1
    return next((href for href in lacking if places.index(href) > here), lacking[0])


def _all(read: FileRead) -> Iterator[tuple[str, bool]]:
    """Every page of the file in the order it is filled in, and whether something is missing there."""
    lead = next((key for key, person in read.people.items() if person.role == "applicant"), None)
    yield from _questions(read, (None, lead))
    yield url_for("applicant.people"), any(wanted.missing for wanted in read.found.roles.values())
    for key in read.people:
        if key != lead:
            yield from _questions(read, (key,))
    for demand in read.found.demands:
        rows = read.rows_of(demand)
        if rows:
            yield paper_href(rows[0]), not demand.optional and not read.is_in(demand)


def _questions(read: FileRead, keys: tuple[str | None, ...]) -> Iterator[tuple[str, bool]]:
    for page in read.definition.pages:
        for key in keys:
            asked = [one for one in read.found.questions.get(key, ()) if one.asked_of == "applicant"]
            here = [one for one in asked if one.page == page.id]
            if here:
                yield page_href(page.id, key), any(one.required and one.state != "answered" for one in here)
