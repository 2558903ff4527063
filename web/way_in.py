"""How an applicant comes back to her file on any device: docs/adr/0040-way-back-in.md.

Reference -> a mail with a code and a link. Both work only in the browser that asked, once, for thirty minutes.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

import clock
import links
from accounts.rules import ASK_ADDRESS, ASK_REFERENCE, CODE_ADDRESS, CODE_HOLDS
from accounts.secrets import CODE_LENGTH, as_reference, folded, new_code, new_token
from actions.accounts.begin_applicant_session import begin_applicant_session
from actions.accounts.count_try import count_try
from actions.accounts.end_sessions import end_sessions
from actions.accounts.enter_code import enter_code
from actions.accounts.press_link import press_link
from actions.accounts.request_way_in import NewWayIn, request_way_in
from actions.accounts.sign_out import sign_out as end_session
from applications.facts import Actor
from web import sessions
from web.fields import CodeField
from web.forms import BaseForm, notice
from web.ground import fingerprint, fingerprints, klarsag, settings
from web.guards import applicant, own_path, public

bp = Blueprint("way_in", __name__)
VISITOR = Actor("visitor")
BROWSER, LINK = "ask", "link"  # Cookies: which browser asked; the token of the link, so that it leaves the address.
REFERENCE_SIGNS = 9


class AskForm(BaseForm):
    reference = StringField(_("File reference"), [InputRequired(_("Give your file reference.")), Length(max=40)])
    next = HiddenField()

    def validate_reference(self, field: StringField) -> None:
        if len(folded(field.data)) != REFERENCE_SIGNS:
            raise ValidationError(_("A file reference has nine letters and digits, like K7F-4QX-2MP."))


class CodeForm(BaseForm):
    code = CodeField(_("Code from the mail"), [InputRequired(_("Type the code from the mail.")), Length(max=40)])
    next = HiddenField()


@bp.route(links.WAY_IN, methods=["GET", "POST"])
@public
def ask():
    form = AskForm(next=request.args.get("next"))
    if sessions.load_applicant() and request.method == "GET":
        return redirect(own_path(request.args.get("next"), links.FILE), 303)
    if not form.was_sent():
        return render_template("accounts/way_in.html", form=form), form.status
    wait = mail_the_way_back(form.reference.data)
    if wait:
        form.say("", _wait_words(wait))
        return render_template("accounts/way_in.html", form=form), 429
    return redirect(url_for("way_in.code", next=own_path(form.next.data, "") or None), 303)


@bp.route(f"{links.WAY_IN}/code", methods=["GET", "POST"])
@public
def code():
    form = CodeForm(next=request.args.get("next"))
    asked = _browser()
    if not asked:
        return redirect(url_for("way_in.ask"), 303)
    if not form.was_sent():
        return render_template("accounts/way_in_code.html", form=form), form.status
    wait = count_try({_address("code"): CODE_ADDRESS}, actor=VISITOR)
    if wait:
        form.say("", _wait_words(wait))
        return render_template("accounts/way_in_code.html", form=form), 429
    if _code_opens(asked, form.code.data):
        return redirect(own_path(form.next.data, links.FILE), 303)
    # The same words for a wrong code, an old one, the sixth try and a file that does not exist.
    form.say("code", gettext("This code does not open anything. Check that it is from the newest mail and not older "
                             "than 30 minutes. After five wrong tries you need a new code."))
    return render_template("accounts/way_in_code.html", form=form), 422


@bp.get(links.WAY_IN_LINK + "<token>")
@public
def link(token: str):
    """A link from a mail. Nothing is opened and nothing used up: mail scanners follow links, too.

    The token goes into a cookie and out of the address at once, before anything could show or record it.
    """
    response = redirect(url_for("way_in.open_file"), 303)
    sessions.give(LINK, token[:100], timedelta(minutes=5))
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@bp.route(f"{links.WAY_IN}/open", methods=["GET", "POST"])
@public
def open_file():
    """The page behind the link: a button. Pressed in another browser than the one that asked, it opens nothing."""
    token = request.cookies.get(sessions.cookie_name(LINK), "")
    form = BaseForm()
    if not token:
        return redirect(url_for("way_in.ask"), 303)
    if not form.was_sent():
        return render_template("accounts/way_in_open.html", form=form, came="here" if _browser() else "elsewhere")
    wait = count_try({_address("code"): CODE_ADDRESS}, actor=VISITOR)
    came = "wait" if wait else _link_opens(token)
    if came == "let_in":
        return redirect(links.FILE, 303)
    return render_template("accounts/way_in_open.html", form=form, came=came), 429 if wait else 409


@bp.post("/sign-out")
@public
def sign_out():
    if sessions.load_applicant():
        end_session(g.session_id, actor=sessions.actor_of(g.grant))
    return _gone()


@bp.post("/sign-out-everywhere")
@applicant
def sign_out_everywhere():
    end_sessions(grant_id=g.grant.id, actor=g.actor)
    return _gone()


def let_in_who_started(grant_id: int, *, helping: Actor | None = None) -> None:
    """For the page that starts a file: this browser is in, without a code. The cookie comes with the answer.

    helping: who of the staff fills in the applicant's pages; what is done there carries their name.
    """
    token, digest = _new_session()
    begin_applicant_session(grant_id, token_digest=digest, holds=_holds(), helping_id=helping.id if helping else None,
                            actor=helping or Actor("applicant", grant_id))
    sessions.give(sessions.APPLICANT, token)


def mail_the_way_back(reference: str) -> datetime | None:
    """Code and link go to the address of that file, if there is one; this browser may use them. Until when to wait
    before asking again, None if the mail is on its way (or would be: nobody learns here which files exist).
    """
    browser, code, link = _browser() or new_token(), new_code(), new_token()
    way = NewWayIn(
        browser_digest=fingerprint(browser, "browser"), code_digest=fingerprint(code, "code"),
        link_digest=fingerprint(link, "link"), secret_sealed=klarsag().sealer.seal({"code": code, "link": link}),
    )
    kept = as_reference(reference)
    limits = {f"ask:{fingerprint(kept, 'reference')[:48]}": ASK_REFERENCE, _address("ask"): ASK_ADDRESS}
    wait = request_way_in(kept, way, limits, actor=VISITOR)
    sessions.give(BROWSER, browser, 2 * CODE_HOLDS)
    return wait


def _gone():
    sessions.take(sessions.APPLICANT)
    session.clear()
    notice("good", gettext("You have left your file. Everything is kept."))
    return redirect("/", 303)


def _code_opens(browser: str, typed: str) -> bool:
    if len(folded(typed)) != CODE_LENGTH:
        return False
    token, digest = _new_session()
    came = enter_code(
        browser_digests=fingerprints(browser, "browser"), code_digests=fingerprints(folded(typed), "code"),
        token_digest=digest, holds=_holds(), actor=VISITOR,
    )
    return _let_in(token) if came == "let_in" else False


def _link_opens(link: str) -> str:
    token, digest = _new_session()
    came = press_link(
        link_digests=fingerprints(link, "link"), browser_digests=fingerprints(_browser(), "browser"),
        token_digest=digest, holds=_holds(), actor=VISITOR,
    )
    if came == "let_in":
        _let_in(token)
    return came


def _let_in(token: str) -> bool:
    sessions.give(sessions.APPLICANT, token)
    sessions.take(BROWSER)
    sessions.take(LINK)
    return True


def _new_session() -> tuple[str, str]:
    token = new_token()
    return token, fingerprint(token, "session")


def _holds() -> timedelta:
    return timedelta(minutes=settings().applicant_absolute_minutes)


def _browser() -> str:
    return request.cookies.get(sessions.cookie_name(BROWSER), "")


def _address(what: str) -> str:
    return f"{what}:address:{fingerprint(request.remote_addr or '', 'address')[:48]}"


def _wait_words(until: datetime) -> str:
    minutes = max(1, math.ceil((until - clock.now()).total_seconds() / 60))
    return ngettext("You asked several times. Wait one minute, then try again.",
                    "You asked several times. Wait %(num)d minutes, then try again.", minutes)
