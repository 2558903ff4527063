"""Real servers on real databases, and what their processes have used of the processor."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psutil

import clock
from applications import definition as workflow
from tests.support import schema
from tests.support import world as w
from tests.support.house import free_port
from tests.support.postgres import postgres

ROOT = Path(__file__).resolve().parents[1]
READY_WITHIN_SECONDS = 60
WORKERS, THREADS = 2, 8
SERVERS = ("gunicorn", "granian")
# What a start of the product itself takes, in front of which no proxy stands; here one names a client per journey.
ENVIRON = {"TRUSTED_PROXIES": "1", "KLARSAG_PRODUCTION": "no", "PYTHONUNBUFFERED": "1"}


def command(server: str, port: int) -> list[str]:
    """Two processes of eight threads, either way."""
    place = Path(sys.executable).parent / server
    if server == "gunicorn":
        return [str(place), "--bind", f"127.0.0.1:{port}", "bench.served:create_app()"]
    return [str(place), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", str(WORKERS),
            "--blocking-threads", str(THREADS), "--no-access-log", "--log-level", "warning", "--factory",
            "bench.served:create_app"]


@dataclass
class Served:
    """A server that runs."""

    name: str
    port: int
    process: psutil.Process
    first_answer_seconds: float

    def web(self) -> list[psutil.Process]:
        """The master and its workers, without the fork servers that parse uploads."""
        return [p for p in self._all() if not _parses(p)]

    def parsers(self) -> list[psutil.Process]:
        return [p for p in self._all() if _parses(p)]

    def _all(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]

    def web_seconds(self) -> float:
        return sum(_own(p) for p in self.web())

    def parser_seconds(self) -> float:
        """With those of their children that have ended."""
        return sum(_own(p) + _ended_children(p) for p in self.parsers())

    def unique_mb(self) -> list[float]:
        """Memory that no other process shares, of each worker."""
        return [p.memory_full_info().uss / 1e6 for p in self.web() if p.pid != self.process.pid and _is_worker(p)]


def _parses(process: psutil.Process) -> bool:
    try:
        return any(word.endswith("uploads/child.py") for word in process.cmdline())
    except psutil.Error:
        return False


def _is_worker(process: psutil.Process) -> bool:
    return not any("resource_tracker" in word for word in process.cmdline())


def _own(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return times.user + times.system


def _ended_children(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return times.children_user + times.children_system


@contextmanager
def served(server: str, database_url: str, folder: Path) -> Iterator[Served]:
    """Started cold, ready when it has answered once."""
    port = free_port()
    environ = {**os.environ, **ENVIRON, "DATABASE_URL": database_url, "VAR_DIR": str(folder),
               "COMPILED_DIR": str(folder.parent / "compiled"), "ASSETS_DIR": str(ROOT / "var" / "assets"),
               "BASE_URL": f"http://localhost:{port}", "PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    with (folder / f"{server}.log").open("w") as log:
        process = subprocess.Popen(command(server, port), cwd=ROOT, env=environ, stdout=log, stderr=log)
    try:
        _wait(process, port, folder / f"{server}.log")
        yield Served(server, port, psutil.Process(process.pid), time.perf_counter() - began)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(process: subprocess.Popen, port: int, log: Path) -> None:
    patience_ends_at = time.monotonic() + READY_WITHIN_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/", timeout=10) as answer:
                if answer.status == 200:
                    return
        except OSError:
            if process.poll() is not None or time.monotonic() > patience_ends_at:
                raise SystemExit(f"the server did not start: {log.read_text()[-2000:]}") from None
            time.sleep(0.01)


@dataclass
class Database:
    name: str
    url: str
    server: psutil.Process | None

    def seconds(self) -> float:
        """Of all its processes, those that have ended too; SQLite runs inside the web processes."""
        if self.server is None:
            return 0.0
        return (_own(self.server) + _ended_children(self.server)
                + sum(_own(p) for p in self.server.children(recursive=True)))


def compile_into(folder: Path) -> None:
    """Checklists and workflow as the servers load them; our own process needs the same ones."""
    w.compile_once(folder.parent / "once")
    shutil.copytree(folder.parent / "once" / "compiled", folder / "checklists")
    workflow.compiled(folder=folder)


@contextmanager
def databases(folder: Path, names: tuple[str, ...] = ("SQLite", "PostgreSQL")) -> Iterator[list[Database]]:
    """Empty but for the tables; commits reach the disk on both."""
    compile_into(folder / "compiled")
    with ExitStack() as stack:
        made = []
        if "SQLite" in names:
            made.append(Database("SQLite", f"sqlite:///{folder}/bench.sqlite3", None))
        if "PostgreSQL" in names:
            url = stack.enter_context(postgres(durable=True))
            made.append(Database("PostgreSQL", url, _postmaster(url)))
        for one in made:
            schema.build(one.url)
        yield made


def _postmaster(url: str) -> psutil.Process | None:
    """Ours keeps its number in its folder; the processes of one that was brought along cannot be seen."""
    place = parse_qs(urlsplit(url).query).get("host", [""])[0]
    kept = Path(place) / "data" / "postmaster.pid"
    return psutil.Process(int(kept.read_text().split()[0])) if place and kept.exists() else None


@contextmanager
def house(database: Database, folder: Path) -> Iterator[w.World]:
    """Offices and their people on this database, and an app in our own process that may act on it."""
    where = folder / database.name
    where.mkdir()
    with w.world(database.url, where, clock.now()) as made:
        yield made
