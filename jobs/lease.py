"""One worker at a time works: whoever holds the row. It is renewed while working and runs out by itself."""

from __future__ import annotations

import os
import secrets
import socket
from datetime import timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError

import clock
from actions.models import Lease
from extensions import db

HOLDS = timedelta(seconds=60)


def own_name() -> str:
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


def take(name: str, holder: str) -> bool:
    """Whether this worker may work for the next minute. The condition stands in the UPDATE: two cannot both win."""
    now = clock.now()
    db.session.rollback()
    db.session.connection(execution_options={"writes": True})
    if db.session.scalar(select(Lease.name).where(Lease.name == name)) is None:
        db.session.add(Lease(name=name, holder=holder, until_at=now + HOLDS))
        try:
            db.session.commit()
        except IntegrityError:
            db.session.rollback()  # another worker made the row in the same moment, and holds it
            return False
        return True
    won = db.session.execute(
        update(Lease).where(Lease.name == name, or_(Lease.holder == holder, Lease.until_at < now))
        .values(holder=holder, until_at=now + HOLDS).execution_options(synchronize_session=False))
    db.session.commit()
    return won.rowcount == 1


def give_back(name: str, holder: str) -> None:
    db.session.rollback()
    db.session.connection(execution_options={"writes": True})
    db.session.execute(update(Lease).where(Lease.name == name, Lease.holder == holder)
                       .values(until_at=clock.now()).execution_options(synchronize_session=False))
    db.session.commit()
