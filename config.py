"""Every setting of the machine, typed, complete and refused at start with all faults at once.

Business deadlines are not here: they belong to workflows.yaml.
"""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet

import brand
import settings_read
import versions
from brand import Brand
from settings_read import Reader

ROOT = Path(__file__).resolve().parent
MIB = 1024 * 1024
EMBEDDED_SECRETS = "secrets.json"


class SettingsRefused(Exception):
    """Some settings are wrong or missing. faults: one sentence each, all of them."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("Klarsag does not start until this is put right:\n" + "\n".join(f"- {one}" for one in faults))


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the machine is told. Names carry units; `_dir` is a folder that may not exist yet."""

    database_url: str
    secret_key: str
    secret_key_fallbacks: tuple[str, ...] = ()  # Older keys, still good for what they signed.
    sealing_keys: tuple[str, ...]  # Fernet keys, newest first.
    audit_key: str
    base_url: str  # Without a slash at the end; mails and redirects never trust a Host header.
    mail_url: str
    mail_from: str
    var_dir: Path
    store_dir: Path
    compiled_dir: Path
    assets_dir: Path
    production: bool = True

    upload_max_bytes: int = 25 * MIB
    document_max_files: int = 20
    document_max_bytes: int = 100 * MIB
    application_max_files: int = 300
    application_max_bytes: int = 1024 * MIB
    heic_allowed: bool = True

    applicant_idle_minutes: int = 30
    applicant_absolute_minutes: int = 8 * 60
    staff_idle_minutes: int = 60
    staff_absolute_minutes: int = 12 * 60
    api: bool = False  # Other systems are served at /api/v1 (setting API).
    api_requests_per_minute: int = 300  # Of one key, in each web process.
    trusted_proxies: int = 0  # How many of our own proxies stand in front and set X-Forwarded-*.

    brand: Brand = field(default_factory=Brand)
    default_language: str = "en"
    languages: tuple[str, ...] = ("en", "da", "de", "sv", "es", "pl", "uk", "ar")

    def __repr__(self) -> str:
        """Says no values: keys and passwords must not reach a log through an error's text."""
        return f"<Settings of {self.base_url}>"

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """What this process was started with.

    KLARSAG_PRODUCTION says whether every setting must be given (yes) or the rest is made up in var (no). Left out,
    a DATABASE_URL means yes: whoever brings a database must not get keys and a mailbox of our making by accident.
    Raises SettingsRefused.
    """
    said = environ.get("KLARSAG_PRODUCTION") or ("yes" if environ.get("DATABASE_URL") else "no")
    if settings_read.is_yes(said):
        return from_env(environ)
    return embedded(Path(environ.get("VAR_DIR") or ROOT / "var"), environ)


def load_or_stop(environ: Mapping[str, str] = os.environ) -> Settings:
    """As load, for a process that starts: wrong settings and releases with known holes end it, all said at once."""
    found = versions.faults()
    try:
        settings = load(environ)
    except SettingsRefused as refused:
        found += refused.faults
    if found:
        raise SystemExit(str(SettingsRefused(found)))
    return settings


def embedded(var_dir: Path, environ: Mapping[str, str] | None = None) -> Settings:
    """A whole house in one folder, for ./dev and for tests: SQLite, mails kept as files, secrets made once.

    environ: settings that win over these defaults, as in from_env. Raises SettingsRefused.
    """
    defaults = {
        "KLARSAG_PRODUCTION": "no",
        "API": "on",
        "DATABASE_URL": f"sqlite:///{var_dir / 'klarsag.sqlite3'}",
        "BASE_URL": "http://localhost:8000",
        "MAIL_URL": "mailbox:",
        "MAIL_FROM": "Klarsag <no-reply@klarsag.example>",
        "VAR_DIR": str(var_dir),
        **_kept_secrets(var_dir / EMBEDDED_SECRETS),
    }
    return from_env({**defaults, **{name: value for name, value in (environ or {}).items() if value}})


def from_env(environ: Mapping[str, str]) -> Settings:
    """Settings from environment variables: a field `base_url` is read from BASE_URL, lists are split at spaces.

    Raises SettingsRefused with every fault at once.
    """
    read = Reader(environ)
    var_dir = read.folder("VAR_DIR", ROOT / "var")
    given: dict[str, Any] = {
        "database_url": read.database_url(),
        "secret_key": read.secret("SECRET_KEY"),
        "secret_key_fallbacks": read.words("SECRET_KEY_FALLBACKS", ()),
        "sealing_keys": read.fernet_keys(),
        "audit_key": read.secret("AUDIT_KEY"),
        "production": read.yes_or_no("KLARSAG_PRODUCTION", True),
        "base_url": read.base_url(),
        "mail_url": read.mail_url(),
        "mail_from": read.address("MAIL_FROM"),
        "var_dir": var_dir,
        "store_dir": read.folder("STORE_DIR", var_dir / "store"),
        "compiled_dir": read.folder("COMPILED_DIR", var_dir / "compiled"),
        "assets_dir": read.folder("ASSETS_DIR", var_dir / "assets"),
        "api": read.yes_or_no("API", False),
        "brand": _brand(environ),
        **_limits(read),
        **_languages(read),
    }
    faults = read.faults + brand.faults_in(given["brand"]) + _contradictions(given)
    if faults:
        raise SettingsRefused(faults)
    return Settings(**given)


def _limits(read: Reader) -> dict[str, Any]:
    numbers = {one.name: one.default for one in fields(Settings) if one.type is int or one.type == "int"}
    smallest = {"trusted_proxies": 0}
    limits: dict[str, Any] = {
        name: read.number(name.upper(), default, at_least=smallest.get(name, 1)) for name, default in numbers.items()
    }
    return {**limits, "heic_allowed": read.yes_or_no("HEIC_ALLOWED", True)}


def _languages(read: Reader) -> dict[str, Any]:
    languages = read.words("LANGUAGES", Settings.languages)
    default = read.word("DEFAULT_LANGUAGE", Settings.default_language)
    return {"languages": languages, "default_language": default}


def _brand(environ: Mapping[str, str]) -> Brand:
    given = {one.name: environ.get(f"BRAND_{one.name.upper()}") for one in fields(Brand)}
    return replace(Brand(), **{name: value for name, value in given.items() if value})


def _contradictions(given: dict[str, Any]) -> list[str]:
    """Settings that are fine alone and not together."""
    faults = []
    if given["default_language"] not in given["languages"]:
        faults.append("DEFAULT_LANGUAGE must be one of LANGUAGES")
    if given["upload_max_bytes"] > given["document_max_bytes"]:
        faults.append("UPLOAD_MAX_BYTES is over DOCUMENT_MAX_BYTES, so the biggest allowed file would never fit")
    if given["document_max_bytes"] > given["application_max_bytes"]:
        faults.append("DOCUMENT_MAX_BYTES is over APPLICATION_MAX_BYTES, so one document would overfill the file")
    faults += [
        f"{who.upper()}_IDLE_MINUTES is over {who.upper()}_ABSOLUTE_MINUTES, so it would never count"
        for who in ("applicant", "staff")
        if given[f"{who}_idle_minutes"] > given[f"{who}_absolute_minutes"]
    ]
    if given["audit_key"] and given["audit_key"] == given["secret_key"]:
        faults.append("AUDIT_KEY and SECRET_KEY are the same: who can forge one must not be able to forge the other")
    return faults + (_unfit_for_production(given) if given["production"] else [])


def _unfit_for_production(given: dict[str, Any]) -> list[str]:
    faults = []
    if given["mail_url"].startswith("mailbox:"):
        faults.append("MAIL_URL=mailbox: keeps mails on a page here instead of sending them: give an smtps:// address")
    if given["base_url"].startswith("http://"):
        faults.append("BASE_URL must begin with https:// in production, or log-ins cross the network in the open")
    if ".example" in given["mail_from"]:
        faults.append("MAIL_FROM is an example: give the address that people may answer")
    return faults


def _kept_secrets(path: Path) -> dict[str, str]:
    """Secrets made once for this folder, readable by its owner only. The first of two processes wins."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(_fresh_secrets(), file)
        try:
            os.link(made, path)  # Unlike a rename, it never replaces secrets that are in use already.
        except FileExistsError:
            pass  # Another process was first, and its secrets are read below.
        finally:
            made.unlink()
    return json.loads(path.read_text())


def _fresh_secrets() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "AUDIT_KEY": secrets.token_urlsafe(48),
        "SEALING_KEYS": Fernet.generate_key().decode(),
    }
