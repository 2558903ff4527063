"""Browsers that know somebody: a signed cookie, so that wrong tries elsewhere cannot shut out her own browser."""

from __future__ import annotations

from flask import request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from accounts.rules import DEVICE_HOLDS
from accounts.secrets import new_token
from web import sessions
from web.ground import settings

DEVICE = "device"


def of_account(account_digest: str) -> str | None:
    """This browser's own number if somebody has signed in to this account here before; it counts tries by itself."""
    try:
        known = _signer().loads(request.cookies.get(sessions.cookie_name(DEVICE), ""),
                                max_age=int(DEVICE_HOLDS.total_seconds()))
    except BadSignature:
        return None
    return known["number"] if known["account"] == account_digest else None


def remember(account_digest: str) -> None:
    number = of_account(account_digest) or new_token()
    value = str(_signer().dumps({"account": account_digest, "number": number}))
    sessions.give(DEVICE, value, DEVICE_HOLDS)


def _signer() -> URLSafeTimedSerializer:
    keys = [*reversed(settings().secret_key_fallbacks), settings().secret_key]  # Newest last: it signs.
    return URLSafeTimedSerializer(keys, salt="known device")
