"""One worker at a time does one kind of work: whoever holds its row. Renewed while working, it runs out by itself."""

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
RENEW = timedelta(seconds=20)  # so early that two failures in a row do not lose it


def own_name() -> str:
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


def take(name: str, holder: str) -> bool:
    """Whether this worker may work now. The condition stands in the UPDATE: two cannot both win.

    Whoever holds it with time left is not asked to write: a job that looks every second would write every second.
    """
    now = clock.now()
    db.session.rollback()
    held = db.session.execute(select(Lease.holder, Lease.until_at).where(Lease.name == name)).first()
    db.session.rollback()
    if held and held.holder == holder and held.until_at > now + HOLDS - RENEW:
        return True
    db.session.connection(execution_options={"writes": True})
    if held is None:
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
