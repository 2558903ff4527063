"""The worker: a process of its own with one clock and one table of jobs. `python worker.py`.

APScheduler only says when. Jobs of one kind of work follow each other; the kinds run side by side, so that a slow
picture delays no mail. Every job takes its rows by compare-and-set, and each kind has its lease: a second worker that
was started by mistake does no harm, and takes over what the first one lets go.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

import config
from actions.offices.cancel_closed_day import cancel_closed_days
from app import create_app
from extensions import db
from jobs import deadlines, deliver_outbox, housekeeping, lease, make_pictures, seals
from uploads import forkserver

log = logging.getLogger("klarsag.worker")


@dataclass(frozen=True, slots=True)
class Job:
    """kind: which work it belongs to, and whose lease it needs. seconds: between two beginnings."""

    kind: str
    seconds: int
    run: Callable[[], object]


TIMETABLE: Mapping[str, Job] = {
    "deliver_outbox": Job("mail", 2, deliver_outbox.deliver_due),
    "make_pictures": Job("pictures", 1, make_pictures.make_waiting),
    "act_by_the_clock": Job("clock", 30, deadlines.act_by_the_clock),
    "cancel_closed_days": Job("clock", 60, cancel_closed_days),
    "watch_free_times": Job("clock", 1800, deadlines.watch_free_times),
    "erase": Job("clock", 600, housekeeping.erase_due),
    "fold_queue_counts": Job("books", 5, housekeeping.fold_queue_counts),
    "seal_chains": Job("books", 60, seals.seal_chains),
    "sweep_rows": Job("books", 3600, housekeeping.sweep_rows),
    "sweep_store": Job("books", 900, housekeeping.sweep_store),
    "open_days_ahead": Job("books", 3600, housekeeping.open_days_ahead),
}


class Worker:
    def __init__(self, app, timetable: Mapping[str, Job] = TIMETABLE) -> None:
        self.app, self.timetable, self.holder = app, timetable, lease.own_name()
        self.one_at_a_time = {job.kind: threading.Lock() for job in timetable.values()}
        self.at_work: set[str] = set()

    def run_job(self, name: str) -> None:
        """A job that breaks is told to the log and runs again at its next time; the others go on."""
        job = self.timetable[name]
        with self.one_at_a_time[job.kind], self.app.app_context():
            try:
                if lease.take(job.kind, self.holder):
                    self.at_work.add(job.kind)
                    job.run()
            except Exception:
                log.exception("job=%s status=failed", name)
            finally:
                self.at_work.discard(job.kind)
                db.session.remove()

    def renew(self) -> None:
        """A job may take longer than its lease holds: whoever is at work keeps it."""
        with self.app.app_context():
            for kind in sorted(self.at_work):
                try:
                    if not lease.take(kind, self.holder):
                        log.warning("lease=%s status=lost", kind)  # the rows themselves keep both apart
                except Exception:
                    log.exception("lease=%s status=not_renewed", kind)
            db.session.remove()

    def start(self) -> BackgroundScheduler:
        threads = ThreadPoolExecutor(len(self.timetable) + 1)  # one that waits for its turn keeps no other waiting
        scheduler = BackgroundScheduler(timezone=UTC, executors={"default": threads})
        every = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        for name, job in self.timetable.items():
            scheduler.add_job(self.run_job, "interval", seconds=job.seconds, args=[name], id=name, **every)
        scheduler.add_job(self.renew, "interval", seconds=lease.RENEW.seconds, id="renew", **every)
        scheduler.start()
        return scheduler

    def stop(self, scheduler: BackgroundScheduler) -> None:
        scheduler.shutdown(wait=True)
        with self.app.app_context():
            for kind in self.one_at_a_time:
                try:
                    lease.give_back(kind, self.holder)
                except Exception:
                    log.exception("lease=%s status=not_given_back", kind)  # it runs out by itself


def main() -> None:
    app = create_app(config.load_or_stop())
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    # A round that is still at work when its next one is due is no news: there is more to do than fits.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    forkserver.default().start()
    log.info("worker=started isolation=%s", forkserver.isolation_level())
    worker = Worker(app)
    scheduler = worker.start()
    stopped.wait()
    worker.stop(scheduler)


if __name__ == "__main__":
    main()
