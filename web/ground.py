"""What the app was started with, for every part of the web."""

from __future__ import annotations

from config import Settings
from extensions import Services, services
from sealing import digest


def klarsag() -> Services:
    return services()


def settings() -> Settings:
    return klarsag().settings


def fingerprint(secret: str, purpose: str) -> str:
    """What is kept of a secret: made with the newest key."""
    return digest(secret, purpose, settings().secret_key)


def fingerprints(secret: str, purpose: str) -> list[str]:
    """Fingerprints to look for: with the newest key and with the older ones that still count."""
    return [digest(secret, purpose, key) for key in (settings().secret_key, *settings().secret_key_fallbacks)]
