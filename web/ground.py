"""What the app was started with, for every part of the web."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app

from config import Settings
from sealing import Sealer, digest


@dataclass(frozen=True)
class Klarsag:
    """app.extensions["klarsag"]: also what actions and jobs find there."""

    settings: Settings
    sealer: Sealer


def klarsag() -> Klarsag:
    return cast(Klarsag, current_app.extensions["klarsag"])


def settings() -> Settings:
    return klarsag().settings


def fingerprint(secret: str, purpose: str) -> str:
    """What is kept of a secret: made with the newest key."""
    return digest(secret, purpose, settings().secret_key)


def fingerprints(secret: str, purpose: str) -> list[str]:
    """Fingerprints to look for: with the newest key and with the older ones that still count."""
    return [digest(secret, purpose, key) for key in (settings().secret_key, *settings().secret_key_fallbacks)]
