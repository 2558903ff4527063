"""The web process's side of the fork server: hands over descriptors, waits with a deadline, never parses.

Each process has a server of its own, started at the first job or by `start()`. A server that died is started
again, once for each job.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHILDREN_MAX = 4
QUEUE_SECONDS = 30
_HELLO_SECONDS = 30
_WALL_SECONDS = 15
_GRACE_SECONDS = 4
_MESSAGE_MAX_BYTES = 128 * 1024
_SCRIPT = Path(__file__).with_name("child.py")


@dataclass(frozen=True)
class Outcome:
    """How a job ended, and what the child said. What it said is not to be trusted more than the upload itself.

    end: done, failed (an exception nobody foresaw), cpu, wall, killed, crashed, said_too_much,
    busy (never began), unavailable (no server could be had).
    """

    end: str
    said: tuple[dict[str, Any], ...] = ()
    cpu_seconds: float = 0.0
    rss_bytes: int = 0
    merged: dict[str, Any] = field(default_factory=dict)


class _ServerDied(Exception):
    pass


class ForkServer:
    """Runs jobs in confined children. One object may be used by all threads of a process.

    jobs: the module that knows the jobs; the server imports it, this process does not.
    """

    def __init__(
        self,
        *,
        children_max: int = CHILDREN_MAX,
        queue_seconds: float = QUEUE_SECONDS,
        jobs: str = "uploads.inside.jobs",
    ):
        self.jobs = jobs
        self.children_max = children_max
        self.queue_seconds = queue_seconds
        self._forget()
        _all.add(self)

    def start(self) -> None:
        """Starts the server now instead of at the first job. Raises OSError when it cannot."""
        self._ready()

    def isolation_level(self) -> str:
        """What holds on this machine, for start-up messages, e.g. `limits, no network, own user`."""
        self._ready()
        return ", ".join(self._levels)

    def run(self, job: dict[str, Any], input_fd: int, output_fd: int | None = None) -> Outcome:
        """Runs one job. Never raises for what the job does; takes at most queue_seconds and the wall limit."""
        fds = [input_fd] if output_fd is None else [input_fd, output_fd]
        for _ in range(2):
            try:
                control, process = self._ready()
            except OSError:
                break
            try:
                return self._run_once(control, job, fds)
            except (_ServerDied, ValueError):
                self._bury(process)
        return Outcome("unavailable")

    def server_pid(self) -> int:
        """The process id of the server, started if need be."""
        return self._ready()[1].pid

    def close(self) -> None:
        """Ends the server and every child of it."""
        with self._lock:
            self._clear()

    def _run_once(self, control: socket.socket, job: dict[str, Any], fds: list[int]) -> Outcome:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with ours:
            with theirs:
                self._send(control, json.dumps(job).encode(), [theirs.fileno(), *fds])
            if _receive(ours, self.queue_seconds) is None:
                return Outcome("busy")
            wall_seconds = job.get("wall_seconds", _WALL_SECONDS)
            message = _receive(ours, wall_seconds + _GRACE_SECONDS)
        if message is None:
            # The server holds the deadline; when it does not, it hangs and is of no use to anybody.
            raise _ServerDied
        return _outcome(message)

    def _send(self, control: socket.socket, message: bytes, fds: list[int]) -> None:
        try:
            socket.send_fds(control, [message], fds)
        except OSError as error:
            raise _ServerDied from error

    def _ready(self) -> tuple[socket.socket, subprocess.Popen]:
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._clear()
                self._begin()
            return self._control, self._process

    def _begin(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            # -I: neither environment nor current folder decides what is imported. exec, so no thread's lock is copied.
            self._process = subprocess.Popen(
                [sys.executable, "-I", str(_SCRIPT), str(theirs.fileno()), str(self.children_max), self.jobs],
                pass_fds=[theirs.fileno()],
                env={},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._control = ours
        hello = _receive_or_none(ours, _HELLO_SECONDS)
        if not hello:
            self._clear()
            raise OSError("the fork server for uploads did not start")
        ours.settimeout(self.queue_seconds)
        self._levels = json.loads(hello)["levels"]

    def _bury(self, process: subprocess.Popen) -> None:
        """Ends this very server: another thread may have started the next one already."""
        with self._lock:
            if self._process is process:
                self._clear()

    def _clear(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGKILL)
            self._process.wait()
        self._control, self._process, self._levels = None, None, []

    def _forget(self) -> None:
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen | None = None
        self._levels: list[str] = []

    def _forget_in_forked_process(self) -> None:
        """A web process forked from one that had a server must not talk to its parent's."""
        control, self._process = self._control, None
        self._forget()
        if control is not None:
            control.close()


def _receive(reply: socket.socket, seconds: float) -> bytes | None:
    """One message; None when time is up. Raises _ServerDied when the other end is gone."""
    message = _receive_or_none(reply, seconds)
    if message == b"":
        raise _ServerDied
    return message


def _receive_or_none(reply: socket.socket, seconds: float) -> bytes | None:
    reply.settimeout(seconds)
    try:
        return reply.recv(_MESSAGE_MAX_BYTES)
    except TimeoutError:
        return None
    except ConnectionError:
        return b""


def _outcome(message: bytes) -> Outcome:
    head, _, said = message.partition(b"\n")
    facts = json.loads(head)
    lines = _lines(said)
    merged = {key: value for line in lines for key, value in line.items()}
    return Outcome(facts["end"], tuple(lines), facts["cpu_seconds"], facts["rss_bytes"], merged)


def _lines(said: bytes) -> list[dict[str, Any]]:
    """The whole lines of a child. A last line that was cut by its death is dropped."""
    found = []
    for raw in said.split(b"\n")[:-1]:
        try:
            line = json.loads(raw)
        except (ValueError, RecursionError):
            break
        if isinstance(line, dict):
            found.append(line)
    return found


_all: "weakref.WeakSet[ForkServer]" = weakref.WeakSet()


def _forget_all() -> None:
    for server in list(_all):
        server._forget_in_forked_process()


os.register_at_fork(after_in_child=_forget_all)
_default = ForkServer()


def default() -> ForkServer:
    """The server of this process; it starts at its first job."""
    return _default


def isolation_level() -> str:
    """What shuts the parsers in on this machine, in words for a start-up message."""
    return default().isolation_level()
