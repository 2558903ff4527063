"""The fork server and the children it forks: the only place where uploaded bytes meet a parser.

Started by exec as a script of its own, never imported by the web process. It loads the parsers once and forks
one child for each job, so that a child costs milliseconds and begins clean. The server itself reads no upload.

Which jobs there are is told by the name of a module, which has `load` and `run` like `uploads.inside.jobs`.

Talk: the control socket brings one message a job (JSON, and the descriptors of the reply socket, the input and
perhaps an output). The reply socket gets `started`, then one message with the end and what the child said.
"""

import contextlib
import fcntl
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

SAID_MAX_BYTES = 64 * 1024
WALL_SECONDS = 15
_INPUT, _SAYING, _OUTPUT = 3, 4, 5
_FREE_FROM = 100


@dataclass
class _Running:
    """A child at work, as the server sees it."""

    pid: int
    reply: socket.socket
    hearing: int
    ends_at: float
    said: bytearray = field(default_factory=bytearray)


def main() -> None:
    control = socket.socket(fileno=int(sys.argv[1]))
    children_max = int(sys.argv[2])
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    jobs = importlib.import_module(sys.argv[3])
    levels = _prepare(jobs)
    control.send(json.dumps({"levels": levels}).encode())
    # Frozen, the collector does not touch pages that parent and child share.
    gc.collect()
    gc.freeze()
    Server(control, children_max, jobs).serve()


def _prepare(jobs) -> list[str]:
    """Loads the parsers, then shuts the server in as far as its children may be shut in together."""
    # Imported here and not above: this file is a script, and the folder it is imported from is set by main().
    confine = _inside("confine")
    jobs.load()
    levels = ["limits"]
    if confine.gain_no_rights():
        levels += ["no network"] * confine.leave_network() + ["no files"] * confine.close_file_system()
    return levels + _probe_child_levels(confine)


def _inside(name: str):
    return importlib.import_module(f"uploads.inside.{name}")


def _probe_child_levels(confine) -> list[str]:
    """What only a child can apply, tried once in a child that does nothing else."""
    hearing, saying = os.pipe()
    pid = os.fork()
    if pid == 0:
        levels = ["own user"] * confine.become_nobody() + ["no system calls"] * confine.forbid_system_calls()
        os.write(saying, json.dumps(levels).encode())
        os._exit(0)
    os.close(saying)
    said = os.read(hearing, 1000)
    os.close(hearing)
    os.waitpid(pid, 0)
    return json.loads(said or b"[]")


class Server:
    """One loop: takes jobs while there is room, listens to children, ends those that run too long."""

    def __init__(self, control: socket.socket, children_max: int, jobs):
        self.control = control
        self.jobs = jobs
        self.children_max = children_max
        self.running: dict[int, _Running] = {}

    def serve(self) -> None:
        """Returns never: the process ends when the web process closes its end of the control socket."""
        while True:
            poller = select.poll()
            # With mask 0 a hang-up is still told, so a full house also notices that the owner is gone.
            poller.register(self.control, select.POLLIN if len(self.running) < self.children_max else 0)
            for hearing in self.running:
                poller.register(hearing, select.POLLIN)
            for fd, event in poller.poll(self._wait_milliseconds()):
                self._attend(fd, event)
            self._end_the_late()

    def _attend(self, fd: int, event: int) -> None:
        if fd != self.control.fileno():
            self._listen(self.running[fd])
        elif event & select.POLLIN:
            self._take_job()
        else:
            self._leave()

    def _take_job(self) -> None:
        message, fds, _, _ = socket.recv_fds(self.control, SAID_MAX_BYTES, 3)
        if not message:
            self._leave()
        reply = socket.socket(fileno=fds[0])
        try:
            # Whoever asked may have given up while the job waited its turn.
            reply.send(b"started")
        except OSError:
            reply.close()
        else:
            self._fork(json.loads(message), reply, fds[1:])
        for fd in fds[1:]:
            os.close(fd)

    def _fork(self, job: dict, reply: socket.socket, fds: list[int]) -> None:
        hearing, saying = os.pipe()
        server_pid = os.getpid()
        pid = os.fork()
        if pid == 0:
            _be_child(self.jobs, job, server_pid, fds, saying)
        os.close(saying)
        self.running[hearing] = _Running(pid, reply, hearing, time.monotonic() + job.get("wall_seconds", WALL_SECONDS))

    def _listen(self, child: _Running) -> None:
        piece = os.read(child.hearing, SAID_MAX_BYTES)
        child.said += piece
        if len(child.said) > SAID_MAX_BYTES:
            del child.said[SAID_MAX_BYTES:]
            self._end(child, "said_too_much")
        elif not piece:
            self._end(child, None)

    def _end_the_late(self) -> None:
        now = time.monotonic()
        for child in list(self.running.values()):
            if now >= child.ends_at:
                self._end(child, "wall")

    def _end(self, child: _Running, why: str | None) -> None:
        """Kills the child's whole group, buries it, tells its asker."""
        del self.running[child.hearing]
        if why is None:
            # It closed its pipe: let it die by itself, so that its own end is told, but not for long.
            why, usage = _await_end(child.pid, seconds=1)
        else:
            _kill_group(child.pid)
            _, _, usage = os.wait4(child.pid, 0)
        os.close(child.hearing)
        head = {"end": why, "cpu_seconds": usage.ru_utime + usage.ru_stime, "rss_bytes": usage.ru_maxrss * 1024}
        # The asker may be gone; then nobody is left to tell.
        with contextlib.suppress(OSError):
            child.reply.send(json.dumps(head).encode() + b"\n" + child.said, socket.MSG_DONTWAIT)
        child.reply.close()

    def _wait_milliseconds(self) -> int | None:
        if not self.running:
            return None
        first = min(child.ends_at for child in self.running.values())
        return max(0, int((first - time.monotonic()) * 1000) + 1)

    def _leave(self) -> None:
        for child in self.running.values():
            _kill_group(child.pid)
        os._exit(0)


def _await_end(pid: int, *, seconds: float):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found, status, usage = os.wait4(pid, os.WNOHANG)
        if found:
            _kill_group(pid)
            return _how_it_ended(status), usage
        time.sleep(0.0005)
    _kill_group(pid)
    return "wall", os.wait4(pid, 0)[2]


def _how_it_ended(status: int) -> str:
    if os.WIFEXITED(status):
        return "done" if os.WEXITSTATUS(status) == 0 else "failed"
    return {signal.SIGXCPU: "cpu", signal.SIGKILL: "killed"}.get(os.WTERMSIG(status), "crashed")


def _kill_group(pid: int) -> None:
    for kill in (os.killpg, os.kill):
        # Gone already, or its group was not made yet: the other call covers that.
        with contextlib.suppress(OSError):
            kill(pid, signal.SIGKILL)


def _be_child(jobs, job: dict, server_pid: int, fds: list[int], saying: int) -> None:
    """The life of a child: shut in, one job, out. Never returns into the server's loop."""
    code = 1
    try:
        _keep_only([fds[0], saying, *fds[1:]])
        _shut_in(server_pid, job)
        code = jobs.run(job, input_fd=_INPUT, output_fd=_OUTPUT, say=_say)
    finally:
        # _exit: no buffers, no exit handlers and no stack trace of the server are ours.
        os._exit(code)


def _keep_only(fds: list[int]) -> None:
    """Descriptors 3, 4 and 5 are input, saying and output; the others belong to other people's jobs."""
    safe = [fcntl.fcntl(fd, fcntl.F_DUPFD, _FREE_FROM) for fd in fds]
    for position, fd in enumerate(safe):
        os.dup2(fd, _INPUT + position)
    # What a parser complains of may quote the document: it goes where the server's output goes, to nowhere.
    os.dup2(1, 2)
    os.closerange(_INPUT + len(fds), 4096)


def _shut_in(server_pid: int, job: dict) -> None:
    confine = _inside("confine")
    os.setpgid(0, 0)
    confine.die_with_parent(server_pid)
    confine.limit_resources(
        memory_max_bytes=job.get("memory_bytes", confine.MEMORY_MAX_BYTES),
        cpu_max_seconds=job.get("cpu_seconds", confine.CPU_MAX_SECONDS),
    )
    confine.become_nobody()
    # Changing the user clears the wish to die with the parent.
    confine.die_with_parent(server_pid)
    confine.forbid_system_calls()


def _say(line: dict) -> None:
    os.write(_SAYING, json.dumps(line, separators=(",", ":")).encode() + b"\n")


if __name__ == "__main__":
    main()
