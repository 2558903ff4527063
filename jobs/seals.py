"""Seals over all chains of entries: each binds what came since the one before, so a chain cut or removed is found."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import timedelta

from sqlalchemy import Row, select
from sqlalchemy.exc import IntegrityError

import clock
from audit.chain import FIRST
from audit.models import AuditEntry, AuditSeal
from extensions import db, services

# An id below the newest one may still be waiting for its commit; after this long it has come, or never will.
SETTLED_AFTER = timedelta(minutes=1)
AT_ONCE = 500
_ENTRIES = select(AuditEntry.id, AuditEntry.chain, AuditEntry.seq, AuditEntry.mac, AuditEntry.at)


def seal_chains(most: int = 20_000) -> bool:
    """Seal what was entered since the last seal and no longer waits. Whether there was anything.

    Reads those entries alone, however long the chains have become; what is beyond `most` comes next time.
    """
    db.session.rollback()
    db.session.connection(execution_options={"writes": True})
    last = db.session.scalar(select(AuditSeal).order_by(AuditSeal.id.desc()).limit(1))
    entries = list(_settled(_after(last.up_to_id if last else 0, most)))
    if not entries:
        db.session.rollback()
        return False
    db.session.add(_next(last, entries))
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()  # another worker has put its seal on this one already
        return False
    return True


def _after(id: int, most: int) -> Iterable[Row]:
    return db.session.execute(_ENTRIES.where(AuditEntry.id > id).order_by(AuditEntry.id).limit(most))


def _settled(entries: Iterable[Row]) -> Iterator[Row]:
    """Up to the first that is too new: what is sealed must have nothing in between that comes later."""
    until = clock.now() - SETTLED_AFTER
    for entry in entries:
        if entry.at >= until:
            return
        yield entry


def _next(last: AuditSeal | None, entries: list[Row]) -> AuditSeal:
    before, counted, previous = (last.entries_hash, last.entries, last.mac) if last else (FIRST, 0, FIRST)
    up_to, number, found = entries[-1].id, counted + len(entries), _hash(before, entries)
    return AuditSeal(up_to_id=up_to, entries=number, entries_hash=found, previous=previous,
                     mac=_mac(previous, up_to, number, found), at=clock.now())


def _hash(before: str, entries: Iterable[Row]) -> str:
    digest = hashlib.sha256(before.encode())
    for entry in entries:
        digest.update(json.dumps([entry.id, entry.chain, entry.seq, entry.mac]).encode() + b"\n")
    return digest.hexdigest()


def _mac(previous: str, up_to_id: int, entries: int, entries_hash: str) -> str:
    body = json.dumps([previous, up_to_id, entries, entries_hash])
    return hmac.new(services().settings.audit_key.encode(), body.encode(), hashlib.sha256).hexdigest()


# --- looking for differences -------------------------------------------------------------------------------------


def faults_of_seals() -> list[str]:
    """Chains that were cut short or removed, entries that were put in, seals that were changed; in one walk."""
    found: list[str] = []
    before, counted, previous = FIRST, 0, FIRST
    seals = db.session.scalars(select(AuditSeal).order_by(AuditSeal.id)).all()
    with closing(_Walk()) as entries:
        for seal in seals:
            found += _wrong_with(seal, previous, counted, before, entries.up_to(seal.up_to_id))
            # From here on by what the seal says: one that is wrong must not make all the later ones wrong.
            before, counted, previous = seal.entries_hash, seal.entries, seal.mac
    return found


def _wrong_with(seal: AuditSeal, previous: str, counted: int, before: str, entries: list[Row]) -> Iterator[str]:
    if seal.previous != previous:
        yield f"seal {seal.id}: does not follow the one before it"
    if not hmac.compare_digest(seal.mac, _mac(seal.previous, seal.up_to_id, seal.entries, seal.entries_hash)):
        yield f"seal {seal.id}: was changed"
    if counted + len(entries) != seal.entries:
        yield f"seal {seal.id}: counted {seal.entries - counted} entries, there are {len(entries)}"
    elif _hash(before, entries) != seal.entries_hash:
        yield f"seal {seal.id}: entries are others"


class _Walk:
    """All entries by id, a stretch at a time."""

    def __init__(self) -> None:
        self.result = db.session.execute(_ENTRIES.order_by(AuditEntry.id).execution_options(yield_per=AT_ONCE))
        self.rows: Iterator[Row] = iter(self.result)
        self.waiting: Row | None = None

    def close(self) -> None:
        self.result.close()

    def up_to(self, id: int) -> list[Row]:
        found = []
        self.waiting = self.waiting or next(self.rows, None)
        while self.waiting is not None and self.waiting.id <= id:
            found.append(self.waiting)
            self.waiting = next(self.rows, None)
        return found
