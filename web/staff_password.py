"""Staff choose a new password for themselves. Whoever sits at an open session must know the old one."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import PasswordField
from wtforms.validators import InputRequired, Length

import logs
from accounts import passwords
from accounts.models import Staff
from accounts.rules import STAFF_ACCOUNT
from actions.accounts.change_own_password import change_own_password
from actions.accounts.count_try import count_try
from actions.accounts.note_wrong_password import note_wrong_password
from actions.errors import StaleApplication
from extensions import db
from web.forms import BaseForm, notice
from web.ground import fingerprint
from web.guards import staff
from web.staff_sign_in import EVERY_ROLE, VISITOR, wait_words

bp = Blueprint("staff_password", __name__, url_prefix="/staff/password")

FAULTS = {
    "too_short": _("Take at least %(shortest)d signs. A sentence is easy to remember.", shortest=passwords.SHORTEST),
    "too_long": _("Take at most %(longest)d signs.", longest=passwords.LONGEST),
    "too_plain": _("Take more different signs."),
    "holds_your_name": _("Leave your name and your e-mail address out of it."),
}


class PasswordForm(BaseForm):
    now = PasswordField(_("Password you have now"), [
        InputRequired(_("Give the password you have now.")), Length(max=passwords.LONGEST)])
    new = PasswordField(_("New password"), [InputRequired(_("Give a new password."))], description=_(
        "At least %(shortest)d signs. Letters of any script, blanks and marks are welcome.",
        shortest=passwords.SHORTEST))
    again = PasswordField(_("New password once more"), [InputRequired(_("Give the new password once more."))])


@bp.route("", methods=["GET", "POST"])
@staff(*EVERY_ROLE)
def change():
    form = PasswordForm()
    if not form.was_sent():
        return _page(form)
    person = db.session().get(Staff, g.staff.id)
    kept, email, name = person.password_hash, person.email, person.name
    counter = f"staff:account:{fingerprint(email, 'staff account')[:48]}"
    wait = count_try({counter: STAFF_ACCOUNT}, actor=VISITOR)
    if wait:
        logs.note("change_of_password_must_wait")
        form.say("", wait_words(wait))
        return _page(form, 429)
    _check(form, kept, email, name)
    if form.errors:
        return _page(form)
    try:
        change_own_password(g.staff.id, passwords.hashed(form.new.data), instead_of=kept, session_id=g.session_id,
                            forget=[counter], actor=g.actor)
    except StaleApplication:
        form.say("now", gettext("This is not the password you have now."))
        return _page(form, 409)
    notice("good", gettext("Your password is changed. Everywhere else you are signed out."))
    return redirect(url_for("staff.home"), 303)


def _check(form: PasswordForm, kept: str, email: str, name: str) -> None:
    """All faults at once. A wrong old password is noted, as at the door."""
    if not passwords.fits(kept, form.now.data):
        note_wrong_password(email, actor=VISITOR)
        form.say("now", gettext("This is not the password you have now."))
    for code in passwords.faults(form.new.data, email=email, name=name):
        form.say("new", str(FAULTS[code]))
    if form.new.data != form.again.data:
        form.say("again", gettext("The two new passwords are not the same."))
    elif form.new.data == form.now.data:
        form.say("new", gettext("This is the password you have now. Take another one."))


def _page(form: PasswordForm, status: int | None = None):
    return render_template("accounts/staff_password.html", form=form), status or form.status
