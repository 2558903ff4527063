"""One file on one page: who and what on top, what is demanded, the paper itself, and the verdict."""

# ruff: noqa: ARG001 - a view takes the reference because the address has it; the guard has read it
from __future__ import annotations

from typing import Any

from flask import g, make_response, render_template, request, url_for

from applications.models import Requirement
from web.caseworker import words
from web.caseworker.blueprint import FILE_ROLES, bp
from web.caseworker.paper_view import paper_view
from web.caseworker.places_visited import list_view
from web.caseworker.reading import StaffRead, file_here
from web.caseworker.saying import because, person_name, requirement_name
from web.caseworker.side_view import (
    decisions_view,
    flag_lines,
    history_view,
    next_step,
    notes_view,
    people_view,
    strip_view,
    to_decide_view,
)
from web.caseworker.verdict_form import WaiveForm, verdict_form
from web.guards import staff_file

TO_JUDGE = ("sent", "recheck", "cannot_get")


@bp.get("/files/<reference>")
@staff_file(*FILE_ROLES)
def file(reference: str):
    read = file_here()
    named = request.args.get("paper", "")
    rows = [row for row in read.requirements if row.kind == "document"]
    row = next((r for r in rows if str(r.id) == named), None) or first_to_judge(rows)
    return show(read, row)


@bp.get("/files/<reference>/history")
@staff_file(*FILE_ROLES)
def history(reference: str):
    """The drawer as a page, for browsers without scripts."""
    read = file_here()
    return render_template("caseworker/history.html", read=read, history=history_view(read), reference=reference)


def first_to_judge(rows: list[Requirement]) -> Requirement | None:
    return next((row for row in rows if row.status in TO_JUDGE), rows[0] if rows else None)


def show(read: StaffRead, row: Requirement | None, *, form: Any = None, waiving: Any = None, status: int | None = None):
    """The whole page; form and waiving keep what was typed when something was not right with it."""
    form = form or (verdict_form(read, row) if row else None)
    waiving = waiving or WaiveForm(formdata=None, seen_verdict_id=row.current_verdict_id or "" if row else "")
    html = render_template(
        "caseworker/file.html", read=read, reference=read.file.reference, row=row, form=form, waiving=waiving,
        strip=strip_view(read), step=next_step(read), groups=groups(read, row), flags=flag_lines(read),
        to_decide=to_decide_view(read), paper=paper_view(read, row) if row else None, people=people_view(read),
        decisions=decisions_view(read), notes=notes_view(read), history=history_view(read), me=g.staff,
        list=list_view(), is_open=read.file.state == "open",
        may_fill_in=read.file.channel in ("desk", "paper") and read.file.state in ("draft", "open", "lapsed"),
        unsent=len(read.owed.with_status("unsent")),
    )
    return make_response(html, status or (422 if (form and form.errors) or waiving.errors else 200))


def groups(read: StaffRead, current: Requirement | None) -> list[tuple[str, list[dict[str, Any]]]]:
    """The left column: demands by person, the file's own first."""
    owners: list[int | None] = [None, *read.people]
    found = []
    for owner in owners:
        mine = [_listed(read, row, current) for row in read.requirements if row.person_id == owner
                and (row.kind == "document" or row.status != "accepted")]
        if mine:
            found.append((person_name(read.definition, read.people.get(owner), read.language), mine))
    return found


def _listed(read: StaffRead, row: Requirement, current: Requirement | None) -> dict[str, Any]:
    kind, word = words.state(state_of(read, row))
    return {"title": requirement_name(read, row), "href": url_for("caseworker.file", reference=read.file.reference,
                                                                  paper=row.id) + "#paper",
            "state": kind, "state_text": word, "why": because(read, row),
            "current": current is not None and row.id == current.id}


def state_of(read: StaffRead, row: Requirement) -> str:
    item = read.owed.item_of(row.id)
    if row.status in ("missing", "refused") and item is not None and item.status == "asked":
        return "asked"
    return "bring" if (row.terms or {}).get("sent_as") == "bring" and row.status == "missing" else row.status
