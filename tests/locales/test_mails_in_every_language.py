"""Every mail can be sent in every language: in its words, and written from its side of the page."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

import i18n
from notifications import rendering
from notifications.words import KINDS, Known

BRAND = SimpleNamespace(name="House", sea="#123456", ink="#111111")
KNOWN = Known(base_url="https://house.example", reference="K7F-4QX-2MP", due_day="يوم", moment="وقت", place="مكان",
              count=2, code="ABCD-2345", link="https://house.example/way-in/x")
ARABIC = re.compile(r"[\u0600-\u06ff]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
OF_THE_CASE = re.compile(r"https?://\S+|K7F-4QX-2MP|ABCD-2345|House|<[^>]+>|&\w+;")


@pytest.fixture
def mail(locales, monkeypatch):
    monkeypatch.setattr(i18n, "LOCALES", locales)
    rendering.translator.cache_clear()
    yield lambda kind, language: rendering.mail(
        kind, KNOWN, language=language, brand=BRAND, to="a@b.example", sender="House <h@house.example>", message_id="1")
    rendering.translator.cache_clear()


def parts(message) -> tuple[str, str]:
    return (message.get_body(("plain",)).get_content(), message.get_body(("html",)).get_content())


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_mail_in_arabic_is_arabic_throughout_and_runs_from_right_to_left(mail, kind):
    message = mail(kind, "ar")
    plain, html = parts(message)
    assert message["Content-Language"] == "ar"
    assert ARABIC.search(message["Subject"])
    assert re.search(r'<html[^>]* lang="ar"[^>]* dir="rtl"', html)
    assert LATIN_WORD.findall(OF_THE_CASE.sub(" ", f"{message['Subject']} {plain}")) == []


def test_a_mail_in_english_runs_from_left_to_right(mail):
    _, html = parts(mail("file_complete", "en"))
    assert re.search(r'<html[^>]* lang="en"[^>]* dir="ltr"', html)
    assert not ARABIC.search(html)


def test_a_mail_in_a_language_we_do_not_have_is_english_not_lost(mail):
    assert mail("file_complete", "eo")["Subject"] == "Your file is complete: book a time"
