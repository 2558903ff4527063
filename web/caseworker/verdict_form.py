"""The form under a paper: which kind it is, what stands on it, and the verdict."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length

from applications.models import Requirement
from checklists.situation import EMPTY
from checklists.worked_out import AskedFact
from web.caseworker.fact_fields import add, choices, is_refusal, read_back
from web.caseworker.reading import StaffRead
from web.caseworker.saying import fact_label, reason_codes, reason_label
from web.forms import BaseForm

NOTE_MAX = 1000
FACT = "fact_"


class WaiveForm(BaseForm):
    why = TextAreaField(_("Why it is not needed"), [Length(max=NOTE_MAX)])
    seen_verdict_id = HiddenField()


def facts_of(read: StaffRead, row: Requirement) -> tuple[AskedFact, ...]:
    """What is asked about the paper up to now; facts of the meeting are the desk's."""
    demand = read.demand_of(row)
    return tuple(fact for fact in demand.facts if fact.known_at != "meeting") if demand else ()


def verdict_form(read: StaffRead, row: Requirement) -> Any:
    """A form for this very paper; its hidden fields say what the page showed."""
    codes = choices(*((code, reason_label(read, row, code)) for code in reason_codes(read, row)))
    made: dict[str, Any] = {
        "seen_hash": HiddenField(default=row.document_hash or ""),
        "seen_verdict_id": HiddenField(default=row.current_verdict_id or ""),
        "verdict": StringField(),
        "reasons": SelectMultipleField(_("If you refuse it: what is wrong"), choices=codes),
        "note": TextAreaField(_("Your own words to the applicant"), [Length(max=NOTE_MAX)]),
    }
    demand = read.demand_of(row)
    if demand and len(demand.choices) > 1:
        made["choice"] = SelectField(_("Kind of paper"), choices=_kinds(read, demand), default=demand.choice or "")
    for fact in facts_of(read, row):
        words = lambda option, fact=fact: read.definition.fact_option(fact, option, read.language)  # noqa: E731
        add(made, FACT + fact.id, fact, fact_label(read, fact), fact.value, words)
    return type("VerdictForm", (BaseForm,), made)()


def _kinds(read: StaffRead, demand: Any) -> list[Any]:
    base = f"documents.{demand.document}.choices"
    names = ((choice, read.definition.text(f"{base}.{choice}.name", read.language)) for choice in demand.choices)
    return choices(("", "–"), *names)


def facts_seen(form: Any, read: StaffRead, row: Requirement, *, all_of_them: bool) -> dict[str, Any]:
    """What she confirms (all_of_them) or only what she changed. Faults are put beside their boxes."""
    seen: dict[str, Any] = {}
    for fact in facts_of(read, row):
        value = read_back(form, FACT + fact.id, fact)
        if is_refusal(value):
            form.say(FACT + fact.id, gettext("This does not fit here."))
        elif value != EMPTY and (all_of_them or value != fact.value):
            seen[fact.id] = value
    return seen


def choice_seen(form: Any, read: StaffRead, row: Requirement) -> str | None:
    demand = read.demand_of(row)
    picked = form["choice"].data if "choice" in form else None
    return picked or None if demand and picked != demand.choice else None
