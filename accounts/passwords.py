"""Passwords of the staff: argon2id, and the same work whether the account exists or not."""

from __future__ import annotations

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 128
# OWASP's password storage sheet: 19 MiB and two rounds. Heavier ones would let guessers keep our processors busy.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def hashed(password: str) -> str:
    return _hasher.hash(_one_spelling(password))


def fits(password_hash: str | None, password: str) -> bool:
    """Whether the password is right. None (no such account) costs the same time and is always wrong."""
    try:
        _hasher.verify(password_hash or _nobodys(), _one_spelling(password))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with weaker parameters than today's and should be made again."""
    return _hasher.check_needs_rehash(password_hash)


def faults(password: str, *, email: str = "", name: str = "") -> list[str]:
    """Codes of what is wrong with a new password: too_short, too_long, too_plain, holds_your_name."""
    found = []
    if len(password) < SHORTEST:
        found.append("too_short")
    if len(password) > LONGEST:
        found.append("too_long")
    if len(set(password)) < 5:
        found.append("too_plain")
    own = [word.casefold() for word in [email.partition("@")[0], *name.split()] if len(word) >= 4]
    if any(word in password.casefold() for word in own):
        found.append("holds_your_name")
    return found


def _one_spelling(password: str) -> str:
    """Another keyboard may write the same letter with other signs."""
    return unicodedata.normalize("NFC", password)


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")
