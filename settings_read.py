"""Reads single settings out of the environment and collects what is wrong with them, in plain words."""

from collections.abc import Mapping
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from cryptography.fernet import Fernet

SECRET_MIN_LENGTH = 32
SECRETS_EVERYBODY_KNOWS = ("secret", "changeme", "change-me", "password", "development", "klarsag", "default")
YES = ("1", "yes", "true", "on")
NO = ("0", "no", "false", "off")
DATABASES = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def is_yes(text: str) -> bool:
    return text.strip().lower() in YES


class Reader:
    """Each method reads one setting. A faulty one adds a sentence to `faults` and returns something harmless."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.faults: list[str] = []

    def word(self, name: str, default: str) -> str:
        return self._environ.get(name, "").strip() or default

    def words(self, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self._environ.get(name, "").split()) or default

    def folder(self, name: str, default: Path) -> Path:
        return Path(self.word(name, str(default))).expanduser().absolute()

    def number(self, name: str, default: int, *, at_least: int) -> int:
        text = self.word(name, str(default))
        if text.isascii() and text.isdigit() and int(text) >= at_least:
            return int(text)
        self._fault(f"{name} must be a whole number of at least {at_least}")
        return default

    def yes_or_no(self, name: str, default: bool) -> bool:
        text = self.word(name, "yes" if default else "no").lower()
        if text not in YES + NO:
            self._fault(f"{name} must be yes or no")
        return text in YES

    def secret(self, name: str) -> str:
        """Never says the value, not even a wrong one: faults reach logs."""
        text = self._needed(name, "a long random text (python3 -c 'import secrets; print(secrets.token_urlsafe(48))')")
        if text and len(text) < SECRET_MIN_LENGTH:
            self._fault(f"{name} is too short: it needs at least {SECRET_MIN_LENGTH} characters, made by a machine")
        elif text and (len(set(text)) < 10 or text.lower().startswith(SECRETS_EVERYBODY_KNOWS)):
            self._fault(f"{name} can be guessed: let a machine make it")
        return text

    def fernet_keys(self) -> tuple[str, ...]:
        name = "SEALING_KEYS"
        keys = tuple(self._needed(name, "one or more Fernet keys, newest first, with spaces between").split())
        for place, key in enumerate(keys, start=1):
            try:
                Fernet(key)
            except ValueError:
                self._fault(f"{name}: key {place} is no Fernet key (32 bytes in URL-safe base64)")
        return keys

    def database_url(self) -> str:
        text = self._needed("DATABASE_URL", "an address such as postgresql://name:password@host/database")
        kind, colon, rest = text.partition("://")
        if not text:
            return text
        if not colon or kind not in DATABASES:
            self._fault("DATABASE_URL must begin with postgresql:// or sqlite:///")
        return f"{DATABASES.get(kind, kind)}://{rest}"

    def base_url(self) -> str:
        text = self._needed("BASE_URL", "the address people type, such as https://apply.example.org").rstrip("/")
        parts = self._split("BASE_URL", text)
        if parts is None:
            return text
        if parts.scheme not in ("http", "https") or not parts.hostname:
            self._fault("BASE_URL must begin with https:// (or http:// for a trial) and name a host")
        elif parts.path or parts.query or parts.fragment or parts.username:
            self._fault("BASE_URL must end after the host: no path, no name, no question mark")
        return text

    def mail_url(self) -> str:
        text = self._needed("MAIL_URL", "smtps://name:password@host, or mailbox: to keep mails on a page")
        parts = self._split("MAIL_URL", text)
        if parts is None:
            return text
        if parts.scheme not in ("smtp", "smtps", "mailbox"):
            self._fault("MAIL_URL must begin with smtp://, smtps:// or mailbox:")
        elif parts.scheme in ("smtp", "smtps") and not parts.hostname:
            self._fault("MAIL_URL names no host to hand mails to")
        return text

    def address(self, name: str) -> str:
        text = self._needed(name, "the sender of mails, such as Klarsag <no-reply@example.org>")
        if text and ("@" not in parseaddr(text)[1] or "\n" in text or "\r" in text):
            self._fault(f"{name} is no mail address")
        return text

    def _needed(self, name: str, what: str) -> str:
        text = self._environ.get(name, "").strip()
        if not text:
            self._fault(f"{name} is missing: it takes {what}")
        return text

    def _split(self, name: str, text: str) -> SplitResult | None:
        """None if there is nothing to look at, or nothing that can be read (then the fault is noted)."""
        if not text:
            return None
        try:
            parts = urlsplit(text)
            _ = parts.port  # Asked for here because only asking finds a port that is none.
        except ValueError:
            self._fault(f"{name} is no address that can be read")
            return None
        return parts

    def _fault(self, sentence: str) -> None:
        self.faults.append(sentence)
