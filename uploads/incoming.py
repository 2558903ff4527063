"""A file on its way in: counted, hashed and limited while it is written to quarantine."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from uploads import disk
from uploads.disk import StoreIsFull


@dataclass(frozen=True)
class Received:
    """A whole file in quarantine: what came, measured while it was written."""

    key: str
    sha256: str
    bytes: int


class Incoming:
    """A file being received: counts, hashes and stops at the limit while it writes.

    Looks like a file to Werkzeug's multipart parser, so that a form's bytes go straight here. Past the limit
    it swallows what still comes instead of raising: the parser reads on to the fields behind the file.
    """

    def __init__(self, path: Path, max_bytes: int):
        self.key = path.name
        self.max_bytes = max_bytes
        self.bytes = 0
        self.is_full = False
        # True when the parser counts to the end even past the limit, so that `bytes` is the real size.
        self.is_counted = False
        self._hash = hashlib.sha256()
        self._path: Path | None = path
        with disk.FullDiskIsRefusal():
            self._fd = disk.create(path)

    @classmethod
    def nowhere(cls, max_bytes: int) -> "Incoming":
        """For a disk without room for even one more file: swallows what comes, and finish() says that it is full."""
        made = cls.__new__(cls)
        made.key, made.max_bytes, made.bytes = "", max_bytes, 0
        made.is_full, made.is_counted = True, False
        made._path, made._fd = None, -1
        return made

    @property
    def is_too_big(self) -> bool:
        return self.bytes > self.max_bytes

    def write(self, chunk: bytes) -> int:
        self.bytes += len(chunk)
        if self.is_too_big or self.is_full:
            self._let_go_of_space()
            return len(chunk)
        self._hash.update(chunk)
        try:
            disk.write_all(self._fd, chunk)
        except OSError as error:
            if error.errno not in disk.NO_ROOM:
                raise
            self.is_full = True
        return len(chunk)

    def finish(self) -> Received:
        """Brings the bytes to the disk. Raises StoreIsFull."""
        if self.is_full:
            self.discard()
            raise StoreIsFull
        try:
            with disk.FullDiskIsRefusal():
                os.fsync(self._fd)
        except (StoreIsFull, OSError):
            self.discard()
            raise
        disk.sync_directory(self._path.parent)  # type: ignore[union-attr]
        return Received(self.key, self._hash.hexdigest(), self.bytes)

    def discard(self) -> None:
        """Takes the file out of quarantine. Does nothing to one that was promoted."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)
        self.release()

    def release(self) -> None:
        """Lets go of the descriptor; the file stays."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    # The rest is what Werkzeug expects of the file behind a form field.

    close = discard

    def read(self, size: int = -1) -> bytes:
        return os.read(self._fd, size if size >= 0 else max(self.bytes, 1))

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return os.lseek(self._fd, offset, whence) if self._fd >= 0 else 0

    def tell(self) -> int:
        return os.lseek(self._fd, 0, os.SEEK_CUR)

    def fileno(self) -> int:
        return self._fd

    def readable(self) -> bool:
        return True

    writable = seekable = readable

    def _let_go_of_space(self) -> None:
        if self._fd >= 0:
            os.ftruncate(self._fd, 0)
