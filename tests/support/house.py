"""A whole house for journeys: the real pages on a real port, real mail, the jobs, and a movable clock."""

from __future__ import annotations

import re
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from werkzeug.serving import make_server

import clock
from extensions import db
from jobs import deadlines, deliver_outbox, housekeeping, make_pictures, seals
from tests.support.mail import MailServer
from tests.support.world import World, world


@dataclass
class House:
    made: World
    url: str
    mail: MailServer
    began: datetime
    started: float

    def now(self) -> datetime:
        """The house's clock: it runs, and wait() moves it on."""
        return self.began + timedelta(seconds=time.monotonic() - self.started)

    def wait(self, **span: float) -> None:
        self.began += timedelta(**span)

    def until(self, instant: datetime) -> None:
        """Let it be this moment; never earlier than now."""
        self.began += max(instant - self.now(), timedelta())

    def lets_go(self) -> None:
        """What the test itself has read or done holds a lock until it is over, and SQLite has one for all."""
        db.session.rollback()

    def work(self) -> None:
        """Let the worker do everything that is due."""
        for job in (deadlines.fire_due, deadlines.remind_due, deliver_outbox.deliver_due, make_pictures.make_waiting,
                    housekeeping.fold_queue_counts, seals.seal_chains):
            job()
            db.session.rollback()

    def lives_through(self, days: int) -> None:
        """Let days pass with the worker at work, as it is outside of tests: what is late is reminded of first."""
        for _day in range(days):
            self.wait(days=1)
            self.work()

    def code_from_mail(self, address: str) -> str:
        """The code of the newest mail to somebody, as she would type it."""
        self.work()
        return re.search(r"[A-Z0-9]{4}-?[A-Z0-9]{4}", self.mail.to(address)[-1].subject).group()


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


@contextmanager
def house(database_url: str, folder: Path, smtp: MailServer, now: datetime):
    port = free_port()
    url = f"http://localhost:{port}"
    clock.use(lambda: now)
    with world(database_url, folder, now, BASE_URL=url, MAIL_URL=smtp.url) as made:
        here = House(made, url, smtp, now, time.monotonic())
        clock.use(here.now)
        server = make_server("127.0.0.1", port, made.app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield here
        finally:
            server.shutdown()
            thread.join(timeout=10)
            clock.use(None)
