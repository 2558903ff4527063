"""Triage: a few questions before anything is kept. Every answer travels in the browser's own form and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request
from flask_babel import lazy_gettext
from wtforms import EmailField
from wtforms.validators import InputRequired, Length, Regexp

import clock
from actions.dossier import DEFAULT_ZONE
from checklists import rules
from checklists.answers import Limits, Refusal, read_answer
from checklists.situation import EMPTY, NOT_SURE, PersonSituation, Situation
from checklists.worked_out import AskedQuestion, WorkedOut
from web import language
from web.applicant import asking, needs
from web.applicant.asking import DONT_KNOW
from web.applicant.blueprint import bp
from web.applicant.front import Door, door_named
from web.applicant.other_doors import doors_to
from web.applicant.questions import asks_for
from web.forms import BaseForm
from web.guards import public

# Nobody can tell a good address from its letters; the mail that arrives, or does not, tells.
_LOOKS_LIKE_ONE = r"^[^@\s]+@[^@\s]+\.[^@\s.]+$"
LEAD = "applicant"
HIDDEN = "t_"
MINE = (None, LEAD)


class EmailForm(BaseForm):
    email = EmailField(
        lazy_gettext("Your e-mail address"),
        [
            InputRequired(lazy_gettext("Give an e-mail address.")),
            Length(max=254),
            Regexp(_LOOKS_LIKE_ONE, message=lazy_gettext("An e-mail address looks like name@example.org.")),
        ],
    )


@dataclass
class Triage:
    """answers: by path, like "stay_months" or "applicant.citizenship", as they are kept later."""

    door: Door
    answers: dict[str, Any]

    @property
    def definition(self):
        return self.door.definition

    @property
    def situation(self) -> Situation:
        own = {path: value for path, value in self.answers.items() if "." not in path}
        lead = {path.partition(".")[2]: value for path, value in self.answers.items() if path.startswith(f"{LEAD}.")}
        return Situation(today=clock.today_in(DEFAULT_ZONE), answers=own, people=(PersonSituation(LEAD, LEAD, lead),))

    def worked_out(self) -> WorkedOut:
        return rules.work_out(self.definition, self.situation)

    def to_ask(self, found: WorkedOut) -> list[tuple[str, AskedQuestion]]:
        """(path, question) in the order of triage, those that are shown now and that the topic has not answered."""
        visible = {path_of(who, one.id): one for who in MINE for one in found.questions.get(who, ())}
        paths = [path_of(role, question) for role, question in self.definition.triage]
        given = {path_of(role, question) for role, question, _ in self.door.topic.sets}
        return [(path, visible[path]) for path in paths if path in visible and path not in given]

    def hidden(self) -> list[tuple[str, str]]:
        """The answers as fields of a form."""
        return [(HIDDEN + path, text) for path, value in self.answers.items() for text in _as_texts(value)]


def path_of(role: str | None, question: str) -> str:
    return question if role is None else f"{role}.{question}"


def begin(name: str) -> Triage:
    """From the address and the form's hidden fields. What cannot be read as an answer is asked again."""
    door = door_named(name) or abort(404)
    answers = {path_of(role, question): value for role, question, value in door.topic.sets}
    for role, question_id in door.definition.triage:
        path = path_of(role, question_id)
        raw = request.form.getlist(HIDDEN + path) if request.method == "POST" else []
        if raw:
            read = _read(door.definition, question_id, raw)
            if not isinstance(read, Refusal):
                answers[path] = read
    return Triage(door, answers)


@bp.get("/topic/<name>")
@public
def topic(name: str):
    triage = begin(name)
    return _next_page(triage)


@bp.post("/topic/<name>")
@public
def topic_answered(name: str):
    """One answer comes in; the next question, the right door, or the list goes out. Nothing is stored."""
    triage = begin(name)
    back_to = request.form.get("back")
    if back_to is not None:
        return _go_back(triage, back_to)
    path = request.form.get("asking", "")
    shown = dict(triage.to_ask(triage.worked_out()))
    if path not in shown:
        return _next_page(triage)
    form, ask = _form(triage, shown[path])
    form.validate_on_submit()
    values, refusals = asking.read_back(form, [ask])
    if refusals or form.errors:
        asking.show_refusals(form, [ask], refusals)
        return _question_page(triage, path, form, ask), 422
    triage.answers[path] = values[ask.id]
    return _next_page(triage)


def _next_page(triage: Triage):
    found = triage.worked_out()
    if found.door is not None:
        words = triage.definition.say(found.door.said, language.code())
        return render_template(
            "applicant/door.html",
            triage=triage,
            words=words,
            next=found.door.next,
            others=[Triage(*one) for one in doors_to(found.door.checklist, triage.definition, triage.situation)],
            stop=found.door.kind == "stop",
            back=_last_answered(triage, found, None),
        )
    for path, one in triage.to_ask(found):
        if path not in triage.answers:
            form, ask = _form(triage, one, fresh=True)
            return _question_page(triage, path, form, ask)
    return list_page(triage, found, EmailForm(formdata=None))


def list_page(triage: Triage, found: WorkedOut, form: EmailForm) -> str:
    """What she will need, and the way on: one address, and the file is there."""
    return render_template(
        "applicant/need.html",
        triage=triage,
        form=form,
        failed=bool(form.errors),
        back=_last_answered(triage, found, None),
        needs=needs.needs_of(triage.definition, found),
        notes=needs.notes_of(triage.definition, found),
    )


def _go_back(triage: Triage, path: str):
    found = triage.worked_out()
    shown = dict(triage.to_ask(found))
    if path not in shown:
        return _next_page(triage)
    form, ask = _form(triage, shown[path], fresh=True)
    triage.answers.pop(path, None)
    return _question_page(triage, path, form, ask)


def _form(triage: Triage, one: AskedQuestion, *, fresh: bool = False):
    """fresh: filled with what is known, not with what this request brought."""
    ask = asks_for(triage.definition, triage.situation, [one])[0]
    form = asking.form_for([ask], municipalities=triage.definition.municipalities, fresh=fresh)
    return form, ask


def _question_page(triage: Triage, path: str, form: Any, ask: Any) -> str:
    found = triage.worked_out()
    paths = [each for each, _ in triage.to_ask(found)]
    return render_template(
        "applicant/triage.html",
        triage=triage,
        path=path,
        form=form,
        ask=ask,
        number=paths.index(path) + 1 if path in paths else len(paths) + 1,
        total=max(len(paths), 1),
        back=_last_answered(triage, found, path),
    )


def _last_answered(triage: Triage, found: WorkedOut, before: str | None) -> str | None:
    """The question before this one, None at the first."""
    paths = [path for path, _ in triage.to_ask(found)]
    if before in paths:
        paths = paths[: paths.index(before)]
    answered = [path for path in paths if path in triage.answers]
    return answered[-1] if answered else None


def _read(definition: Any, question_id: str, raw: list[str]) -> Any:
    question = definition.question(question_id)
    if raw == [DONT_KNOW] and question.not_sure:
        return NOT_SURE
    if raw == [""] and not question.required:
        return EMPTY
    # Days are looked at again with their limits when they are kept in a file.
    return read_answer(question, raw if question.many else raw[0], Limits(frozenset(definition.municipalities)))


def _as_texts(value: Any) -> list[str]:
    if isinstance(value, list | tuple | frozenset):
        return [text for one in value for text in _as_texts(one)]
    if value == NOT_SURE:
        return [DONT_KNOW]
    if value == EMPTY:
        return [""]
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [str(value)]
