"""Words for what cannot be taken as an answer: what is wrong and how to write it. Codes: checklists/answers.py."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext

from checklists.answers import Refusal
from i18n import day_words
from web.language import code as language_code
from web.words import Spaces
from web.words_of_refusals import N_

WORDS = {
    "required": N_("Answer this: %(question)s"),
    "not_text": N_("Write it as text."),
    "too_long": N_("This is too long. At most %(most)s signs fit."),
    "too_short": N_("This is too short. Write at least %(least)s signs."),
    "not_a_number": N_("Write a number in digits, for example 12."),
    "too_small": N_("The number must be at least %(least)s."),
    "too_large": N_("The number can be at most %(most)s."),
    "not_a_date": N_("This is not a day in the calendar. Write it like 27 3 1998."),
    "too_early": N_("The day cannot be before %(first)s."),
    "too_late": N_("The day cannot be after %(last)s."),
    "not_yes_no": N_("Choose yes or no."),
    "not_an_option": N_("Choose one of these answers."),
    "not_a_code": N_("Choose one from the list."),
    "not_a_municipality": N_("Choose one from the list."),
    "not_a_cpr": N_("A CPR number has ten digits, like 010203-1234."),
    "too_many": N_("These are too many. At most %(most)s fit."),
    "too_few": N_("These are too few. Give at least %(least)s."),
    "not_a_list": N_("Choose again."),
    "not_sure_not_offered": N_("We need an answer here."),
}


def refusal_words(refusal: Refusal, question: str) -> str:
    """question: its words, so that a list of errors says which is which."""
    code = refusal.values["code"] if refusal.code == "field" else refusal.code
    lang = language_code()
    values = {name: day_words(one, lang) if isinstance(one, date) else one for name, one in refusal.values.items()}
    text = WORDS.get(code, N_("We cannot read this answer. Write it another way."))
    return gettext(text) % Spaces(values, question=question)
