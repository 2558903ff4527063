"""How the house stands: what `flask doctor` tells. Ids, numbers and codes only."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, text

import clock
import database
import i18n
from accounts.models import ROLES, Staff, StaffRole
from actions.models import Lease
from extensions import db, services
from notifications.models import Outbox
from uploads import forkserver

MAIL_MAY_WAIT = timedelta(minutes=15)
# By the kinds of work of worker.py.
WHAT_WAITS = {"mail": "nothing is sent", "clock": "nothing falls due", "pictures": "no picture is made",
              "books": "nothing is swept, counted or sealed"}


@dataclass(frozen=True)
class Line:
    """well: nobody needs to do anything about it."""

    name: str
    says: str
    well: bool = True


def lines() -> Iterator[Line]:
    for ask in _ASKED:
        yield from ask()
        db.session.rollback()


def shape() -> Iterator[Line]:
    import migrations_run  # noqa: PLC0415 - brings Alembic, which a web process never runs

    found = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    newest = migrations_run.newest()
    yield Line("migrations", f"at {found}, newest is {newest}", found == newest)


def journal() -> Iterator[Line]:
    """SQLite's journal, and why it is that one. See database.py."""
    if db.engine.dialect.name != "sqlite":
        yield Line("database", str(db.session.scalar(text("SHOW server_version"))))
        return
    mode, version = db.session.scalar(text("PRAGMA journal_mode")), sqlite3.sqlite_version
    safe = database.wal_is_safe(sqlite3.sqlite_version_info)
    why = "this build has the fixed write-ahead log" if safe else "the write-ahead log of this build may lose commits"
    yield Line("database", f"SQLite {version}, journal {mode}: {why}", (mode == "wal") == safe)


def isolation() -> Iterator[Line]:
    try:
        level = forkserver.isolation_level()
    except OSError as broken:
        yield Line("isolation of parsers", f"no child can be started ({type(broken).__name__})", False)
        return
    yield Line("isolation of parsers", level)


def store() -> Iterator[Line]:
    faults = services().store.faults()
    yield Line("store", ", ".join(faults) or "its folders are ours alone", not faults)


def worker() -> Iterator[Line]:
    """Each kind of work renews its lease before a job and during a long one."""
    until = dict(db.session.execute(select(Lease.name, Lease.until_at).order_by(Lease.name)).all())
    if not until:
        yield Line("worker", "never ran here", False)
    silent = {name: at for name, at in until.items() if at < clock.now()}
    for name, at in silent.items():
        yield Line("worker", f"{name} silent since {_ago(at)}: {WHAT_WAITS.get(name, 'its work waits')}", False)
    if until and not silent:
        yield Line("worker", "at work")


def outbox() -> Iterator[Line]:
    waiting = select(func.count(), func.min(Outbox.queued_at)).where(Outbox.status.in_(("queued", "leased")))
    number, oldest = db.session.execute(waiting).one()
    late = number and clock.now() - oldest > MAIL_MAY_WAIT
    yield Line("outbox", f"{number} waiting" + (f", the oldest since {_ago(oldest)}" if number else ""), not late)
    dead = db.session.scalar(select(func.count()).select_from(Outbox).where(Outbox.status == "dead"))
    yield Line("mails given up", str(dead), not dead)


def languages() -> Iterator[Line]:
    """Languages that are wanted and have no compiled catalogue: readers get English there."""
    wanted = services().settings.languages
    silent = sorted(set(wanted) - set(i18n.offered(wanted)))
    yield Line("languages", f"no catalogue for {' '.join(silent)}" if silent else " ".join(wanted), not silent)


def staff() -> Iterator[Line]:
    by_role = dict(db.session.execute(
        select(StaffRole.role, func.count(func.distinct(StaffRole.staff_id)))
        .join(Staff, Staff.id == StaffRole.staff_id).where(Staff.ended_at.is_(None)).group_by(StaffRole.role)).all())
    missing = [role for role in ROLES if not by_role.get(role)]
    says = ", ".join(f"{role} {by_role.get(role, 0)}" for role in ROLES)
    yield Line("staff with a role", says, not missing)


def _ago(then: datetime) -> str:
    minutes = int((clock.now() - then) / timedelta(minutes=1))
    return f"{minutes} minutes ago" if minutes < 120 else f"{minutes // 60} hours ago"


_ASKED: tuple[Callable[[], Iterator[Line]], ...] = (shape, journal, isolation, store, worker, outbox, languages, staff)
