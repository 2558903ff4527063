"""Words for what cannot be taken as an answer: what is wrong and how to write it. Codes: checklists/answers.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _

from checklists.answers import Refusal
from web.applicant.saying import day

_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "required": lambda v: _("Answer this: %(question)s", question=v["question"]),
    "not_text": lambda v: _("Write it as text."),
    "too_long": lambda v: _("This is too long. At most %(most)s signs fit.", most=v["most"]),
    "too_short": lambda v: _("This is too short. Write at least %(least)s signs.", least=v["least"]),
    "not_a_number": lambda v: _("Write a number in digits, for example 12."),
    "too_small": lambda v: _("The number must be at least %(least)s.", least=v["least"]),
    "too_large": lambda v: _("The number can be at most %(most)s.", most=v["most"]),
    "not_a_date": lambda v: _("This is not a day in the calendar. Write it like 27 3 1998."),
    "too_early": lambda v: _("The day cannot be before %(day)s.", day=day(v["first"])),
    "too_late": lambda v: _("The day cannot be after %(day)s.", day=day(v["last"])),
    "not_yes_no": lambda v: _("Choose yes or no."),
    "not_an_option": lambda v: _("Choose one of these answers."),
    "not_a_code": lambda v: _("Choose one from the list."),
    "not_a_municipality": lambda v: _("Choose one from the list."),
    "not_a_cpr": lambda v: _("A CPR number has ten digits, like 010203-1234."),
    "too_many": lambda v: _("These are too many. At most %(most)s fit.", most=v["most"]),
    "too_few": lambda v: _("These are too few. Give at least %(least)s.", least=v["least"]),
    "not_a_list": lambda v: _("Choose again."),
    "not_sure_not_offered": lambda v: _("We need an answer here."),
}


def refusal_words(refusal: Refusal, question: str) -> str:
    """question: its words, so that a list of errors says which is which."""
    code = refusal.values["code"] if refusal.code == "field" else refusal.code
    said = _WORDS.get(code)
    return said({**refusal.values, "question": question}) if said else _("We cannot read this answer. Write it another way.")
