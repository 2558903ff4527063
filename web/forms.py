"""What all forms share: tidy text, a key that makes a second press harmless, one-time notices."""

from __future__ import annotations

import re
import unicodedata
import uuid
from typing import Any

from flask import Flask, flash, get_flashed_messages, request
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, StringField
from wtforms.validators import Length

import logs
from extensions import csrf

KEY_FIELD = "idempotency_key"
TEXT_MAX_SIGNS = 4000
_KEY = re.compile(r"[0-9a-f]{32}")
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_OF_FORMS = {KEY_FIELD, "csrf_token"}


def tidy(typed: Any) -> Any:
    """Text as it is kept: one spelling of each letter, no control signs, none that turn the line, no blank ends."""
    if not isinstance(typed, str):
        return typed
    return _UNWANTED.sub("", unicodedata.normalize("NFC", typed)).replace("\r\n", "\n").strip()


class BaseForm(FlaskForm):
    """One class per page. Checks shape (present, length, date); what is allowed is the action's to say.

    `if form.was_sent():` -> act with key=form.key; else render the page with 422 if form.errors, else 200.
    """

    class Meta:
        def bind_field(self, form: BaseForm, unbound: Any, options: dict[str, Any]) -> Field:
            field = unbound.bind(form=form, **options)
            if isinstance(field, StringField) and not isinstance(field, PasswordField):
                field.filters = [*(field.filters or ()), tidy]
                if not any(isinstance(each, Length) for each in field.validators):
                    field.validators = [*field.validators, Length(max=TEXT_MAX_SIGNS, message=_too_long())]
            return field

    def was_sent(self) -> bool:
        """Sent by POST and in shape. What the form does not know is left out, and noted."""
        if self.is_submitted():
            self._note_unexpected()
        return bool(self.validate_on_submit())

    @property
    def key(self) -> str:
        """For the page: form(key=form.key); for the action: act(..., key=form.key). The same until it succeeds."""
        return sent_key() or new_key()

    @property
    def status(self) -> int:
        """Of a page that shows this form: 422 when something is not right with it."""
        return 422 if self.errors else 200

    def say(self, field: str, words: str) -> None:
        """Put an action's refusal beside the field it is about; "" puts it on top."""
        if field:
            self[field].errors = [*self[field].errors, words]
        else:
            self.form_errors.append(words)

    def _note_unexpected(self) -> None:
        names = {re.sub(r"-(day|month|year)$", "", name) for name in request.form}
        unexpected = names - {field.name for field in self} - _OF_FORMS
        if unexpected:
            logs.note("unexpected_fields", endpoint=request.endpoint, count=len(unexpected))


def _too_long() -> Any:
    return lazy_gettext("This is too long. At most %(max)d signs fit.")


def new_key() -> str:
    return uuid.uuid4().hex


def sent_key() -> str | None:
    """The key that came with this form, for buttons without a form class; None if it is missing or malformed."""
    key = request.form.get(KEY_FIELD, "") if request.method == "POST" else ""
    return key if _KEY.fullmatch(key) else None


def notice(kind: str, text: str) -> None:
    """Say something once on the next page. kind: info, good, look, must. No personal data: it travels in a cookie."""
    flash(str(text), kind)


def notices() -> list[tuple[str, str]]:
    """(kind, text) said since the last page; for templates."""
    return get_flashed_messages(with_categories=True)  # type: ignore[return-value]


def register(app: Flask) -> None:
    https = app.extensions["klarsag"].settings.is_https
    app.config.update(
        SESSION_COOKIE_NAME="__Host-klarsag-form" if https else "klarsag-form",
        SESSION_COOKIE_SECURE=https, SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        # The token lives as long as the browser; a page may stay open over lunch. Sessions end by their rows.
        WTF_CSRF_TIME_LIMIT=None,
        # Some browsers and companies strip the referrer; Sec-Fetch-Site is asked instead (below).
        WTF_CSRF_SSL_STRICT=False,
    )
    app.before_request(_from_own_pages)
    csrf.init_app(app)
    app.jinja_env.globals.update(notices=notices, new_key=new_key)


def _from_own_pages() -> None:
    """Browsers say where a request comes from; what comes from a stranger's page is refused before it is read."""
    if request.method in ("GET", "HEAD", "OPTIONS") or request.endpoint is None:
        return
    if request.headers.get("Sec-Fetch-Site", "none") in ("cross-site", "same-site"):
        raise ForeignForm


class ForeignForm(Exception):
    """A form that another site sent in the name of somebody who is signed in here."""

