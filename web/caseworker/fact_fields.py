"""Small fields for facts of a paper and for answers that staff decide; read back by the rules of the checklist."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice

from checklists.answers import Limits, Refusal, read_answer
from checklists.codes import LANGUAGES
from checklists.situation import EMPTY, NOT_SURE
from web.fields import CountryField, DayField
from web.forms import BaseForm

SEVERAL = 3

def choices(*pairs: tuple[str, str]) -> list[SelectChoice]:
    """(value, words) as the fields want them."""
    return [SelectChoice(value, words) for value, words in pairs]


def field_for(spec: Any, label: str, value: Any, options: Callable[[str], str]) -> Any:
    """spec: a Question, FactSpec or AskedFact. value: what the box begins with."""
    value = None if value in (EMPTY, NOT_SURE) else value
    if spec.type == "date":
        return DayField(label, default=_as_day(value))
    if spec.type == "yes_no":
        known = {True: "yes", False: "no"}.get(value) if isinstance(value, bool) else None
        yes_or_no = choices(("", "–"), ("yes", _("Yes")), ("no", _("No")))
        return SelectField(label, choices=yes_or_no, default=known, validate_choice=False)
    if spec.type in ("choice", "country", "language"):
        return _coded(spec, label, value, options)
    return StringField(label, default=None if value is None else str(value))


def add(fields: dict[str, Any], name: str, spec: Any, label: str, value: Any, options: Callable[[str], str]) -> None:
    """Put what is needed to fill it in under this name; several countries or languages are several boxes."""
    if not _is_several(spec):
        fields[name] = field_for(spec, label, value, options)
        return
    given = list(value) if isinstance(value, list | tuple) else []
    for number, each in enumerate(_names(name)):
        words = label if number == 0 else _("One more, if there is one")
        fields[each] = _coded(spec, words, given[number] if number < len(given) else None, options)


def _is_several(spec: Any) -> bool:
    return bool(spec.many) and spec.type in ("country", "language")


def _names(name: str) -> list[str]:
    return [name, *(f"{name}_{number}" for number in range(2, SEVERAL + 1))]


def _coded(spec: Any, label: str, value: Any, options: Callable[[str], str]) -> Any:
    if spec.type == "country":
        return CountryField(label, default=value, validate_choice=False)
    if spec.type == "language":
        named = ((code, get_locale().languages.get(code, code)) for code in LANGUAGES)
        known = choices(*sorted(named, key=lambda pair: pair[1].casefold()))
    else:
        known = choices(*((option, options(option)) for option in spec.options))
    if spec.many and spec.type == "choice":
        return SelectMultipleField(label, choices=known, default=list(value or ()), validate_choice=False)
    return SelectField(label, choices=[SelectChoice("", "–"), *known], default=value, validate_choice=False)


def read_back(form: BaseForm, name: str, spec: Any) -> Any:
    """The value as it is kept, EMPTY if nothing was filled in, or a Refusal."""
    if _is_several(spec):
        raw = [form[each].data for each in _names(name) if form[each].data]
    else:
        field = form[name]
        raw = (None if field.is_empty else dict(field.typed)) if isinstance(field, DayField) else field.data
    return EMPTY if raw in (None, "", []) else read_answer(spec, raw, Limits())


def is_refusal(value: Any) -> bool:
    return isinstance(value, Refusal)


def _as_day(value: Any) -> date | None:
    if isinstance(value, str) and len(value) == 10:
        return date.fromisoformat(value)
    return value if isinstance(value, date) else None
