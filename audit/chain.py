"""One chain of entries per file: each carries the fingerprint of the one before, keyed from outside the database."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from audit.models import AuditEntry

FIRST = "0" * 64


def mac_of(key: str, previous: str, fields: tuple[Any, ...]) -> str:
    """Fingerprint of an entry, bound to the one before it. Hex."""
    body = json.dumps([previous, *fields], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.new(key.encode(), body.encode(), hashlib.sha256).hexdigest()


def fields_of(entry: AuditEntry) -> tuple[Any, ...]:
    return (entry.chain, entry.seq, entry.action, entry.actor, entry.subject, entry.details, _text(entry.at))


def next_entry(
    key: str, head: tuple[int, str] | None, *, chain: str, action: str, actor: str, subject: str,
    details: dict[str, Any], at: datetime,
) -> AuditEntry:
    """The entry that follows head, which is (seq, mac) of the last one, or None for a new chain."""
    seq, previous = head or (0, FIRST)
    entry = AuditEntry(chain=chain, seq=seq + 1, action=action, actor=actor, subject=subject, details=details,
                       at=at, previous=previous)
    entry.mac = mac_of(key, previous, fields_of(entry))
    return entry


def faults(key: str, entries: Iterable[AuditEntry]) -> list[str]:
    """What is wrong with one chain, given its entries in order of seq. Empty when it is whole."""
    found, expected_seq, previous = [], 1, FIRST
    for entry in entries:
        if entry.seq != expected_seq:
            found.append(f"{entry.chain}: entry {expected_seq} is missing")
        if entry.previous != previous:
            found.append(f"{entry.chain}: entry {entry.seq} does not follow the one before it")
        if not hmac.compare_digest(entry.mac, mac_of(key, entry.previous, fields_of(entry))):
            found.append(f"{entry.chain}: entry {entry.seq} was changed")
        expected_seq, previous = entry.seq + 1, entry.mac
    return found


def _text(instant: datetime) -> str:
    return instant.isoformat(timespec="microseconds")
