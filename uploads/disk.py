"""The few things done to a disk with care: new files of our own, whole writes, checked reads, no links."""

import errno
import hashlib
import os
import stat
from pathlib import Path
from typing import BinaryIO

CHUNK_BYTES = 256 * 1024
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# O_NOFOLLOW: a link planted in our folder must never lead a read or a write elsewhere.
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
_CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class StoreIsFull(Exception):
    """No room on the disk. Nothing half-written stays behind."""


class ObjectMissing(Exception):
    """A key without bytes. For a key that stands in a row this is a broken promise: report it."""


class ObjectDamaged(Exception):
    """The bytes are not the ones that were stored (bit rot, a truncated or swapped file)."""


class FullDiskIsRefusal:
    """Turns the operating system's ways to say `no room` into StoreIsFull."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind, error, trace) -> None:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            raise StoreIsFull from error


def make_own_directory(path: Path) -> None:
    """Makes a folder only we may enter, with its missing parents. The umask can only take rights away."""
    if path.is_dir():
        return
    if not path.parent.is_dir():
        make_own_directory(path.parent)
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        return
    sync_directory(path.parent)


def open_own(path: Path) -> BinaryIO:
    try:
        fd = os.open(path, _READ)
    except FileNotFoundError as error:
        raise ObjectMissing(path.name) from error
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise ObjectDamaged(path.name) from error
        raise
    status = os.fstat(fd)
    # A second hard link means that somebody else may write into our file.
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
        os.close(fd)
        raise ObjectDamaged(path.name)
    return os.fdopen(fd, "rb", buffering=0)


def checked(file: BinaryIO, digest: bytes, *, starts_at: int, key: str) -> BinaryIO:
    if _digest_of_rest(file) != digest:
        file.close()
        raise ObjectDamaged(key)
    file.seek(starts_at)
    return file


def _digest_of_rest(file: BinaryIO) -> bytes:
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK_BYTES):
        digest.update(chunk)
    return digest.digest()


def create(path: Path) -> int:
    """A new file only we may read. Raises FileExistsError rather than write into one that is there."""
    return os.open(path, _CREATE, 0o600)


def write_new(path: Path, content: bytes) -> None:
    fd = create(path)
    try:
        write_all(fd, content)
        os.fsync(fd)
    finally:
        os.close(fd)


def write_all(fd: int, content: bytes) -> None:
    """os.write may stop early on a nearly full disk; the next call then says so."""
    view = memoryview(content)
    while view:
        view = view[os.write(fd, view) :]


def sync_directory(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
