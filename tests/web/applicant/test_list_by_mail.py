"""The list of what is missing, by mail, in her language."""

from __future__ import annotations

from sqlalchemy import select

from extensions import services
from jobs.deliver_outbox import known_of
from notifications import rendering
from notifications.models import Outbox
from tests.web.applicant.walking import answer_everything, started, upload


def mails(house) -> list[Outbox]:
    return house.rows(select(Outbox).where(Outbox.kind == "missing_list").order_by(Outbox.id))


def text_of(house, row: Outbox) -> str:
    def render():
        brand = rendering.brand_of(services().settings)
        made = rendering.mail(row.kind, known_of(row), language=row.language, brand=brand, to="a@example.org",
                              sender="House <house@example.org>", message_id="1")  # fmt: skip
        return made.get_body(("plain",)).get_content() + made.get_body(("html",)).get_content()

    return house.run(render)


def test_she_gets_what_is_missing_and_not_what_is_in(house):
    amira = started(house)
    answer_everything(amira)
    upload(amira, "passport", {"q_expires_on": "2031-01-01", "q_shows_birth_place": "yes"}, choice="passport")

    amira.send("/file/list", on="/file")

    assert "on its way to your e-mail address" in amira.page
    text = text_of(house, mails(house)[0])
    assert text.count("Proof of your address") == 2
    assert "Passport" not in text
    assert "Proof" not in str(mails(house)[0].payload)


def test_it_comes_in_the_language_she_reads(house):
    house.app.extensions["klarsag_languages"] = ("en", "ar")
    amira = started(house)

    amira.send("/file/list", on="/file?lang=ar")

    row = mails(house)[0]
    assert row.language == "ar"
    assert "جواز" in text_of(house, row)
    assert "Passport" not in text_of(house, row)


def test_it_is_sent_a_few_times_an_hour_and_to_nobody_elses_address(house):
    amira = started(house)

    for _press in range(5):
        amira.send("/file/list", on="/file")

    assert "sent you this list already" in amira.page
    assert len(mails(house)) == 3
    assert {row.grant_id for row in mails(house)} == {house.rows(select(Outbox.grant_id))[0]}
