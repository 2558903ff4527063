"""Accounts of the staff: add, change what they may do, let in again, end."""

from __future__ import annotations

from flask import g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, SelectField
from wtforms.validators import Email, InputRequired, Length

import i18n
from accounts import passwords
from actions.accounts.add_staff import add_staff
from actions.accounts.change_password import change_password
from actions.accounts.change_roles import change_roles
from actions.accounts.end_staff import end_staff
from actions.accounts.unlock_staff import unlock_staff
from actions.errors import NotAllowed
from web import language
from web.admin import reading, rows
from web.admin.blueprint import bp
from web.fields import NameField
from web.forms import BaseForm, new_key, notice, sent_key
from web.ground import fingerprint
from web.guards import staff
from web.words import all_words

ROLES = {"caseworker": _l("Caseworker"), "frontdesk": _l("Front desk"), "lead": _l("Team lead"), "admin": _l("Admin")}
PASSWORD_GROUPS = 5


class PersonForm(BaseForm):
    name = NameField(_l("Name"), [InputRequired(_l("Give a name.")), Length(max=120)])
    email = EmailField(_l("E-mail"), [InputRequired(_l("Give an e-mail address.")), Length(max=254),
                                      Email(_l("This does not look like an e-mail address."))])
    language = SelectField(_l("Language"))


@bp.get("/people")
@staff("admin")
def people():
    return render_template("admin/people.html", people=reading.everybody(), says=_says())


@bp.route("/people/new", methods=["GET", "POST"])
@staff("admin")
def person_new():
    form = PersonForm(language=language.code())
    form.language.choices = [(code, i18n.own_name(code)) for code in language.languages()]
    table, faults = rows.typed(*rows.PLACES, key="role"), []
    if form.was_sent():
        password = _initial_password(form.key)
        try:
            add_staff(email=form.email.data, name=form.name.data, password_hash=passwords.hashed(password),
                      places=rows.as_places(table), language=form.language.data, actor=g.actor, key=form.key)
        except NotAllowed as refused:
            faults = all_words(refused.refusals, "staff")
        else:
            return render_template("admin/password.html", name=form.name.data, email=form.email.data, password=password)
    return render_template("admin/person_new.html", form=form, faults=faults, table=table, **_choices()
                           ), 422 if faults else form.status


@bp.get("/people/<int:staff_id>")
@staff("admin")
def person(staff_id: int):
    return _person_page(staff_id)


@bp.post("/people/<int:staff_id>/roles")
@staff("admin")
def person_roles(staff_id: int):
    table = rows.typed(*rows.PLACES, key="role")
    return _do(staff_id, change_roles, rows.as_places(table), table=table,
               said=_("Changed. She is signed out and signs in again with what she may do now."))


@bp.post("/people/<int:staff_id>/end")
@staff("admin")
def person_end(staff_id: int):
    return _do(staff_id, end_staff, said=_("The account is ended. It stays in the history."))


@bp.post("/people/<int:staff_id>/unlock")
@staff("admin")
def person_unlock(staff_id: int):
    return _do(staff_id, unlock_staff, forget=_counters(staff_id), said=_("She can sign in at once."))


@bp.post("/people/<int:staff_id>/password")
@staff("admin")
def person_password(staff_id: int):
    """A new password, shown once; whoever knew the old one is out."""
    who, _roles = reading.person(staff_id)
    key = sent_key() or new_key()
    password = _initial_password(key)
    change_password(staff_id, passwords.hashed(password), forget=_counters(staff_id), actor=g.actor, key=key)
    return render_template("admin/password.html", name=who.name, email=who.email, password=password)


def _do(staff_id: int, act, *given, said: str, table: rows.Typed | None = None, **named):
    reading.person(staff_id)
    try:
        act(staff_id, *given, **named, actor=g.actor, key=sent_key())
    except NotAllowed as refused:
        return _person_page(staff_id, table, all_words(refused.refusals, "staff"))
    notice("good", said)
    return redirect(url_for("admin.person", staff_id=staff_id), 303)


def _person_page(staff_id: int, table: rows.Typed | None = None, faults: list[str] | None = None):
    who, roles = reading.person(staff_id)
    held = tuple((role.role, str(role.office_id or ""), str(role.municipality_id or "")) for role in roles)
    return render_template("admin/person.html", who=who, table=table or rows.Typed(rows.PLACES, held),
                           faults=faults or [], is_me=staff_id == g.staff.id, **_choices()), 422 if faults else 200


def _choices() -> dict:
    return {"roles": [("", ""), *ROLES.items()], "offices": reading.office_choices(),
            "municipalities": [("", _("All it works for")), *reading.municipality_choices()[1:]]}


def _says() -> dict:
    """id -> name, to say where somebody has a role."""
    return {"roles": ROLES, "offices": dict(reading.office_choices())}


def _initial_password(key: str) -> str:
    """Made from the form's key with our secret, so that a second press shows the password that counts."""
    made = fingerprint(key, "initial password")
    return "-".join(made[at * 4:at * 4 + 4] for at in range(PASSWORD_GROUPS))


def _counters(staff_id: int) -> list[str]:
    who, _roles = reading.person(staff_id)
    return [f"staff:account:{fingerprint(who.email, 'staff account')[:48]}"]
