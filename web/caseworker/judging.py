"""Accept, refuse, waive. What the page showed travels along; if it is not so any more, nothing is judged."""

# ruff: noqa: ARG001 - a view takes the reference because the address has it; the guard has read it
from __future__ import annotations

from flask import g, redirect
from flask_babel import gettext as _

from actions.decisions.judge import judge_document, waive
from actions.errors import NotAllowed
from web.caseworker import words
from web.caseworker.acting import file_url, is_changed, refused, who_judged
from web.caseworker.blueprint import FILE_ROLES, bp
from web.caseworker.file import show
from web.caseworker.reading import file_here, requirement_here
from web.caseworker.verdict_form import WaiveForm, choice_seen, facts_seen, verdict_form
from web.forms import notice
from web.guards import staff_file
from web.words import words as refusal_words


@bp.post("/files/<reference>/papers/<int:requirement_id>/verdict")
@staff_file(*FILE_ROLES)
def judge(reference: str, requirement_id: int):
    read = file_here()
    row = requirement_here(read, requirement_id)
    form = verdict_form(read, row)
    if not form.was_sent():
        return show(read, row, form=form)
    kind, codes = form.verdict.data, list(form.reasons.data or ())
    seen = facts_seen(form, read, row, all_of_them=kind == "accepted")
    if kind == "refused" and not codes:
        form.say("reasons", _("Tick at least one reason: it tells the applicant what to mend."))
    if form.errors or kind not in ("accepted", "refused"):
        return show(read, row, form=form)
    return _judged(read, row, form, kind=kind, codes=codes, seen=seen)


def _judged(read, row, form, *, kind, codes, seen):
    chosen = choice_seen(form, read, row)
    row_id = row.id  # a plain value: rows are gone once the action begins
    try:
        judge_document(
            g.application_id, row_id, verdict=kind, seen_hash=form.seen_hash.data or None,
            seen_verdict_id=_number(form.seen_verdict_id.data), reason_codes=codes if kind == "refused" else None,
            text=form.note.data or None, facts=seen, choice=chosen, actor=g.actor, key=form.key)
    except NotAllowed as error:
        return _not_judged(error, row_id, form)
    notice("good", words.of(words.VERDICTS, kind) + ".")
    return redirect(file_url(), 303)  # without a paper named: the page opens at the next one to judge


def _not_judged(error, requirement_id, form):
    if not is_changed(error):
        read = file_here()
        for each in error.refusals:
            form.say("", refusal_words(each, "staff"))
        return show(read, requirement_here(read, requirement_id), form=form, status=409)
    return refused(error, file_url(paper=requirement_id), about=who_judged(g.application_id, requirement_id),
                   typed=[(str(form.note.label.text), form.note.data or "")])


@bp.post("/files/<reference>/papers/<int:requirement_id>/waive")
@staff_file(*FILE_ROLES)
def waive_paper(reference: str, requirement_id: int):
    read = file_here()
    row = requirement_here(read, requirement_id)
    form = WaiveForm()
    if form.was_sent() and not form.why.data:
        form.say("why", _("Say why it is not needed; it stays in the file."))
    if form.errors:
        return show(read, row, waiving=form)
    try:
        waive(g.application_id, requirement_id, reason=form.why.data, actor=g.actor, key=form.key,
              seen_verdict_id=_number(form.seen_verdict_id.data))
    except NotAllowed as error:
        return refused(error, file_url(paper=requirement_id), about=who_judged(g.application_id, requirement_id),
                       typed=[(str(form.why.label.text), form.why.data)])
    notice("good", words.of(words.VERDICTS, "waived") + ".")
    return redirect(file_url(), 303)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None
