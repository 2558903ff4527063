"""The rungs tests stand on: were one of them hollow, everything above would prove nothing."""

import smtplib
import threading
from contextlib import contextmanager
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool

import clock
from tests.support.now import NOW

STRICT = "default-src 'none'; script-src 'self'; style-src 'self'"
GOOD = "<!doctype html><html lang=en><title>Good</title><main><h1>Good</h1><p>All is well.</p></main></html>"
BAD = "<!doctype html><html lang=en><title>Bad</title><main><h1>Bad</h1><img src=x><input></main></html>"


@pytest.fixture
def engine(database_url):
    engine = create_engine(database_url, poolclass=NullPool)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("again", [1, 2])
def test_nothing_written_in_one_test_is_there_in_the_next(engine, again):
    assert not inspect(engine).has_table("left_behind")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE left_behind (id INTEGER)"))


def test_both_databases_are_the_real_ones(engine):
    with engine.connect() as connection:
        query = {"sqlite": "SELECT sqlite_version()", "postgresql": "SELECT version()"}[engine.dialect.name]
        assert connection.execute(text(query)).scalar()[0] in "3P"


def test_the_clock_stands_still_only_while_asked_to(now):
    assert clock.now() == now == NOW
    assert now.strftime("%A %H:%M") == "Wednesday 09:00"


def test_a_mail_arrives_as_its_receiver_reads_it(smtp):
    _send(smtp, "Dit møde er bestilt")
    (mail,) = smtp.to("amira@people.test")
    assert mail.subject == "Klar sag: أهلا"
    assert mail.text.strip() == "Dit møde er bestilt"
    assert smtp.to("ben@people.test") == []


def test_a_mail_server_that_refuses_keeps_nothing(smtp):
    smtp.refuse_next("550 nobody here")
    with pytest.raises(smtplib.SMTPDataError) as refused:
        _send(smtp, "lost")
    assert refused.value.smtp_code == 550
    assert smtp.mails == []


@pytest.mark.journey
def test_axe_finds_nothing_on_a_good_page_and_two_faults_on_a_bad_one_under_a_strict_policy(visit, axe):
    page = visit(phone=True)
    with _served({"/good": GOOD, "/bad": BAD}) as address:
        page.goto(f"{address}/good")
        assert axe(page) == []
        page.goto(f"{address}/bad")
        assert sorted(line.split()[1] for line in axe(page)) == ["image-alt:", "label:"]


@pytest.mark.journey
def test_a_browser_without_javascript_runs_none(visit):
    page = visit(javascript=False)
    page.set_content("<p id=said>still</p><script>said.textContent = 'moved'</script>")
    assert page.inner_text("#said") == "still"


def _send(smtp, words):
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Klar sag: أهلا", "house@city.test", "amira@people.test"
    message.set_content(words)
    host, port = smtp.url.removeprefix("smtp://").split(":")
    with smtplib.SMTP(host, int(port)) as client:
        client.send_message(message)


@contextmanager
def _served(pages):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path in pages else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", STRICT)
            self.end_headers()
            self.wfile.write(pages.get(self.path, "").encode())

        def log_message(self, *_words):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
