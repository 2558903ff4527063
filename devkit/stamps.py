"""Remembers what each step was last done for, so that nothing unchanged is done twice."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from devkit.places import ROOT


class Stamps:
    """One small file of step -> fingerprint. Lost or damaged, it only costs time: every step is done again."""

    def __init__(self, path: Path):
        self.path = path
        try:
            self._done = dict(json.loads(path.read_text()))
        except (OSError, ValueError):
            self._done = {}

    def is_done(self, step: str, fingerprint: str) -> bool:
        return self._done.get(step) == fingerprint

    def remember(self, step: str, fingerprint: str) -> None:
        self._done[step] = fingerprint
        self._save()

    def forget(self, step: str) -> None:
        self._done.pop(step, None)
        self._save()

    def _save(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps(self._done, indent=1, sort_keys=True))
        fresh.replace(self.path)  # Rename: a second ./dev must never read half a file.


def fingerprint(*paths: Path, also: Iterable[str] = ()) -> str:
    """A hash over names and contents of files, folders being walked. A missing path counts as empty."""
    digest = hashlib.sha256()
    for path in sorted(_files_in(paths)):
        digest.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    for word in also:
        digest.update(f"\0{word}".encode())
    return digest.hexdigest()


def _files_in(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from (
                file
                for file in path.rglob("*")
                if file.is_file() and "__pycache__" not in file.parts and file.suffix not in (".mo", ".pyc")
            )
