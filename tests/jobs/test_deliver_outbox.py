"""Mail over a real SMTP server: once, or visibly not yet; never to somebody it no longer concerns."""

import logging
from dataclasses import replace

import pytest

import i18n
from accounts.models import AccessGrant
from actions.appointments.cancel_appointment import cancel_appointment
from actions.decisions.contact import change_contact, tried_to_reach
from applications.models import Application
from consultations.models import Consultation
from extensions import db, services
from jobs import deadlines, deliver_outbox
from notifications import enqueue
from tests.jobs.told import (
    AMIRAS_MAIL,
    asked_for_the_passport,
    booked,
    complete,
    deadline,
    mails_of,
    one_mail,
)
from tests.support import world as w
from tests.support.mail import MailServer


def test_what_was_queued_is_sent_once_and_never_again(made_on_each, smtp):
    w.amira_sends(made_on_each)

    assert deliver_outbox.deliver_due() == 1
    assert deliver_outbox.deliver_due() == 0

    (mail,) = smtp.to(AMIRAS_MAIL)
    assert mail.subject == "We have your file"
    assert one_mail("application_received").status == "sent"


def test_a_mail_has_a_plain_text_and_an_html_twin_that_say_the_same(made, smtp):
    file_id = w.amira_sends(made)
    deliver_outbox.deliver_due()

    (mail,) = smtp.mails
    assert mail.message.get_content_type() == "multipart/alternative"
    for body in (mail.text, mail.html):
        assert "You need to do nothing now." in body
        assert made.file(file_id).reference in body
    assert mail.message["Auto-Submitted"] == "auto-generated"


def test_a_mail_in_arabic_runs_from_right_to_left(made, smtp):
    file_id = w.amira_sends(made)
    db.session.get(Application, file_id).language = "ar"
    one_mail("application_received").language = "ar"
    db.session.commit()

    deliver_outbox.deliver_due()

    (mail,) = smtp.mails
    assert '<html lang="ar" dir="rtl">' in mail.html
    assert mail.message["Content-Language"] == "ar"
    in_arabic = any("\u0600" <= letter <= "\u06ff" for letter in mail.subject)
    assert in_arabic == ("ar" in i18n.offered(("ar",)))  # without a compiled catalogue English stands in
    assert '<strong dir="ltr" style' in mail.html  # a reference keeps its own direction


def test_a_mail_whose_cause_is_gone_is_void(made, smtp):
    file_id = booked(made)
    deliver_outbox.deliver_due()
    smtp.forget()
    booked_again = mails_of("appointment_booked")[0]
    booked_again.status, booked_again.sent_at = "queued", None
    db.session.commit()

    cancel_appointment(file_id, actor=w.AMIRA, now=made.now)
    deliver_outbox.deliver_due()

    assert one_mail("appointment_booked").status == "void"
    assert "Your time was cancelled" in [mail.subject for mail in smtp.mails]
    assert not [mail for mail in smtp.mails if mail.subject.startswith("Your time: ")]


def test_a_server_that_is_busy_is_asked_again_later_with_the_same_message_id(made, smtp):
    w.amira_sends(made)
    smtp.refuse_next("451 try again later")

    assert deliver_outbox.deliver_due() == 0
    row = one_mail("application_received")
    assert (row.status, row.tries, smtp.mails) == ("queued", 1, [])
    assert deliver_outbox.deliver_due() == 0  # not before its time

    made.wait(minutes=2)
    assert deliver_outbox.deliver_due() == 1
    (mail,) = smtp.mails
    assert mail.message["Message-ID"] == f"<{row.message_id}@klarsag.example>"


def test_a_crash_between_sending_and_marking_sends_the_same_message_id_again(made_on_each, smtp, monkeypatch):
    w.amira_sends(made_on_each)

    class Killed(BaseException):
        pass

    def killed(*_, **__):
        raise Killed

    with monkeypatch.context() as power_cut:
        power_cut.setattr(deliver_outbox, "_mark", killed)
        with pytest.raises(Killed):
            deliver_outbox.deliver_due()
    assert deliver_outbox.deliver_due() == 0  # the lease still holds

    made_on_each.wait(minutes=6)
    assert deliver_outbox.deliver_due() == 1
    first, second = smtp.mails
    assert first.message["Message-ID"] == second.message["Message-ID"]
    assert one_mail("application_received").status == "sent"


def test_who_was_too_slow_does_not_overwrite_what_the_next_one_wrote(made):
    w.amira_sends(made)
    slow = deliver_outbox._take()
    made.wait(minutes=6)
    deliver_outbox.deliver_due()

    deliver_outbox._mark(slow, 1, status="queued")

    assert one_mail("application_received").status == "sent"


def test_a_refusal_for_good_is_dead_and_the_file_is_unreachable_with_its_deadline_paused(made, smtp):
    file_id = asked_for_the_passport(made)
    deliver_outbox.deliver_due(1)  # the receipt
    smtp.refuse_next("550 no such mailbox")

    deliver_outbox.deliver_due()

    row = one_mail("consultation_opened")
    assert (row.status, row.tries) == ("dead", 1)
    assert "unreachable" in made.file(file_id).office_todo
    assert deadline(file_id, "consultation_reply").paused_at is not None
    made.wait(days=100)
    deadlines.fire_due()
    assert made.file(file_id).state == "open"


@pytest.fixture
def old_server():
    """One that takes ASCII addresses only."""
    server = MailServer(smtputf8=False)
    yield server
    server.stop()


def asked_at(made, address, server):
    file_id = asked_for_the_passport(made)
    grant = db.session.query(AccessGrant).one()
    grant.contact_sealed = services().sealer.seal({"email": address})
    db.session.commit()
    made.app.extensions["klarsag"] = replace(services(), settings=replace(services().settings, mail_url=server.url))
    deliver_outbox.deliver_due()
    return file_id


def test_an_address_that_the_server_cannot_write_to_is_given_up_at_once_and_the_office_knows(made, old_server):
    file_id = asked_at(made, "amíra@example.org", old_server)

    row = one_mail("consultation_opened")
    assert (row.status, row.tries, row.last_error) == ("dead", 1, "address needs SMTPUTF8")
    assert "unreachable" in made.file(file_id).office_todo
    assert old_server.mails == []


def test_an_address_in_any_script_is_written_to_where_the_server_can(made, smtp):
    file_id = asked_at(made, "amíra@example.org", smtp)

    assert one_mail("consultation_opened").status == "sent"
    assert smtp.mails[-1].recipients == ("amíra@example.org",)
    assert "unreachable" not in made.file(file_id).office_todo


@pytest.mark.parametrize(("address", "written"), [
    ("amira@straße.example", "amira@xn--strae-oqa.example"),
    ("amira@موقع.example", "amira@xn--4gbrim.example"),
])
def test_a_domain_in_any_script_is_known_to_every_server_by_its_ascii_name(made, old_server, address, written):
    asked_at(made, address, old_server)

    assert one_mail("consultation_opened").status == "sent"
    assert old_server.mails[-1].recipients == (written,)
    assert old_server.mails[-1].message["To"] == written


def test_a_domain_that_cannot_be_one_is_given_up_at_once(made, smtp):
    asked_at(made, "amira@\u0301x.example", smtp)

    assert one_mail("consultation_opened").last_error == "domain cannot be one"
    assert smtp.mails == []


def test_a_server_that_refuses_our_own_account_calls_nobody_unreachable(made, smtp, monkeypatch):
    import smtplib

    file_id = asked_for_the_passport(made)

    def refused(*_):
        raise smtplib.SMTPAuthenticationError(535, b"who are you")

    monkeypatch.setattr("notifications.posting.Smtp._connect", refused)
    deliver_outbox.deliver_due()

    assert {row.status for row in mails_of("consultation_opened")} == {"queued"}
    assert "unreachable" not in made.file(file_id).office_todo


def test_after_two_days_of_trying_a_mail_is_given_up_visibly(made, smtp):
    file_id = w.amira_sends(made)
    for _ in range(12):
        smtp.refuse_next("451 later")
        deliver_outbox.deliver_due()
        made.wait(days=1)

    row = one_mail("application_received")
    assert (row.status, row.tries) == ("dead", 9)
    assert "unreachable" in made.file(file_id).office_todo


def test_the_days_to_answer_count_from_when_the_server_took_the_mail(made, smtp):
    file_id = asked_for_the_passport(made)
    asked_until = db.session.query(Consultation).one().due_on
    assert deadline(file_id, "consultation_reply").paused_at is not None

    made.wait(days=3)
    deliver_outbox.deliver_due()

    consultation = db.session.query(Consultation).one()
    row = deadline(file_id, "consultation_reply")
    assert consultation.delivered_at == made.now
    assert (consultation.due_on - asked_until).days >= 3
    assert (row.paused_at, row.due_on) == (None, consultation.due_on)


def test_a_request_that_bounced_goes_to_the_new_address_and_not_to_the_old(made, smtp):
    file_id = asked_for_the_passport(made)
    deliver_outbox.deliver_due(1)
    smtp.refuse_next("550 no such mailbox")
    deliver_outbox.deliver_due()
    smtp.forget()

    change_contact(file_id, email="amira.new@example.org", identity_seen=True, actor=made.by("clara"), now=made.now)
    deliver_outbox.deliver_due()

    subjects = [mail.subject for mail in smtp.to("amira.new@example.org")]
    assert sorted(subjects) == ["The address of your file was changed", "We need something more from you"]
    assert [mail.subject for mail in smtp.to(AMIRAS_MAIL)] == ["The address of your file was changed"]
    assert deadline(file_id, "consultation_reply").paused_at is None


def test_a_letter_starts_the_days_that_no_mail_could_start(made, smtp):
    file_id = asked_for_the_passport(made)
    deliver_outbox.deliver_due(1)
    smtp.refuse_next("550 no such mailbox")
    deliver_outbox.deliver_due()

    tried_to_reach(file_id, ways=["phone", "letter"], actor=made.by("clara"), now=made.now)

    assert deadline(file_id, "consultation_reply").paused_at is None


def test_who_has_no_address_any_more_gets_nothing(made, smtp):
    w.amira_sends(made)
    db.session.query(AccessGrant).one().ended_at = made.now
    db.session.commit()

    assert deliver_outbox.deliver_due() == 0

    assert one_mail("application_received").status == "void"
    assert smtp.mails == []


def test_a_row_nobody_can_write_a_mail_of_is_dead_and_the_others_go_out(made, smtp):
    file_id = w.amira_sends(made)
    enqueue.put(db.session, kind="a_kind_without_words", language="en", now=made.now, dedup_key="odd",
                application_id=file_id, grant_id=1)
    db.session.commit()

    assert deliver_outbox.deliver_due() == 1

    assert one_mail("a_kind_without_words").status == "dead"
    assert "unreachable" not in made.file(file_id).office_todo


def test_no_line_of_the_log_tells_who_somebody_is(made, smtp, caplog):
    caplog.set_level(logging.DEBUG, logger="klarsag")
    complete(made)
    smtp.refuse_next("550 no such mailbox")
    deliver_outbox.deliver_due()

    written = caplog.text
    assert "kind=" in written
    for marker in (AMIRAS_MAIL, "Amira", "Haddad", "Nørregade", "page.jpg"):
        assert marker not in written
