"""Many clients in several processes, all after the same seats at the same moment. Run inside the processes."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, Engine, create_engine, event, insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

import models  # noqa: F401 - the tables that appointments point to
from appointments import seats
from appointments.models import Appointment, AppointmentBlock, SlotBlock
from database import listen
from offices import queries as offices
from offices.models import OfficeClosure

PROCESSES = 4
THREADS = 8
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
NEW_DAY = date(2026, 11, 27)
THE_LEAD = 20  # the number of the one client who shuts the day instead
A_LOOK_TAKES_SECONDS = 0.01  # between looking and writing, in the controls only: what a person's page would do


@dataclass(frozen=True)
class Client:
    """Wants one seat in each of the blocks, for one file."""

    application_id: int
    block_ids: tuple[int, ...]


@dataclass
class Tally:
    outcomes: Counter = field(default_factory=Counter)

    @property
    def errors(self) -> int:
        return sum(n for outcome, n in self.outcomes.items() if outcome.startswith("error"))


def race(pool: ProcessPoolExecutor, url: str, clients: Sequence[Client], way: str = "guarded") -> Tally:
    """way: a name of WAYS. Every client tries once."""
    starts_at = time.time() + 0.5
    shares = [list(clients[n::PROCESSES]) for n in range(PROCESSES)]
    running = [pool.submit(_run_share, url, share, way, starts_at) for share in shares]
    return Tally(sum((done.result() for done in running), Counter()))


def _run_share(url: str, clients: list[Client], way: str, starts_at: float) -> Counter:
    engine = WAYS[way].engine(url)
    time.sleep(max(starts_at - time.time(), 0))
    with ThreadPoolExecutor(THREADS) as threads:
        outcomes = Counter(threads.map(lambda client: _try(engine, client, WAYS[way].book), clients))
    engine.dispose()
    return outcomes


def _try(engine: Engine, client: Client, book: Callable[[Session, Client], None]) -> str:
    try:
        with engine.connect() as connection, Session(bind=connection) as session:
            book(session, client)
            session.commit()
    except seats.SlotTaken:
        return "full"
    except IntegrityError as refused:
        return "refused by the database" if "one_live" in str(refused) or "application_id" in str(refused) else "check"
    except OperationalError as failed:
        return f"error {type(failed.orig).__name__}"
    return "booked"


# --- the way it is done, and the ways that do not work -----------------------------------------------------------


def guarded(session: Session, client: Client) -> None:
    session.connection(execution_options={"writes": True})
    seats.change_seats(session, take=client.block_ids)
    _keep(session, client)


def guarded_on_a_new_day(session: Session, client: Client) -> None:
    """Nobody has booked that day before: whoever comes makes its blocks, then takes the first one."""
    session.connection(execution_options={"writes": True})
    calendar = offices.calendar_of(session, 1, lock="share")
    blocks = seats.ensure_blocks(session, calendar, NEW_DAY, NEW_DAY)
    if not blocks:
        raise seats.SlotTaken
    seats.change_seats(session, take=[blocks[0].id])
    _keep(session, Client(client.application_id, (blocks[0].id,)))


def shut_the_new_day(session: Session, _client: Client) -> None:
    session.connection(execution_options={"writes": True})
    offices.calendar_of(session, 1, lock="change")
    session.add(OfficeClosure(office_id=1, day_on=NEW_DAY, because="x", closed_by="x", closed_at=NOW))
    session.flush()
    calendar = offices.calendar_of(session, 1)
    seats.resync_blocks(session, calendar, NEW_DAY, NEW_DAY, NOW)


def some_book_and_one_shuts(session: Session, client: Client) -> None:
    shuts = client.application_id == THE_LEAD
    (shut_the_new_day if shuts else guarded_on_a_new_day)(session, client)


def look_then_write(session: Session, client: Client) -> None:
    rows = session.execute(
        select(SlotBlock.taken, SlotBlock.capacity).where(SlotBlock.id.in_(client.block_ids))
    ).all()
    if any(taken >= capacity for taken, capacity in rows):
        raise seats.SlotTaken
    time.sleep(A_LOOK_TAKES_SECONDS)
    for block_id in sorted(client.block_ids):
        session.execute(update(SlotBlock).where(SlotBlock.id == block_id).values(taken=SlotBlock.taken + 1))
    _keep(session, client)


def _keep(session: Session, client: Client) -> None:
    row = Appointment(
        application_id=client.application_id, office_id=1, mode="office", starts_at=NOW, status="booked", people=1,
        ends_at=NOW + timedelta(minutes=10), zone="Europe/Copenhagen", wall_time="2026-11-26T09:00", booked_at=NOW,
    )  # fmt: skip
    session.add(row)
    session.flush()
    held = [{"appointment_id": row.id, "slot_block_id": block_id} for block_id in client.block_ids]
    session.execute(insert(AppointmentBlock), held)


def as_in_production(url: str) -> Engine:
    engine = create_engine(url, poolclass=NullPool)
    listen(engine)
    return engine


def without_the_check(url: str) -> Engine:
    """The engine as it is in production; only the database's own second net is taken away."""
    engine = as_in_production(url)
    _drop_check(engine)
    return engine


def as_the_driver_does(url: str) -> Engine:
    """SQLite as Python's driver speaks to it unaided: it begins a transaction at the first write, not before."""
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": 15})
    _drop_check(engine)
    return engine


def beginning_deferred(url: str) -> Engine:
    """SQLite with a plain BEGIN: the look is inside the transaction, the lock for writing comes too late."""
    engine = create_engine(url, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA busy_timeout=2000")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    _drop_check(engine)
    return engine


def _drop_check(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA ignore_check_constraints=ON"))


def drop_the_check_for_good(url: str) -> None:
    """PostgreSQL keeps the CHECK in the schema; SQLite is told on each connection not to look."""
    engine = create_engine(url, poolclass=NullPool)
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            name = "slot_block_never_more_taken_than_there_are"
            connection.execute(text(f"ALTER TABLE slot_block DROP CONSTRAINT {name}"))
    engine.dispose()


@dataclass(frozen=True)
class Way:
    engine: Callable[[str], Engine]
    book: Callable[[Session, Client], None]


WAYS = {
    "guarded": Way(as_in_production, guarded),
    "guarded without the check": Way(without_the_check, guarded),
    "guarded on a new day": Way(as_in_production, guarded_on_a_new_day),
    "some book and one shuts": Way(as_in_production, some_book_and_one_shuts),
    "look then write": Way(as_in_production, look_then_write),
    "look then write without the check": Way(without_the_check, look_then_write),
    "look then write as the driver does": Way(as_the_driver_does, look_then_write),
    "look then write after a plain begin": Way(beginning_deferred, look_then_write),
}
