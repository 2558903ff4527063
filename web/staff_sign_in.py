"""Staff come in with e-mail and password, and go."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

import clock
import logs
from accounts import passwords, queries
from accounts.models import Staff
from accounts.rules import STAFF_ACCOUNT, STAFF_ADDRESS, STAFF_DEVICE
from accounts.secrets import new_token
from actions.accounts.count_try import count_try
from actions.accounts.end_sessions import end_sessions
from actions.accounts.note_wrong_password import note_wrong_password
from actions.accounts.sign_in import sign_in as begin_session
from actions.accounts.sign_out import sign_out as end_session
from actions.errors import NotYours
from applications.facts import Actor
from extensions import db
from web import devices, sessions
from web.forms import BaseForm, notice
from web.ground import fingerprint, settings
from web.guards import own_path, public, staff

bp = Blueprint("staff", __name__, url_prefix="/staff")
VISITOR = Actor("visitor")
EVERY_ROLE = ("caseworker", "frontdesk", "lead", "admin")
HOMES = (("caseworker", "/office/"), ("lead", "/office/"), ("frontdesk", "/desk/"), ("admin", "/admin/"))


class SignInForm(BaseForm):
    email = EmailField(_("E-mail"), [InputRequired(_("Give your e-mail address.")), Length(max=254)])
    password = PasswordField(_("Password"), [InputRequired(_("Give your password.")), Length(max=passwords.LONGEST)])
    next = HiddenField()


@dataclass(frozen=True)
class Tried:
    """What came of a try: wait_until, or the person, or neither (wrong)."""

    person: Staff | None = None
    wait_until: datetime | None = None
    counted: tuple[str, ...] = ()


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in():
    form = SignInForm(next=request.args.get("next"))
    here = sessions.load_staff()
    if here and request.method == "GET":
        return redirect(own_path(request.args.get("next"), home_of(here.roles)), 303)
    if not form.was_sent():
        return render_template("accounts/staff_sign_in.html", form=form), form.status
    email = form.email.data.lower()
    tried = _try(email, form.password.data)
    if tried.person and _begin(tried, form.password.data):
        return redirect(own_path(form.next.data, url_for("staff.home")), 303)
    form.say("", wait_words(tried.wait_until) if tried.wait_until else gettext("E-mail or password is not right."))
    return render_template("accounts/staff_sign_in.html", form=form), 429 if tried.wait_until else 422


@bp.get("/")
@staff(*EVERY_ROLE)
def home():
    """Where her work is."""
    return redirect(home_of(g.staff.roles), 303)


@bp.post("/sign-out")
@public
def sign_out():
    if sessions.load_staff():
        end_session(g.session_id, actor=Actor("staff", g.staff.id))
    return _gone()


@bp.post("/sign-out-everywhere")
@staff(*EVERY_ROLE)
def sign_out_everywhere():
    end_sessions(staff_id=g.staff.id, actor=g.actor)
    return _gone()


def home_of(roles: frozenset[str]) -> str:
    return next((path for role, path in HOMES if role in roles), "/")


def _gone():
    sessions.take(sessions.STAFF)
    session.clear()
    notice("good", gettext("You are signed out."))
    return redirect(url_for("staff.sign_in"), 303)


def _try(email: str, password: str) -> Tried:
    """One try, counted before it is made. Whether the account exists makes no difference to words, status or work."""
    account = fingerprint(email, "staff account")
    device = devices.of_account(account)
    counter = f"device:{fingerprint(device, 'device')[:48]}" if device else f"account:{account[:48]}"
    address = f"address:{fingerprint(request.remote_addr or '', 'address')[:48]}"
    limits = {f"staff:{counter}": STAFF_DEVICE if device else STAFF_ACCOUNT, f"staff:{address}": STAFF_ADDRESS}
    wait = count_try(limits, actor=VISITOR)
    if wait:
        logs.note("sign_in_must_wait")
        return Tried(wait_until=wait)
    person = queries.staff_by_email(db.session(), email)
    right = passwords.fits(person.password_hash if person else None, password)
    if not right:
        note_wrong_password(email, actor=VISITOR)
        return Tried()
    return Tried(person, counted=tuple(limits))


def _begin(tried: Tried, password: str) -> bool:
    """A new session under a new number: one that somebody planted before is worth nothing afterwards."""
    person, token = tried.person, new_token()
    weak = passwords.is_outdated(person.password_hash)
    try:
        wrong = begin_session(
            person.id, token_digest=fingerprint(token, "session"),
            holds=timedelta(minutes=settings().staff_absolute_minutes), forget=list(tried.counted),
            new_hash=passwords.hashed(password) if weak else None, actor=Actor("staff", person.id),
        )
    except NotYours:
        return False
    sessions.give(sessions.STAFF, token)
    devices.remember(fingerprint(person.email, "staff account"))
    if wrong:
        notice("look", ngettext("There was one wrong password since you last signed in.",
                                "There were %(num)d wrong passwords since you last signed in.", wrong))
    return True


def wait_words(until: datetime) -> str:
    minutes = max(1, math.ceil((until - clock.now()).total_seconds() / 60))
    wait = ngettext("Too many wrong tries. Wait one minute, then try again.",
                    "Too many wrong tries. Wait %(num)d minutes, then try again.", minutes)
    return wait + " " + gettext("If you forgot your password, ask your team lead.")
