"""Keys of other systems: made and revoked by an operator, and noted when they were last used."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import SCOPES, ApiKey
from actions.errors import NotYours
from actions.unit import Unit, verb


@verb
def add_api_key(
    work: Unit, *, name: str, begins: str, digest: str, scopes: Sequence[str], office_id: int | None,
    municipality_id: int | None,
) -> int:
    """A new key; digest is the fingerprint of what its holder shows. Returns its id.

    scopes: of SCOPES, at least one. A key belongs to an office, a municipality, or both (then to where they meet).
    """
    if not scopes or set(scopes) - set(SCOPES):
        raise ValueError(f"no such scope: {list(scopes) or 'none named'}")
    key = ApiKey(name=name.strip(), begins=begins, digest=digest, scopes=list(dict.fromkeys(scopes)),
                 office_id=office_id, municipality_id=municipality_id, made_at=work.now)
    work.session.add(key)
    work.session.flush()
    work.audit("api_keys", "add_api_key", f"api_key:{key.id}", {"scopes": key.scopes})
    return key.id


@verb
def revoke_api_key(work: Unit, key_id: int) -> None:
    """It opens nothing from the next request on; it stays in the history. Raises NotYours."""
    key = work.session.get(ApiKey, key_id)
    if key is None:
        raise NotYours
    if key.revoked_at is None:
        key.revoked_at = work.now
        work.audit("api_keys", "revoke_api_key", f"api_key:{key.id}")


@verb
def touch_api_key(work: Unit, key_id: int) -> None:
    """Note that a key is in use. No audit entry: nobody decided anything."""
    key = work.session.get(ApiKey, key_id)
    if key is not None:
        key.used_at = work.now
