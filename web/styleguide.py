"""Every part of our pages in every state, on a page for the people who draw them. Never registered in production."""

from datetime import date

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    EmailField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from web.fields import CodeField, CountryField, DayField, DayRequired, NameField, YesNoField
from web.guards import public

bp = Blueprint("styleguide", __name__, url_prefix="/styleguide")
VIEWS = ("front", "forms", "file", "asked", "booking", "worklist", "staff-file", "desk", "overview")
_QUOTED = ", ".join(f"'{view}'" for view in VIEWS)


class EveryField(FlaskForm):
    """One field of every kind."""

    full_name = NameField("Full name", validators=[InputRequired("Write your full name.")])
    email = EmailField("E-mail address", validators=[InputRequired("Write your e-mail address.")])
    born_on = DayField("Date of birth", validators=[DayRequired("Write your date of birth.")])
    country = CountryField("Citizenship", common=("DK", "SE", "DE"))
    reason = RadioField(
        "Why are you moving?",
        choices=[SelectChoice("work", "Work"), SelectChoice("study", "Study"), SelectChoice("family", "Family")],
        validators=[InputRequired("Choose the reason that fits best.")],
    )
    married = YesNoField("Are you married?", not_sure=True)
    brings = SelectMultipleField(
        "Who comes with you?", choices=[SelectChoice("spouse", "My spouse"), SelectChoice("children", "Children")]
    )
    months = IntegerField("How many months will you stay?")
    note = TextAreaField("Anything we should know?")
    code = CodeField("Code from the mail")
    files = MultipleFileField("Your passport")
    agree = BooleanField("What I have written is true", validators=[InputRequired("Tick the box to go on.")])


@bp.route(f"/<any({_QUOTED}):view>", methods=["GET", "POST"])
@public
def page(view: str) -> str:
    """One style-guide page. ?errors shows it refused."""
    form = EveryField(born_on=date(1998, 3, 27), full_name="Amira Haddad")
    if "errors" in request.args:
        form = EveryField(formdata=_refused(), meta={"csrf": False})
        form.validate()
    return render_template(f"styleguide/{view}.html", form=form, failed=bool(form.errors), views=VIEWS, view=view, _=_)


def _refused() -> MultiDict[str, str]:
    return MultiDict({"full_name": "", "born_on-day": "31", "born_on-month": "2", "note": "x" * 210})
