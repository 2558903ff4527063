"""How the applicant is reached: other ways when mail does not arrive, and a new address."""

# ruff: noqa: ARG001 - a view takes the reference because the address has it; the guard has read it
from __future__ import annotations

from flask import g, redirect, render_template
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, EmailField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Email, Length

from actions.decisions.contact import change_contact, tried_to_reach
from actions.errors import NotAllowed
from web.caseworker.acting import file_url, refused
from web.caseworker.blueprint import FILE_ROLES, bp
from web.caseworker.fact_fields import choices
from web.forms import BaseForm, notice
from web.guards import staff_file

WAYS = {"phone": _("by phone"), "text_message": _("by text message"), "letter": _("by letter"),
        "employer": _("through the employer"), "visit": _("in person")}


class ReachForm(BaseForm):
    ways = SelectMultipleField(_("Tried"), [DataRequired(_("Tick the ways that you tried."))])
    act = StringField()


class ContactForm(BaseForm):
    email = EmailField(_("New e-mail address"), [DataRequired(_("Write the new address.")), Length(max=254),
                                                 Email(_("This does not look like an e-mail address."))])
    seen = BooleanField(_("I saw the passport or identity card of who asks for it"),
                        [DataRequired(_("Without having seen the identity the address stays as it is."))])
    act = StringField()


@bp.get("/files/<reference>/contact")
@staff_file(*FILE_ROLES)
def contact(reference: str):
    return _page(ReachForm(formdata=None), ContactForm(formdata=None))


def _page(reach: ReachForm, new: ContactForm, status: int = 200):
    reach.ways.choices = choices(*WAYS.items())
    return render_template("caseworker/contact.html", reach=reach, new=new, reference=g.file.reference,
                           failed=status != 200), status


@bp.post("/files/<reference>/reached")
@staff_file(*FILE_ROLES)
def reached(reference: str):
    form = ReachForm()
    form.ways.choices = choices(*WAYS.items())
    if not form.was_sent():
        return _page(form, ContactForm(formdata=None), 422)
    try:
        tried_to_reach(g.application_id, ways=form.ways.data, actor=g.actor, key=form.key)
    except NotAllowed as error:
        return refused(error, file_url())
    notice("good", gettext("Kept. A letter goes out, and the time runs on."))
    return redirect(file_url(), 303)


@bp.post("/files/<reference>/contact")
@staff_file(*FILE_ROLES)
def new_contact(reference: str):
    form = ContactForm()
    if not form.was_sent():
        return _page(ReachForm(formdata=None), form, 422)
    try:
        change_contact(g.application_id, email=form.email.data.lower(), identity_seen=bool(form.seen.data),
                       actor=g.actor, key=form.key)
    except NotAllowed as error:
        return refused(error, file_url(), typed=[(str(form.email.label.text), form.email.data)])
    notice("good", gettext("The address was changed. Both addresses are told, and all devices are signed out."))
    return redirect(file_url(), 303)
