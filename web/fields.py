"""The input kinds WTForms does not have, and how each reads what was typed. templates/macros/fields.html draws them."""

import re
from datetime import date
from functools import cache
from typing import ClassVar

from babel import Locale
from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from markupsafe import Markup, escape
from wtforms import Field, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation, ValidationError

PARTS = ("day", "month", "year")
_NOT_IN_CODES = re.compile(r"[\s\-–—.]+")


class DayField(Field):
    """A day typed into three boxes (name-day, name-month, name-year). data: a date; None when empty or no day.

    What was typed stays in `typed`; `faulty` names the boxes an error belongs to.
    """

    def process(self, formdata, data=None, **kwargs):
        super().process(formdata, data if data is not None else self.default, **kwargs)
        self.faulty = set(PARTS)
        self.typed = dict.fromkeys(PARTS, "")
        if formdata is not None and any(f"{self.name}-{part}" in formdata for part in PARTS):
            self.typed = {part: formdata.get(f"{self.name}-{part}", "").strip() for part in PARTS}
            self.data = self._read()
        elif isinstance(self.data, date):
            self.typed = {part: str(getattr(self.data, part)) for part in PARTS}

    @property
    def is_empty(self):
        return not any(self.typed.values())

    def _read(self):
        # int() alone would also read "1_9"; more than four digits overflow the calendar.
        if not all(text.isdecimal() and len(text) <= 4 for text in self.typed.values()):
            return None
        try:
            numbers = {part: int(self.typed[part]) for part in PARTS}
            # Two digits are never guessed into a century: a grandmother and a child would swap places.
            return date(**numbers) if numbers["year"] >= 1000 else None
        except ValueError:
            return None

    def pre_validate(self, form):  # noqa: ARG002 (WTForms calls it so)
        if self.is_empty or self.data is not None:
            return
        missing = {part for part in PARTS if not self.typed[part]}
        if missing:
            self.faulty = missing
            raise StopValidation(_("Fill in day, month and year."))
        raise StopValidation(_("This is not a day in the calendar. Write it like 27 3 1998."))

    def _value(self):
        return self.data.isoformat() if self.data else ""


class DayRequired:
    """At least something must be typed into a DayField. A refused half-typed day keeps its own message."""

    field_flags: ClassVar = {"required": True}

    def __init__(self, message=None):
        self.message = message

    def __call__(self, form, field):  # noqa: ARG002 (WTForms calls it so)
        if field.is_empty:
            raise StopValidation(self.message or _("Fill in day, month and year."))


class YesNoField(RadioField):
    """Yes, no, and with not_sure a third way. data: "yes", "no", "not_sure" or None."""

    def __init__(self, *args, not_sure=False, **kwargs):
        choices = [SelectChoice("yes", _("Yes")), SelectChoice("no", _("No"))]
        if not_sure:
            choices.append(SelectChoice("not_sure", _("I do not know")))
        super().__init__(*args, choices=choices, **kwargs)

    def pre_validate(self, form):
        if self.data is not None:  # Not answered is for InputRequired to refuse, in the page's own words.
            super().pre_validate(form)


class NameField(StringField):
    """A person's name as she writes it: only the ends are trimmed."""

    def process_formdata(self, valuelist):
        super().process_formdata(valuelist)
        self.data = self.data.strip() if self.data else self.data


class CodeField(StringField):
    """A code from a mail or a paper. Spaces and dashes between groups are forgiven, case too."""

    def process_formdata(self, valuelist):
        super().process_formdata(valuelist)
        self.data = _NOT_IN_CODES.sub("", self.data).upper() if self.data else self.data


class CountryField(SelectField):
    """A country as its two-letter code, named and sorted in the reader's language. common: codes listed first."""

    former: ClassVar = ()

    def __init__(self, *args, common=(), **kwargs):
        # Two hundred choices as objects would cost more than the rest of a page: options() draws them.
        super().__init__(*args, choices=(), **kwargs)
        self.common = tuple(common)

    def options(self):
        """The whole list as HTML, with the one that is chosen."""
        drawn = country_options(_locale_name(), self.common, self.former)
        if not self.data:
            return Markup(drawn)  # noqa: S704  names of the locale data, escaped below
        value = escape(self.data)
        return Markup(drawn.replace(f'<option value="{value}">', f'<option value="{value}" selected>', 1))  # noqa: S704

    def pre_validate(self, form):  # noqa: ARG002
        known = countries(_locale_name()).keys() | dict(self.former).keys()
        if self.data and self.validate_choice and self.data not in known:
            raise ValidationError(_("Choose a country"))


def _locale_name():
    """Of the reader; English where nobody asks, as in a test of a form."""
    return str(get_locale() or "en")


@cache
def countries(locale_name):
    """{code: name} in this locale. No macro-regions, no withdrawn codes."""
    names = Locale.parse(locale_name).territories
    return {code: name for code, name in names.items() if len(code) == 2 and code not in _NO_COUNTRY}


@cache
def country_options(locale_name, common, former):
    """Sorted by name, the common ones first, former states last. An empty choice on top."""
    names = countries(locale_name)
    rest = sorted((code for code in names if code not in common), key=lambda code: names[code].casefold())
    listed = [("", str(_("Choose a country"))), *((code, names[code]) for code in (*common, *rest)), *former]
    return "".join(f'<option value="{escape(code)}">{escape(name)}</option>' for code, name in listed)


# Territories of the locale data that nobody is a citizen of: unions, pseudo locales, outlying bases.
_NO_COUNTRY = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "DG", "EA", "IC", "TA", "CQ"}
