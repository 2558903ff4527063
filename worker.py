"""The worker: a process of its own with one clock and one table of jobs. `python worker.py`.

APScheduler only says when; every job takes its rows by compare-and-set, so a second worker does no harm and waits
for the lease.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from datetime import UTC

from apscheduler.schedulers.background import BackgroundScheduler

import config
from app import create_app
from extensions import db
from jobs import deadlines, deliver_outbox, housekeeping, lease, make_pictures
from uploads import forkserver

log = logging.getLogger("klarsag.worker")

# name -> (every so many seconds, job)
TIMETABLE: dict[str, tuple[int, Callable[[], object]]] = {
    "deliver_outbox": (2, deliver_outbox.deliver_due),
    "make_pictures": (1, make_pictures.make_waiting),
    "fold_queue_counts": (5, housekeeping.fold_queue_counts),
    "remind": (30, deadlines.remind_due),
    "fire_deadlines": (30, deadlines.fire_due),
    "watch_free_times": (1800, deadlines.watch_free_times),
    "seal_chains": (60, housekeeping.seal_chains),
    "erase": (600, housekeeping.erase_due),
    "sweep_rows": (3600, housekeeping.sweep_rows),
    "sweep_store": (900, housekeeping.sweep_store),
    "open_days_ahead": (3600, housekeeping.open_days_ahead),
}


class Worker:
    def __init__(self, app) -> None:
        self.app, self.holder = app, lease.own_name()
        self.one_at_a_time = threading.Lock()

    def run_job(self, name: str) -> None:
        """A job that breaks is told to the log and runs again at its next time; the others go on."""
        with self.one_at_a_time, self.app.app_context():
            try:
                if lease.take("worker", self.holder):
                    TIMETABLE[name][1]()
            except Exception:
                log.exception("job=%s status=failed", name)
            finally:
                db.session.remove()

    def start(self) -> BackgroundScheduler:
        scheduler = BackgroundScheduler(timezone=UTC)
        for name, (seconds, _) in TIMETABLE.items():
            scheduler.add_job(self.run_job, "interval", seconds=seconds, args=[name], id=name, coalesce=True,
                              max_instances=1, misfire_grace_time=None)
        scheduler.start()
        return scheduler

    def stop(self, scheduler: BackgroundScheduler) -> None:
        scheduler.shutdown(wait=True)
        with self.app.app_context():
            lease.give_back("worker", self.holder)


def main() -> None:
    app = create_app(config.load_or_stop())
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    forkserver.default().start()
    log.info("worker=started isolation=%s", forkserver.isolation_level())
    worker = Worker(app)
    scheduler = worker.start()
    stopped.wait()
    worker.stop(scheduler)


if __name__ == "__main__":
    main()
