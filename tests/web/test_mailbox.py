"""A house that is only tried out shows its mails; a real one does not."""

from email.message import EmailMessage

from notifications.posting import Mailbox
from tests.web.conftest import house_on


def a_mail(subject):
    mail = EmailMessage()
    mail["To"], mail["Subject"] = "amira@example.org", subject
    mail.set_content("Your code: 347FGH\n\nhttp://localhost/way-in/by-link/abc <b>bold</b>")
    mail.add_alternative("<p>html</p>", subtype="html")
    return mail


def test_the_newest_mail_stands_on_top_as_text(sqlite_url, tmp_path):
    house = house_on(sqlite_url, tmp_path, MAIL_URL="mailbox:")
    box = Mailbox(house.app.extensions["klarsag"].settings.var_dir / "mailbox")
    box.send(a_mail("First"))
    box.send(a_mail("Second"))

    page = house.browser().get("/mailbox")

    assert page.status_code == 200
    assert page.text.index("Second") < page.text.index("First")
    assert "347FGH" in page.text
    assert "&lt;b&gt;bold" in page.text
    assert "This is a trial house" in page.text
    assert 'href="http://localhost/way-in/by-link/abc"' in page.text


def test_a_house_that_sends_mail_has_no_such_page(sqlite_url, tmp_path):
    house = house_on(sqlite_url, tmp_path, MAIL_URL="smtp://localhost:25")

    assert house.browser().get("/mailbox").status_code == 404
