"""What is made by chance and must not be guessed: session cookies, links, codes typed from a mail."""

from __future__ import annotations

import re
import secrets

CODE_LENGTH = 8
# No vowels, so that no code is a word; no 0 O 1 I L, 5 S, 2 Z, 8 B, U, which look like another on a small phone.
CODE_SIGNS = "34679CDFGHJKMNPQRTVWXY"
_DROPPED = re.compile(r"[^0-9A-Z]+")


def new_token() -> str:
    """256 bits, safe in a cookie and in an address."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """A code to be typed: about 35 bits, enough for five tries in thirty minutes."""
    return "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))


def folded(typed: str) -> str:
    """What somebody typed, as it is compared: capitals and digits only, so that spaces and dashes do not matter."""
    return _DROPPED.sub("", typed.upper())


def as_reference(typed: str) -> str:
    """A file reference as it is kept (K7F-4QX-2MP), however it was typed: small, with spaces, without dashes."""
    signs = folded(typed)
    return "-".join(signs[at : at + 3] for at in range(0, len(signs), 3))
