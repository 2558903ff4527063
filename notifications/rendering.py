"""A mail in the reader's language: subject, plain text and its HTML twin. Plain Jinja and Babel; no web."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader

import i18n
from notifications.words import KINDS, Known

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "emails"


@cache
def _environment() -> Environment:
    # .txt must not be escaped ("Müller & Søn"), everything else must be.
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=_escapes)  # noqa: S701 - it decides by the name


def _escapes(name: str | None) -> bool:
    return not (name or "").endswith(".txt")


@cache
def translator(language: str) -> Any:
    """gettext of a language; English words where there is no catalogue."""
    found = Translations.load(str(i18n.LOCALES), [language])
    return (found if isinstance(found, NullTranslations) else NullTranslations()).gettext


def mail(kind: str, known: Known, *, language: str, brand: Any, to: str, sender: str, message_id: str) -> EmailMessage:
    """One mail, ready to be sent. Raises KeyError for a kind nobody wrote words for.

    message_id stays the same for every try and on every machine, so that a mail sent twice is seen as one.
    """
    _ = translator(language)
    words = KINDS[kind](_, known)
    given = {
        "_": _, "lang": language, "dir": i18n.direction(language), "brand": brand, "subject": words.subject,
        "said": words.said, "deadline": words.deadline, "reference": known.reference, "why": words.more,
        "lines": words.lines,
        "button_text": words.button[0] if words.button else "", "button_url": words.button[1] if words.button else "",
    }
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = words.subject, sender, to
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = f"<{message_id}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_environment().get_template("base.txt").render(given))
    message.add_alternative(_environment().get_template("base.html").render(given), subtype="html")
    message["Content-Language"] = language  # last: setting the content drops every Content header
    return message


def brand_of(settings: Any) -> Any:
    return SimpleNamespace(name=settings.brand.name, sea=settings.brand.sea, ink=settings.brand.ink)
