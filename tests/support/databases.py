"""A database of its own for every test, copied from one that was built once: 1 ms on SQLite, 25 ms on PostgreSQL."""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

KINDS = ("sqlite", "postgres")
FIRST_WITH_STRATEGIES = 150000


class Databases:
    """Copies of what `build(url)` made of an empty database, on either kind.

    build runs once per kind, at the first copy; give another Databases another build to start from richer data.
    postgres_url: called when the first PostgreSQL is wanted, so that pure tests never start one.
    """

    def __init__(self, folder: Path, postgres_url: Callable[[], str], build: Callable[[str], None]) -> None:
        self._folder = folder
        self._postgres_url = postgres_url
        self._build = build
        self._built: dict[str, str] = {}
        self._numbers = itertools.count(1)
        # Tests that run side by side may share a server that TEST_DATABASE_URL brought.
        self._name = f"klarsag_{os.getpid()}_{folder.name.replace('-', '_')}".lower()

    @contextmanager
    def copy(self, kind: str) -> Iterator[str]:
        """The URL of a fresh copy, which is gone after the block."""
        copied = {"sqlite": self._sqlite, "postgres": self._postgres}[kind]
        with copied() as url:
            yield url

    def close(self) -> None:
        """Drop the PostgreSQL original too: a server brought by TEST_DATABASE_URL outlives us."""
        if "postgres" in self._built:
            with self._server() as server:
                server.execute(f"DROP DATABASE IF EXISTS {self._name} WITH (FORCE)")

    @contextmanager
    def _sqlite(self) -> Iterator[str]:
        original = self._folder / "original.sqlite3"
        if "sqlite" not in self._built:
            self._build(f"sqlite:///{original}")
            original.touch()
            self._built["sqlite"] = str(original)
        folder = self._folder / f"copy-{next(self._numbers)}"
        folder.mkdir()
        shutil.copyfile(original, folder / "copy.sqlite3")
        try:
            yield f"sqlite:///{folder / 'copy.sqlite3'}"
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _postgres(self) -> Iterator[str]:
        self._build_on_postgres()
        copy = f"{self._name}_{next(self._numbers)}"
        with self._server() as server:
            # Copying files is a third faster here than the default, which writes every page to the log.
            strategy = "STRATEGY file_copy" if server.info.server_version >= FIRST_WITH_STRATEGIES else ""
            server.execute(f"CREATE DATABASE {copy} TEMPLATE {self._name} {strategy}")
        try:
            yield _with_database(self._postgres_url(), copy)
        finally:
            with self._server() as server:
                server.execute(f"DROP DATABASE {copy} WITH (FORCE)")

    def _build_on_postgres(self) -> None:
        if "postgres" in self._built:
            return
        with self._server() as server:
            server.execute(f"DROP DATABASE IF EXISTS {self._name} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {self._name}")
        self._built["postgres"] = self._name
        self._build(_with_database(self._postgres_url(), self._name))

    def _server(self) -> psycopg.Connection:
        return psycopg.connect(self._postgres_url().replace("+psycopg", ""), autocommit=True)


def _with_database(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()
