"""Sealing what must not be readable in a copied database: numbers, addresses, sensitive answers, contacts."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class SealBroken(Exception):
    """The bytes were not sealed with any of the keys that we have."""


class Sealer:
    """Seals with the newest key, opens with any of them. keys: Fernet keys, newest first."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        if not keys:
            raise ValueError("at least one sealing key is needed")
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, value: Any) -> str:
        """A JSON-able value as sealed text."""
        return self._fernet.encrypt(json.dumps(value, ensure_ascii=False).encode()).decode()

    def open(self, sealed: str) -> Any:
        """The value again. Raises SealBroken."""
        try:
            return json.loads(self._fernet.decrypt(sealed.encode()))
        except InvalidToken as broken:
            raise SealBroken from broken


def digest(secret: str, purpose: str, key: str) -> str:
    """A keyed fingerprint, for what must be found again but not be read (codes, tokens). Hex."""
    return hmac.new(key.encode(), f"{purpose}\0{secret}".encode(), hashlib.sha256).hexdigest()
