"""The paper that is looked at: its pages, what was said about it, what the checks found, old verdicts."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from actions.situation import plain, situation_of
from applications.file_page import Sheet
from applications.models import Requirement
from web.caseworker import words
from web.caseworker.reading import StaffRead
from web.caseworker.saying import (
    because,
    check_words,
    fact_label,
    moment,
    person_name,
    question_words,
    reason_label,
    requirement_name,
    value_words,
)
from web.caseworker.verdict_form import facts_of

CHECKS = {"fine": "done", "fails": "fault", "to_decide": "you"}
JUDGEABLE = ("sent", "recheck", "accepted", "refused", "cannot_get")
WAIVABLE = ("missing", "sent", "recheck", "refused", "promised", "cannot_get")


def paper_view(read: StaffRead, row: Requirement) -> dict[str, Any]:
    sheets = [s for s in read.sheets if s.requirement_id == row.id]
    shown = next((s for s in sheets if _name(s) == request.args.get("sheet")), sheets[0] if sheets else None)
    is_open = read.file.state == "open"
    demand = read.demand_of(row)
    return {
        "name": requirement_name(read, row), "why": because(read, row),
        "told": row.told if row.origin == "rule" else None,
        "who": person_name(read.definition, read.people.get(row.person_id), read.language),
        "state": words.state(row.status), "viewer": _viewer(read, row, sheets, shown), "compare": _compare(read, row),
        "answers": _answers(read, row), "checks": _checks(read, row), "old": _old(read, row),
        "review": [read.definition.text(text, read.language) for _id, text in demand.review] if demand else [],
        "may_judge": is_open and row.status in JUDGEABLE and (row.document_id or row.status == "cannot_get"),
        "may_accept": is_open and row.status != "cannot_get", "may_waive": is_open and row.status in WAIVABLE,
        "has_facts": bool(facts_of(read, row)) or bool(demand and len(demand.choices) > 1),
        "suspicious": sorted({f for s in sheets for f in s.flags}),
    }


def _name(sheet: Sheet) -> str:
    return f"{sheet.upload_id}-{sheet.page or 1}"


def _viewer(read: StaffRead, row: Requirement, sheets: list[Sheet], shown: Sheet | None) -> dict[str, Any]:
    reference, name = read.file.reference, requirement_name(read, row)
    if shown is None:
        return {"shown": None, "alt": _("Nothing was sent for this yet."), "pages": [], "download": None, "note": None}
    number = sheets.index(shown) + 1
    pages = [
        {"href": url_for("caseworker.file", reference=reference, paper=row.id, sheet=_name(s)) + "#paper",
         "thumb": _picture(reference, s, small=1), "alt": _("Page %(number)d", number=n), "current": s is shown}
        for n, s in enumerate(sheets, 1)
    ]
    return {
        "shown": _picture(reference, shown) if shown.page else None, "pages": pages,
        "alt": _("%(name)s, page %(number)d", name=name, number=number) if shown.page else _no_picture(shown),
        "download": url_for("caseworker.original", reference=reference, upload_id=shown.upload_id),
        "note": _("Page %(number)d of %(all)d", number=number, all=len(sheets)),
    }


def _picture(reference: str, sheet: Sheet, **more: Any) -> str:
    return url_for("caseworker.picture", reference=reference, upload_id=sheet.upload_id, page=sheet.page or 1, **more)


def _no_picture(sheet: Sheet) -> str:
    if sheet.pictures == "waiting":
        return _("The picture is being made. Load this page again in a moment.")
    return _("There is no picture of this file. It is kept safely; the original can be downloaded.")


def _compare(read: StaffRead, row: Requirement) -> list[dict[str, Any]]:
    paper = read.paper_of(row)
    kept = (paper.facts if paper else None) or {}
    found = []
    for fact in facts_of(read, row):
        by_trust = {trust: plain(read.dossier, value) for trust, value in kept.get(fact.id, {}).items()}
        said = by_trust.get("stated", fact.value if fact.trust == "assumed" else None)
        seen = by_trust.get("seen", by_trust.get("read"))
        row_ = {"word": fact_label(read, fact), "said": value_words(read, fact, said),
                "read": value_words(read, fact, seen), "differs": fact.differs}
        found += [row_] if row_["said"] or row_["read"] else []
    return found


def _answers(read: StaffRead, row: Requirement) -> list[tuple[str, str]]:
    """The answers that the paper is held against."""
    if row.origin != "rule":
        return []
    situation, definition = situation_of(read.dossier), read.definition
    person = next((p for p in situation.people if p.key == str(row.person_id)), None)
    found = []
    for name in sorted(definition.checked_against(row.item_id)):
        question = definition.questions.get(name.rpartition(".")[2])
        value = None
        if question is not None and name.rpartition(".")[0] not in definition.documents:
            value = situation.answers.get(question.id, person.answers.get(question.id) if person else None)
        if value is not None:
            who = read.people.get(row.person_id)
            found.append((question_words(read, question.id, who), value_words(read, question, value)))
    return found


def _checks(read: StaffRead, row: Requirement) -> list[tuple[str, str, str]]:
    """(kind of mark, its word, what was found): what fails or is to be decided, else one line for all that hold."""
    demand = read.demand_of(row)
    checks = demand.checks if demand else ()
    said = {"fails": _("does not hold"), "to_decide": _("you decide")}
    found = [(CHECKS[check.state], said[check.state], check_words(read, row, check)) for check in checks
             if check.state != "fine"]
    return found or ([("done", _("holds"), _("Everything the rules check about it"))] if checks else [])


def _old(read: StaffRead, row: Requirement) -> list[dict[str, str]]:
    found = []
    for one in reversed(read.of("verdict")):
        if one.subject_id == row.id:
            reasons = [reason_label(read, row, code) for code in one.reason_codes or ()]
            text = words.of(words.VERDICTS, one.code) + (": " + " ".join(reasons) if reasons else "")
            found.append({"text": text, "who": one.who or _("The system"), "when": moment(read, one.at)})
    return found
