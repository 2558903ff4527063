"""The process that does what falls due: kinds of work side by side, each under its lease; and two by mistake."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select, update

from accounts.models import AccessGrant
from actions.models import Lease
from actions.offices.shut_day import shut_day
from appointments.models import Appointment
from extensions import db, services
from jobs import lease
from notifications import enqueue
from notifications.models import Outbox
from tests.jobs.told import THURSDAY_TEN, booked, mails_of
from tests.support import world as w
from worker import TIMETABLE, Job, Worker

ROOT = Path(__file__).parents[2]
PATIENCE = 40  # seconds until a test gives up on a process


def until_true(ask, seconds=PATIENCE):
    ends = time.monotonic() + seconds
    while not ask():
        assert time.monotonic() < ends, "waited too long"
        time.sleep(0.1)


# --- leases ------------------------------------------------------------------------------------------------------


def test_of_two_workers_one_works_until_its_lease_runs_out(made_on_each):
    made = made_on_each
    assert lease.take("mail", "one") is True
    assert lease.take("mail", "two") is False
    assert lease.take("mail", "one") is True

    made.wait(seconds=61)
    assert lease.take("mail", "two") is True
    assert lease.take("mail", "one") is False


def test_a_worker_that_ends_hands_the_lease_over_at_once(made):
    lease.take("mail", "one")
    lease.give_back("mail", "one")
    made.wait(seconds=1)

    assert lease.take("mail", "two") is True


def test_a_job_every_second_does_not_write_its_lease_every_second(made):
    lease.take("pictures", "one")
    first = held_until("pictures")

    made.wait(seconds=15)
    assert (lease.take("pictures", "one"), held_until("pictures")) == (True, first)
    made.wait(seconds=10)
    assert lease.take("pictures", "one") is True
    assert held_until("pictures") > first


def held_until(kind):
    db.session.rollback()
    return db.session.scalar(select(Lease.until_at).where(Lease.name == kind))


def test_the_second_worker_does_no_job_of_a_kind_that_the_first_one_holds(made, smtp):
    w.amira_sends(made)
    first, second = Worker(made.app), Worker(made.app)
    first.run_job("deliver_outbox")
    w.amira_sends(made)
    smtp.forget()

    second.run_job("deliver_outbox")
    assert smtp.mails == []
    first.run_job("deliver_outbox")
    assert len(smtp.mails) == 1


# --- kinds of work -----------------------------------------------------------------------------------------------


def run(worker, name):
    db.session.rollback()  # what this test has read must not hold SQLite's lock against the worker
    worker.run_job(name)


@contextmanager
def stuck(made, **timetable):
    """A worker whose pictures take until the test is over."""
    begun, over = threading.Event(), threading.Event()

    def draws():
        begun.set()
        over.wait(PATIENCE)

    worker = Worker(made.app, {**TIMETABLE, "make_pictures": Job("pictures", 1, draws), **timetable})
    thread = threading.Thread(target=worker.run_job, args=["make_pictures"])
    thread.start()
    assert begun.wait(PATIENCE)
    try:
        yield worker
    finally:
        over.set()
        thread.join()


def test_a_slow_picture_delays_no_mail(made_on_each, smtp):
    w.amira_sends(made_on_each)

    with stuck(made_on_each) as worker:
        worker.run_job("deliver_outbox")

        assert len(smtp.mails) == 1


def test_a_job_that_takes_longer_than_its_lease_keeps_it(made_on_each):
    made = made_on_each
    with stuck(made) as worker:
        for _ in range(4):
            made.wait(seconds=lease.RENEW.seconds)
            worker.renew()
            assert lease.take("pictures", "another worker") is False
        assert "mail" not in {name for (name,) in db.session.execute(select(Lease.name))}  # only what is at work

    made.wait(seconds=61)
    worker.renew()
    assert lease.take("pictures", "another worker") is True


def test_a_day_that_was_shut_is_told_to_everybody_by_the_worker_too(made):
    booked(made)
    shut_day(made.offices["house"], THURSDAY_TEN.date(), because="Flood", actor=made.by("lena"), now=made.now)
    worker = Worker(made.app)

    run(worker, "cancel_closed_days")
    assert mails_of("office_closed_day") == []  # the lead may still be looking at the list
    made.wait(minutes=11)
    run(worker, "cancel_closed_days")

    assert len(mails_of("office_closed_day")) == 1
    assert db.session.scalar(select(Appointment.status)) == "cancelled"


# --- two workers by mistake --------------------------------------------------------------------------------------


@contextmanager
def two_workers(made):
    """Two real processes on the same database. What they have in common is only what it holds."""
    told = services().settings
    environ = {
        **os.environ, "KLARSAG_PRODUCTION": "no", "DATABASE_URL": told.database_url, "SECRET_KEY": told.secret_key,
        "SEALING_KEYS": " ".join(told.sealing_keys), "AUDIT_KEY": told.audit_key, "BASE_URL": told.base_url,
        "MAIL_URL": told.mail_url, "MAIL_FROM": told.mail_from, "VAR_DIR": str(told.var_dir),
    }
    workers = [subprocess.Popen([sys.executable, ROOT / "worker.py"], cwd=ROOT, env=environ) for _ in range(2)]
    try:
        yield workers
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


def mails_waiting(file_id, number):
    """Due by any clock: the processes look at a real one."""
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    grant_id = db.session.scalar(select(AccessGrant.id).where(AccessGrant.application_id == file_id))
    for n in range(number):
        enqueue.put(db.session, kind="application_received", language="en", now=long_ago, dedup_key=f"race:{n}",
                    application_id=file_id, grant_id=grant_id)
    db.session.commit()


def looked_up(question):
    """Nothing is held afterwards: a reader would keep the processes from committing on SQLite."""
    db.session.rollback()
    found = db.session.execute(question).all()
    db.session.rollback()
    return found


def unsent():
    return looked_up(select(func.count()).select_from(Outbox).where(Outbox.status != "sent"))[0][0]


def holders():
    return dict(looked_up(select(Lease.name, Lease.holder)))


def test_two_workers_started_by_mistake_send_every_mail_once_and_one_outlives_the_other(made_on_each, smtp):
    made = made_on_each
    file_id = w.amira_sends(made)
    mails_waiting(file_id, 9)

    with two_workers(made) as workers:
        until_true(lambda: unsent() == 0)
        sent = Counter(mail.message["Message-ID"] for mail in smtp.mails)
        assert (len(sent), set(sent.values())) == (10, {1})

        first = next(one for one in workers if f":{one.pid}:" in holders()["mail"])
        other = next(one for one in workers if one is not first)
        first.send_signal(signal.SIGTERM)
        assert first.wait(PATIENCE) == 0
        mails_waiting_again(file_id)
        until_true(lambda: unsent() == 0)
        assert f":{other.pid}:" in holders()["mail"]
        assert len(smtp.mails) == 11
        other.send_signal(signal.SIGTERM)
        assert other.wait(PATIENCE) == 0


def mails_waiting_again(file_id):
    db.session.execute(update(Outbox).where(Outbox.dedup_key == "race:0")
                       .values(status="queued", tries=0, sent_at=None))
    db.session.commit()
