"""Forms built from the checklist's data: fields for questions and facts, and reading back what was typed.

The rules of reading are checklists.answers.read_answer; fields here only show, so that what was typed stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import request
from flask_babel import get_locale
from flask_babel import gettext as _
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from checklists.answers import Limits, Refusal, read_answer
from checklists.codes import FORMER_STATES, LANGUAGES
from checklists.situation import EMPTY, NOT_SURE
from web.answer_words import refusal_words
from web.fields import CountryField, DayField, NameField, YesNoField
from web.forms import BaseForm

PREFIX = "q_"
DONT_KNOW = "not_sure"
COUNTRIES_SHOWN = 3
ENTRIES_MOST = 15
Words = Callable[[str], str]


@dataclass
class Ask:
    """One question of a page. spec: Question, AskedFact or GroupField. names: of its fields in the form.

    entries: for a group, the asks of each entry.
    """

    id: str
    spec: Any
    label: str
    hint: str | None
    options: Words
    value: Any = None
    suffix: str | None = None
    limits: Limits = field(default_factory=Limits)
    common: tuple[str, ...] = ()
    names: list[str] = field(default_factory=list)
    entries: list[list[Ask]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return PREFIX + self.id

    @property
    def shown_as(self) -> str:
        """How the page says that it showed this question."""
        return self.id

    @property
    def optional(self) -> bool:
        return not self.spec.required

    @property
    def not_sure(self) -> bool:
        return bool(getattr(self.spec, "not_sure", False))


@dataclass
class AskAlong(Ask):
    """A question of another page, or of somebody else, that is asked along. owner: a person's id, None for the file."""

    owner: int | None = None

    @property
    def name(self) -> str:
        return f"{PREFIX}{self.owner or 0}_{self.id}"

    @property
    def shown_as(self) -> str:
        return self.name


def form_for(
    asks: Iterable[Ask],
    *,
    municipalities: Mapping[str, Mapping[str, Any]] | None = None,
    fresh: bool = False,
    extra: Mapping[str, Any] | None = None,
) -> BaseForm:
    """A form with a field for each ask, filled with what was typed, else (or when fresh) with what is known."""
    fields: dict[str, Any] = dict(extra or {})
    for ask in asks:
        _add(fields, ask, municipalities or {})
    made = type("QuestionsForm", (BaseForm,), fields)
    return made(formdata=None) if fresh else made()


def read_back(form: BaseForm, asks: Iterable[Ask]) -> tuple[dict[str, Any], dict[str, Refusal]]:
    """(answers by question id, refusals by question id). Left empty where optional: EMPTY."""
    values, refusals = {}, {}
    for ask in asks:
        read = read_answer(ask.spec, _raw(form, ask), ask.limits)
        (refusals if isinstance(read, Refusal) else values)[ask.id] = read
    return values, refusals


def show_refusals(form: BaseForm, asks: Iterable[Ask], refusals: Mapping[str, Refusal]) -> None:
    """Put each refusal beside its field; the field's own message (a half-typed day) is enough where there is one."""
    for ask in asks:
        refusal = refusals.get(ask.id)
        if refusal is None:
            continue
        name = _faulty_name(ask, refusal)
        if not form[name].errors:
            form.say(name, refusal_words(refusal, form[name].label.text))


def _faulty_name(ask: Ask, refusal: Refusal) -> str:
    if refusal.code == "field":
        entry = ask.entries[refusal.values["entry"] - 1]
        return next(one.names[0] for one in entry if one.id.endswith(f"_{refusal.values['field']}"))
    return ask.names[0] if ask.names else ask.entries[0][0].names[0]


# --- fields -------------------------------------------------------------------------------------------------------


def _add(fields: dict[str, Any], ask: Ask, municipalities: Mapping[str, Mapping[str, Any]]) -> None:
    if ask.spec.type == "group":
        for entry in ask.entries:
            for one in entry:
                _add(fields, one, municipalities)
        return
    value = None if ask.value in (EMPTY, NOT_SURE) else ask.value
    if ask.spec.many and ask.spec.type in ("country", "language"):
        _add_several(fields, ask, value)
        return
    ask.names = [ask.name]
    fields[ask.name] = _field(ask, value, municipalities)
    if ask.not_sure and ask.spec.type not in ("choice", "yes_no"):
        fields[f"{ask.name}_{DONT_KNOW}"] = BooleanField(_("I do not know"), default=ask.value == NOT_SURE)


def _add_several(fields: dict[str, Any], ask: Ask, value: Any) -> None:
    given = list(value or ())
    shown = max(COUNTRIES_SHOWN, len(given) + 1)
    ask.names = [ask.name if n == 0 else f"{ask.name}_{n + 1}" for n in range(shown)]
    for number, name in enumerate(ask.names):
        label = ask.label if number == 0 else _("One more, if there is one")
        fields[name] = _coded(ask, label, given[number] if number < len(given) else None)


def _field(ask: Ask, value: Any, municipalities: Mapping[str, Mapping[str, Any]]) -> Any:
    kind, label = ask.spec.type, ask.label
    if kind == "date":
        return DayField(label, default=_as_day(value))
    if kind == "yes_no":
        return YesNoField(label, not_sure=ask.not_sure, validate_choice=False, default=_yes_or_no(ask.value))
    if kind == "choice":
        return _choice(ask, value)
    if kind in ("country", "language"):
        return _coded(ask, label, value)
    if kind == "municipality":
        names = sorted(((code, str(spec["name"])) for code, spec in municipalities.items()), key=lambda pair: pair[1])
        return _select(label, _("Choose a municipality"), names, value)
    made = {"name": NameField, "address": TextAreaField}.get(kind, StringField)
    return made(label, default=None if value is None else str(value))


def _choice(ask: Ask, value: Any) -> Any:
    choices = [SelectChoice(option, ask.options(option)) for option in ask.spec.options]
    if ask.spec.many:
        return SelectMultipleField(ask.label, choices=choices, validate_choice=False, default=list(value or ()))
    if ask.not_sure:
        choices.append(SelectChoice(DONT_KNOW, _("I do not know")))
    known = DONT_KNOW if ask.value == NOT_SURE else value
    return RadioField(ask.label, choices=choices, validate_choice=False, default=known)


def _coded(ask: Ask, label: str, value: Any) -> Any:
    if ask.spec.type == "language":
        names = ((code, get_locale().languages.get(code, code)) for code in LANGUAGES)
        sorted_names = sorted(names, key=lambda pair: pair[1].casefold())
        return _select(label, _("Choose a language"), sorted_names, value)
    if ask.spec.former:
        return _FormerCountryField(label, validate_choice=False, default=value, common=ask.common)
    return CountryField(label, validate_choice=False, default=value, common=ask.common)


def _select(label: str, empty: str, names: Iterable[tuple[str, str]], value: Any) -> SelectField:
    choices = [SelectChoice("", empty), *(SelectChoice(code, name) for code, name in names)]
    return SelectField(label, choices=choices, validate_choice=False, default=value)


class _FormerCountryField(CountryField):
    """Certificates may come from states that are no more."""

    former = tuple(sorted(FORMER_STATES.items(), key=lambda pair: pair[1]))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.type = CountryField.__name__  # It is drawn as one.


def _as_day(value: Any) -> date | None:
    if isinstance(value, str) and len(value) == 10:
        return date.fromisoformat(value)
    return value if isinstance(value, date) else None


def _yes_or_no(value: Any) -> str | None:
    return {True: "yes", False: "no", NOT_SURE: DONT_KNOW}.get(value) if isinstance(value, bool | str) else None


# --- reading ------------------------------------------------------------------------------------------------------


def _raw(form: BaseForm, ask: Ask) -> Any:
    if ask.spec.type == "group":
        return [{one.spec.id: _raw(form, one) for one in entry} for entry in ask.entries]
    if ask.not_sure and f"{ask.name}_{DONT_KNOW}" in form and form[f"{ask.name}_{DONT_KNOW}"].data:
        return NOT_SURE
    if len(ask.names) > 1:
        return [form[name].data or "" for name in ask.names]
    found = form[ask.names[0]]
    if isinstance(found, DayField):
        return dict(found.typed) if not found.is_empty else None
    if ask.not_sure and found.data == DONT_KNOW:
        return NOT_SURE
    return found.data


def entries_shown(name: str, known: int) -> int:
    """How many entries of a group the page shows: as many as were sent, one more when asked, at least one empty."""
    if request.method == "POST":
        sent = request.form.get(f"{name}_n", "1")
        count = int(sent) if sent.isdecimal() and len(sent) < 3 else 1
        return max(1, min(count + (request.form.get("more") == name), ENTRIES_MOST))
    return max(1, min(known + (known > 0), ENTRIES_MOST))
