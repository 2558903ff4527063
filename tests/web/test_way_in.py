"""How an applicant comes back to her file: by a code or a link from a mail, in the browser that asked, once."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from accounts.models import AccessGrant, LoginCode, WebSession
from extensions import db, services
from notifications.models import Outbox
from tests.support import world


@pytest.fixture
def file(house):
    def start():
        file = house.made.file(world.amira_starts(house.made))
        return file.id, file.reference

    return house.run(start)


def mails(house):
    return house.rows(select(Outbox).where(Outbox.kind == "way_in").order_by(Outbox.id))


def secrets_of(house, mail):
    return house.run(lambda: services().sealer.open(mail.secret_sealed))


def ask(browser, reference, **more):
    return browser.send("/way-in", {"reference": reference, **more})


def newest(house):
    return secrets_of(house, mails(house)[-1])


def is_in(browser):
    return browser.cookie("klarsag-file") is not None


def sessions_of(house):
    return house.rows(select(WebSession))


def test_a_code_from_the_mail_lets_her_in(house, file):
    amira = house.browser()
    assert ask(amira, file[1]).headers["Location"] == "/way-in/code"
    answer = amira.send("/way-in/code", {"code": newest(house)["code"]})
    assert answer.headers["Location"] == "/file"
    assert is_in(amira)
    assert len(sessions_of(house)) == 1


def test_the_code_may_be_typed_small_and_with_spaces(house, file):
    amira = house.browser()
    ask(amira, file[1].lower().replace("-", " "))
    code = newest(house)["code"].lower()
    amira.send("/way-in/code", {"code": f" {code[:4]} - {code[4:]} "})
    assert is_in(amira)


def test_the_mail_goes_through_the_outbox_in_her_language_and_says_its_secrets_to_nobody_else(house, file):
    ask(house.browser(), file[1])
    [mail] = mails(house)
    assert (mail.application_id, mail.language, mail.status) == (file[0], "en", "queued")
    kept = newest(house)
    assert set(kept) == {"code", "link"}
    assert len(kept["code"]) == 8
    assert len(kept["link"]) >= 43
    [row] = house.rows(select(LoginCode))
    for secret in kept.values():
        assert secret not in f"{mail.payload}{mail.secret_sealed}{mail.cause}{row.code_digest}{row.link_digest}"


def test_a_file_that_does_not_exist_gets_the_same_answers(house, file):
    known, unknown = house.browser(), house.browser()
    asked = [ask(known, file[1]), ask(unknown, "AAA-BBB-CCC")]
    assert asked[0].status_code == asked[1].status_code
    assert asked[0].headers["Location"] == asked[1].headers["Location"]
    for _ in range(6):
        typed = [each.send("/way-in/code", {"code": "34679CDF"}) for each in (known, unknown)]
        pages = [re.sub(r'(csrf_token"? value="|"X-CSRFToken": ")[^"]+', "", each.text) for each in typed]
        assert typed[0].status_code == typed[1].status_code == 422
        assert pages[0] == pages[1]
    assert len(mails(house)) == 1


def test_a_reference_of_another_shape_is_told_what_one_looks_like_and_keeps_what_was_typed(house):
    answer = ask(house.browser(), "K7F-4QX")
    assert answer.status_code == 422
    assert "nine letters and digits" in answer.text
    assert 'value="K7F-4QX"' in answer.text


def test_the_code_works_in_no_other_browser(house, file):
    amira, thief = house.browser(), house.browser()
    ask(amira, file[1])
    code = newest(house)["code"]
    ask(thief, "AAA-BBB-CCC")
    assert thief.send("/way-in/code", {"code": code}).status_code == 422
    assert not is_in(thief)
    amira.send("/way-in/code", {"code": code})
    assert is_in(amira)


def test_a_code_works_once(house, file):
    amira = house.browser()
    ask(amira, file[1])
    kept = amira.cookie("klarsag-ask").value
    code = newest(house)["code"]
    amira.send("/way-in/code", {"code": code})
    again = house.browser()
    again.client.set_cookie("klarsag-ask", kept)
    assert again.send("/way-in/code", {"code": code}).status_code == 422
    assert len(sessions_of(house)) == 1


def test_a_code_is_void_after_half_an_hour(house, file):
    amira = house.browser()
    ask(amira, file[1])
    house.wait(minutes=31)
    amira.send("/way-in/code", {"code": newest(house)["code"]})
    assert not is_in(amira)


def test_five_wrong_tries_use_a_code_up(house, file):
    amira = house.browser()
    ask(amira, file[1])
    for _ in range(5):
        amira.send("/way-in/code", {"code": "34679CDF"})
    amira.send("/way-in/code", {"code": newest(house)["code"]})
    assert not is_in(amira)
    ask(amira, file[1])
    amira.send("/way-in/code", {"code": newest(house)["code"]})
    assert is_in(amira)


def test_only_the_newest_code_works(house, file):
    amira = house.browser()
    ask(amira, file[1])
    old = newest(house)
    ask(amira, file[1])
    amira.send("/way-in/code", {"code": old["code"]})
    assert not is_in(amira)
    follow(amira, old["link"])
    press(amira)
    assert not is_in(amira)


def test_somebody_else_asking_for_the_same_file_does_not_spoil_her_code(house, file):
    amira = house.browser()
    ask(amira, file[1])
    code = newest(house)["code"]
    ask(house.browser(), file[1])
    amira.send("/way-in/code", {"code": code})
    assert is_in(amira)


def follow(browser, link, method="get"):
    return getattr(browser.client, method)(f"/way-in/by-link/{link}", follow_redirects=True)


def press(browser):
    page = browser.get("/way-in/open")
    token = re.search(r'csrf_token" value="([^"]+)"', page.text)
    return browser.client.post("/way-in/open", data={"csrf_token": token.group(1) if token else "none"})


def test_the_link_opens_a_page_with_a_button_and_the_button_lets_her_in(house, file):
    amira = house.browser()
    ask(amira, file[1])
    page = follow(amira, newest(house)["link"])
    assert not is_in(amira)
    assert "Open my file" in page.text
    assert press(amira).headers["Location"] == "/file"
    assert is_in(amira)


def test_the_token_leaves_the_address_at_once_and_is_on_no_page(house, file):
    amira = house.browser()
    ask(amira, file[1])
    link = newest(house)["link"]
    answer = amira.get(f"/way-in/by-link/{link}")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/way-in/open"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert link not in answer.text
    assert link not in amira.get("/way-in/open").text


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_mail_scanner_that_follows_the_link_uses_nothing_up(house, file, method):
    amira, scanner = house.browser(), house.browser()
    ask(amira, file[1])
    link = newest(house)["link"]
    for _ in range(3):
        follow(scanner, link, method)
    assert sessions_of(house) == []
    follow(amira, link)
    press(amira)
    assert is_in(amira)


def test_a_scanner_that_even_presses_buttons_gets_no_session_and_the_link_stays_good(house, file):
    amira, scanner = house.browser(), house.browser()
    ask(amira, file[1])
    link = newest(house)["link"]
    page = follow(scanner, link)
    assert "You asked for this in another browser" in page.text
    assert press_blindly(scanner).status_code == 409
    assert not is_in(scanner)
    follow(amira, link)
    press(amira)
    assert is_in(amira)


def press_blindly(browser):
    """Post to the page's address with a token from elsewhere, as a clever robot would."""
    return browser.client.post("/way-in/open", data={"csrf_token": browser.token("/way-in")})


def test_a_forwarded_link_opens_nothing_even_for_one_who_asked_for_another_file(house, file):
    amira, ben = house.browser(), house.browser()
    ask(amira, file[1])
    link = newest(house)["link"]
    ask(ben, "AAA-BBB-CCC")
    follow(ben, link)
    answer = press(ben)
    assert "another browser" in answer.text
    assert not is_in(ben)
    assert file[1] not in answer.text


def test_a_link_works_once(house, file):
    amira = house.browser()
    ask(amira, file[1])
    kept, link = amira.cookie("klarsag-ask").value, newest(house)["link"]
    follow(amira, link)
    press(amira)
    again = house.browser()
    again.client.set_cookie("klarsag-ask", kept)
    follow(again, link)
    assert "does not open anything any more" in press(again).text
    assert not is_in(again)


def test_asking_again_and_again_must_wait_whether_the_file_exists_or_not(house, file):
    for reference, sent in ((file[1], 5), ("AAA-BBB-CCC", 0)):
        browser = house.browser(REMOTE_ADDR=f"10.0.1.{sent}")
        before = len(mails(house))
        statuses = [ask(browser, reference).status_code for _ in range(6)]
        assert statuses == [303] * 5 + [429]
        assert len(mails(house)) - before == sent


def test_a_grant_that_ended_lets_nobody_in_and_puts_out_who_is_in(house, file):
    amira = house.browser()
    ask(amira, file[1])
    amira.send("/way-in/code", {"code": newest(house)["code"]})
    with house.app.app_context():
        db.session.scalars(select(AccessGrant)).one().ended_at = house.made.now
        db.session.commit()
    assert amira.get("/way-in").status_code == 200  # she is asked for her reference again
    ask(amira, file[1])
    assert len(mails(house)) == 1


def test_neither_reference_nor_code_nor_address_reaches_the_log(house, file, caplog):
    amira = house.browser(REMOTE_ADDR="10.1.2.3")
    ask(amira, file[1])
    kept = newest(house)
    follow(amira, kept["link"])
    amira.send("/way-in/code", {"code": kept["code"]})
    logged = "\n".join(f"{record.getMessage()} {getattr(record, 'fields', '')}" for record in caplog.records)
    assert "/way-in/by-link/<token>" in logged
    for secret in (file[1], kept["code"], kept["link"], "10.1.2.3", "amira"):
        assert secret not in logged
