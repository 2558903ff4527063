"""Children come from a server of their own, and nothing they do reaches further than their file."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil
import pytest

from tests.uploads import files
from uploads import forkserver
from uploads.forkserver import ForkServer

LOOK = {"job": "inspect", "kind": "application/pdf", "pages_max": 100, "pixels_max": 50_000_000}


@pytest.fixture
def own_server():
    server = ForkServer()
    yield server
    server.close()


@contextlib.contextmanager
def opened(content: bytes):
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        yield file.fileno()


def look(server, content=None, **more):
    with opened(content or files.pdf()) as fd:
        return server.run({**LOOK, **more}, fd)


@contextlib.contextmanager
def a_child_at_work(server, **more):
    """A child that is busy for seconds, and the list its outcome will be put in."""
    outcomes = []
    pid = server.server_pid()
    thread = threading.Thread(target=lambda: outcomes.append(look(server, files.slow_pdf(), **more)))
    thread.start()
    until = time.monotonic() + 10
    while not (children := psutil.Process(pid).children()) and time.monotonic() < until:
        time.sleep(0.005)
    # A child is shut in before it reads its first byte; give it that moment.
    time.sleep(0.1)
    yield children[0].pid, outcomes
    thread.join(timeout=30)


def status_of(pid):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def test_a_job_is_done_and_its_cost_is_told(server):
    outcome = look(server)
    assert outcome.end == "done"
    assert outcome.merged["pages"] == 1
    assert 0 < outcome.cpu_seconds < 5
    assert outcome.rss_bytes > 0


def test_a_child_has_no_environment_and_no_open_files_but_its_own(own_server, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "do-not-tell")
    with a_child_at_work(own_server) as (pid, _):
        assert Path(f"/proc/{pid}/environ").read_bytes() == b""
        assert sorted(fd.name for fd in Path(f"/proc/{pid}/fd").iterdir()) == ["0", "1", "2", "3", "4"]


def test_a_child_has_limits_set_by_the_system(server):
    with a_child_at_work(server) as (pid, _):
        rows = Path(f"/proc/{pid}/limits").read_text().splitlines()[1:]
    limits = {row[:26].strip(): row[26:47].strip() for row in rows}
    assert limits["Max address space"] == str(1024**3)
    assert limits["Max cpu time"] == "10"
    assert limits["Max file size"] == str(64 * 1024**2)
    assert limits["Max open files"] == "32"
    assert limits["Max core file size"] == "0"
    assert limits["Max processes"] == "0"


def test_what_the_level_promises_holds_in_the_child(server):
    level = server.isolation_level().split(", ")
    assert "limits" in level
    with a_child_at_work(server) as (pid, _):
        status = status_of(pid)
        network = Path(f"/proc/{pid}/ns/net").readlink()
        group = os.getpgid(pid)
    assert group == pid
    assert ("no system calls" in level) == (status["Seccomp"] == "2")
    assert ("no network" in level) == (network != Path("/proc/self/ns/net").readlink())
    assert ("own user" in level) == (status["Uid"].split()[0] != str(os.getuid()))
    assert status["NoNewPrivs"] == "1"


def test_a_child_that_runs_too_long_is_killed_and_the_server_lives(server):
    before = server.server_pid()
    begun = time.monotonic()
    outcome = look(server, files.slow_pdf(escapes=8_000_000), wall_seconds=1.5)
    assert outcome.end == "wall"
    assert time.monotonic() - begun < 8
    assert outcome.merged["pages"] == 1, "what it knew before it was killed is told"
    assert look(server).end == "done"
    assert server.server_pid() == before


def test_a_child_that_burns_too_much_time_is_killed_by_the_system(server):
    outcome = look(server, files.slow_pdf(), cpu_seconds=0)
    assert outcome.end in ("cpu", "killed")


def test_no_child_is_left_behind(own_server):
    look(own_server, files.slow_pdf(), wall_seconds=0.2)
    look(own_server)
    assert psutil.Process(own_server.server_pid()).children() == []


def test_a_job_nobody_knows_is_an_answer_and_not_an_error(server):
    with opened(b"x") as fd:
        outcome = server.run({"job": "nonsense"}, fd)
    assert outcome.merged["raised"] == "KeyError"


def test_a_killed_server_is_started_again_and_the_next_job_is_done(own_server):
    before = own_server.server_pid()
    os.kill(before, signal.SIGKILL)
    assert look(own_server).end == "done"
    assert own_server.server_pid() != before


def test_a_server_killed_in_the_middle_of_a_job_is_replaced_and_the_job_done_once_more(own_server):
    with a_child_at_work(own_server) as (pid, outcomes):
        os.kill(own_server.server_pid(), signal.SIGKILL)
    assert [outcome.end for outcome in outcomes] == ["done"]
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_eight_threads_at_once_with_a_kill_in_between_all_get_an_answer(own_server):
    ends = []
    threads = [threading.Thread(target=lambda: ends.append(look(own_server).end)) for _ in range(8)]
    for thread in threads:
        thread.start()
    os.kill(own_server.server_pid(), signal.SIGKILL)
    for thread in threads:
        thread.join(timeout=60)
    assert ends == ["done"] * 8


def test_the_server_goes_when_its_owner_closes_it(own_server):
    pid = own_server.server_pid()
    own_server.close()
    assert not psutil.pid_exists(pid)


def test_a_full_house_says_busy_instead_of_waiting_for_ever():
    server = ForkServer(children_max=1, queue_seconds=0.3)
    try:
        with a_child_at_work(server, wall_seconds=2):
            assert look(server).end == "busy"
        assert look(server).end == "done"
    finally:
        server.close()


def test_each_forked_web_process_gets_a_server_of_its_own(own_server):
    parents = own_server.server_pid()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        outcome = look(own_server)
        os.write(writing, f"{own_server.server_pid()} {outcome.end}".encode())
        own_server.close()
        os._exit(0)
    os.waitpid(pid, 0)
    childs, end = os.read(reading, 100).decode().split()
    os.close(reading)
    os.close(writing)
    assert end == "done"
    assert int(childs) != parents
    assert look(own_server).end == "done"
    assert own_server.server_pid() == parents


def test_a_machine_that_cannot_start_a_server_answers_unavailable(monkeypatch, tmp_path):
    monkeypatch.setattr(forkserver, "_SCRIPT", tmp_path / "missing.py")
    assert look(ForkServer()).end == "unavailable"


def test_lines_of_a_child_that_are_no_lines_are_dropped():
    outcome = forkserver._outcome(b'{"end":"done","cpu_seconds":0,"rss_bytes":0}\n{"a":1}\n[2]\n{"b":2}\n{"c":')
    assert outcome.merged == {"a": 1, "b": 2}


def test_the_server_goes_when_the_web_process_is_killed():
    root = str(Path(forkserver.__file__).parents[1])
    source = (
        f"import sys, time; sys.path.insert(0, {root!r})\n"
        "from uploads import forkserver\n"
        "print(forkserver.default().server_pid(), flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-I", "-c", source], stdout=subprocess.PIPE, text=True) as web:
        server_pid = int(web.stdout.readline())
        assert psutil.pid_exists(server_pid)
        web.kill()
    until = time.monotonic() + 10
    while psutil.pid_exists(server_pid) and time.monotonic() < until:
        time.sleep(0.01)
    assert not psutil.pid_exists(server_pid)
