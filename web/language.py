"""In which language this request is answered, and the switch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, abort, current_app, g, redirect, request, url_for
from flask_babel import Domain, get_locale

import i18n
from extensions import babel
from web.ground import settings
from web.guards import own_path, public

T = TypeVar("T")
bp = Blueprint("language", __name__)
COOKIE = "language"
_YEAR = timedelta(days=365)


def register(app: Flask) -> None:
    chosen = app.extensions["klarsag"].settings
    app.config["BABEL_DEFAULT_LOCALE"] = chosen.default_language
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(i18n.LOCALES)
    app.extensions["klarsag_languages"] = i18n.offered(chosen.languages) or (i18n.SOURCE,)
    babel.init_app(app, locale_selector=lambda: str(i18n.locale_of(current())))
    app.extensions["babel"].instance.domain_instance = catalogues = Catalogues(domain="messages")
    words = catalogues.get_translations
    app.jinja_env.install_gettext_callables(
        gettext=lambda text: words().ugettext(text),
        ngettext=lambda one, many, number: words().ungettext(one, many, number), newstyle=True,
    )
    app.before_request(_asked_in_address)
    app.context_processor(_for_templates)


class Catalogues(Domain):
    """Looks for the catalogue once for each request, and not anew for every word of a page."""

    def get_translations(self) -> Any:
        return _once("catalogue", lambda _locale: super(Catalogues, self).get_translations())


def _once(name: str, work_out: Callable[[Any], T]) -> T:
    """What follows from the language, worked out once for each request and each language that it speaks."""
    locale, here = get_locale(), g.get("_flask_babel")
    kept = getattr(here, name, None)
    if kept and kept[0] is locale:
        return kept[1]
    found = work_out(locale)
    if here is not None:
        setattr(here, name, (locale, found))
    return found


def languages() -> tuple[str, ...]:
    """Codes of the languages that this house offers: wanted in the settings, and with a catalogue."""
    return current_app.extensions["klarsag_languages"]


def current() -> str:
    """The language of this request: the reader's choice, else her file's or account's, else her browser's."""
    for code in (g.get("language"), request.cookies.get(COOKIE), _of_who_asks(), _of_browser()):
        if code in languages():
            return code
    return settings().default_language if settings().default_language in languages() else languages()[0]


def code() -> str:
    """The language the present texts are in (within force_locale too)."""
    return _once("code", i18n.code_of)


@bp.get("/language/<code>")
@public
def switch(code: str) -> Response:
    """Remembers the choice in this browser only. It changes no file, so a link may do it."""
    if code not in languages():
        abort(404)
    return _remember(code, own_path(request.args.get("next"), "/"))


def _asked_in_address() -> Response | None:
    """?lang=ar on posters and in mails: remembered, then gone from the address."""
    wanted = request.args.get("lang")
    if wanted is None or request.method not in ("GET", "HEAD") or request.blueprint in (None, "api"):
        return None
    rest = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    clean = request.path + (f"?{urlencode(rest)}" if rest else "")
    return _remember(wanted if wanted in languages() else None, own_path(clean, "/"))


def _remember(code: str | None, then: str) -> Response:
    response = redirect(then, 303)
    if code:
        response.set_cookie(COOKIE, code, max_age=_YEAR, path="/", httponly=True, samesite="Lax",
                            secure=settings().is_https)
    return response


def _of_who_asks() -> str | None:
    if g.get("staff"):
        return g.staff.language
    return g.file.language if g.get("file") and g.get("grant") else None


def _of_browser() -> str | None:
    return request.accept_languages.best_match(languages())


def _for_templates() -> dict:
    now = code()
    return {"lang": now, "dir": i18n.direction(now), "languages": _choices(now) if len(languages()) > 1 else None}


def _choices(now: str) -> list[dict]:
    then = request.full_path.rstrip("?") if request.endpoint and request.method in ("GET", "HEAD") else "/"
    return [
        {"code": each, "name": i18n.own_name(each), "current": each == now,
         "url": url_for("language.switch", code=each, next=then)}
        for each in languages()
    ]
