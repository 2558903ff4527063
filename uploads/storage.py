"""Where the bytes lie: on a local disk, under random names, outside everything that can be imported or served.

    root/quarantine/<key>          being received or inspected
    root/accepted/<kk>/<key>       kept; never changed once it is here
    root/derived/<kk>/<key>.<name> made by us (page images), can be made again

Order that survives a crash: store, then row, then sweep. A crash leaves an orphan here, never a row without bytes.
"""

import hashlib
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from uploads import disk
from uploads.disk import CHUNK_BYTES, ObjectDamaged, ObjectMissing, StoreIsFull
from uploads.incoming import Incoming, Received

__all__ = ["CHUNK_BYTES", "Incoming", "Listed", "ObjectDamaged", "ObjectMissing", "Received", "Store", "StoreIsFull"]

QUARANTINE, ACCEPTED, DERIVED = "quarantine", "accepted", "derived"
ORPHAN_AFTER_SECONDS = 3600
_KEY = re.compile(r"[0-9a-f]{32}\Z")
_DERIVED_NAME = re.compile(r"[a-z0-9-]{1,32}\Z")
_DIGEST_BYTES = hashlib.sha256().digest_size


@dataclass(frozen=True)
class Listed:
    """One file of the store as the disk tells it. `key` is the object's, also for what was derived from it."""

    area: str
    key: str
    name: str | None
    bytes: int
    age_seconds: float


class Store:
    """All access to stored bytes. Knows ids only: no name and no path ever comes in from outside."""

    def __init__(self, root: str | os.PathLike[str]):
        self.root = Path(root)
        for area in (QUARANTINE, ACCEPTED, DERIVED):
            disk.make_own_directory(self.root / area)

    def incoming(self, *, max_bytes: int) -> Incoming:
        """A new file in quarantine to write into. Raises StoreIsFull."""
        return Incoming(self._path(QUARANTINE, new_key()), max_bytes)

    def open_quarantined(self, key: str) -> BinaryIO:
        """The bytes under inspection. Raises ObjectMissing."""
        return disk.open_own(self._path(QUARANTINE, key))

    def promote(self, key: str) -> None:
        """Moves a file from quarantine to the kept ones; after this call it survives a power cut.

        Rename, not copy: the bytes that were inspected are the bytes that are kept.
        """
        source, target = self._path(QUARANTINE, key), self._path(ACCEPTED, key)
        with disk.FullDiskIsRefusal():
            disk.make_own_directory(target.parent)
            source.rename(target)
        disk.sync_directory(target.parent)
        disk.sync_directory(source.parent)

    def open(self, key: str, sha256: str) -> BinaryIO:
        """The kept bytes, after all of them were compared with the hash that stands in the row.

        Needs constant memory. Raises ObjectMissing, ObjectDamaged; never yields a wrong first byte.
        """
        file = disk.open_own(self._path(ACCEPTED, key))
        return disk.checked(file, bytes.fromhex(sha256), starts_at=0, key=key)

    def put_derived(self, key: str, name: str, content: bytes) -> str:
        """Keeps something made from an object, replacing what had this name; returns its key, `<object>.<name>`.

        Its hash is kept in front of it. Raises StoreIsFull.
        """
        target = self._derived_path(key, name)
        with disk.FullDiskIsRefusal():
            disk.make_own_directory(target.parent)
            temporary = self._path(QUARANTINE, new_key())
            try:
                disk.write_new(temporary, hashlib.sha256(content).digest() + content)
                temporary.rename(target)
            except OSError:
                temporary.unlink(missing_ok=True)
                raise
        return target.name

    def open_derived(self, derived_key: str) -> BinaryIO:
        """Something made from an object, checked, at its first byte. Raises ObjectMissing, ObjectDamaged."""
        key, _, name = derived_key.partition(".")
        file = disk.open_own(self._derived_path(key, name))
        return disk.checked(file, file.read(_DIGEST_BYTES), starts_at=_DIGEST_BYTES, key=derived_key)

    def remove(self, key: str) -> None:
        """Takes an object away with everything made from it. Removing twice is no error."""
        accepted = self._path(ACCEPTED, key)
        for path in (accepted, self._path(QUARANTINE, key), *self._derived_of(key)):
            path.unlink(missing_ok=True)
        if accepted.parent.exists():
            disk.sync_directory(accepted.parent)

    def has(self, key: str) -> bool:
        """Whether the kept bytes are there (not whether they are right)."""
        return self._path(ACCEPTED, key).is_file()

    def listing(self, now: float) -> Iterator[Listed]:
        """Every file with its age. now: seconds since the epoch, for the ages."""
        for area in (QUARANTINE, ACCEPTED, DERIVED):
            for path in sorted((self.root / area).rglob("*")):
                listed = _listed(area, path, now)
                if listed is not None:
                    yield listed

    def sweep(self, now: float, known_among: Callable[[Iterable[str]], set[str]]) -> list[Listed]:
        """Removes what is older than an hour and belongs to nobody; returns what it removed.

        known_among: answers which of the given keys stand in a row.
        The hour matters: a younger file may be waiting for its row to be committed.
        """
        old = [one for one in self.listing(now) if one.age_seconds > ORPHAN_AFTER_SECONDS]
        known = known_among({one.key for one in old if one.area != QUARANTINE})
        orphans = [one for one in old if one.area == QUARANTINE or one.key not in known]
        for orphan in orphans:
            self._path_of(orphan).unlink(missing_ok=True)
        return orphans

    def faults(self) -> list[str]:
        """What is wrong with the folders, as codes for start-up: `<area>_is_a_link`, `_not_ours`, `_open_to_others`."""
        found = []
        for area in (QUARANTINE, ACCEPTED, DERIVED):
            status = os.lstat(self.root / area)
            if stat.S_ISLNK(status.st_mode):
                found.append(f"{area}_is_a_link")
            elif status.st_uid != os.geteuid():
                found.append(f"{area}_not_ours")
            elif stat.S_IMODE(status.st_mode) & 0o077:
                found.append(f"{area}_open_to_others")
        return found

    def _path(self, area: str, key: str) -> Path:
        if not isinstance(key, str) or not _KEY.match(key):
            raise ValueError("not an object key")
        return self.root / area / key if area == QUARANTINE else self.root / area / key[:2] / key

    def _derived_path(self, key: str, name: str) -> Path:
        if not _DERIVED_NAME.match(name):
            raise ValueError("not a name of something derived")
        path = self._path(DERIVED, key)
        return path.with_name(f"{key}.{name}")

    def _derived_of(self, key: str) -> list[Path]:
        return list(self._path(DERIVED, key).parent.glob(f"{key}.*"))

    def _path_of(self, listed: Listed) -> Path:
        return self._derived_path(listed.key, listed.name) if listed.name else self._path(listed.area, listed.key)


def new_key() -> str:
    """A random object key: 128 bits, lower-case hexadecimal."""
    return secrets.token_hex(16)


def _listed(area: str, path: Path, now: float) -> Listed | None:
    key, _, name = path.name.partition(".")
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    if not _KEY.match(key) or stat.S_ISDIR(status.st_mode):
        return None
    return Listed(area, key, name or None, status.st_size, now - status.st_mtime)
