"""What a parser that was taken over could still do. Each attempt runs in a process shut in as a child is."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import uploads

ROOT = Path(uploads.__file__).parents[1]
SHUT_IN = """
import json, os, socket, subprocess, sys, threading
sys.path.insert(0, {root!r})
from uploads.inside import confine
confine.gain_no_rights()
network = confine.leave_network()
files = confine.close_file_system()
confine.limit_resources()
confine.become_nobody()
calls = confine.forbid_system_calls()
def attempt(what):
    try:
        what()
        return "done"
    except BaseException as error:
        return type(error).__name__
"""


def attempt(what: str) -> str:
    """Runs one attempt in a shut-in process; skips where this kernel offers too little."""
    source = SHUT_IN.format(root=str(ROOT)) + f"\nprint(json.dumps([files, calls, attempt(lambda: {what})]))\n"
    ran = subprocess.run([sys.executable, "-I", "-c", source], capture_output=True, text=True, env={}, timeout=30)
    files, calls, result = json.loads(ran.stdout)
    if not files or not calls:
        pytest.skip("this kernel has no Landlock or no seccomp; start-up says so")
    return result


@pytest.mark.parametrize(
    "what",
    [
        "socket.socket()",
        "socket.socketpair()",
        "os.fork()",
        "os.execv('/bin/true', ['true'])",
        "os.kill(1, 0)",
        "open('/etc/passwd').read()",
        "open('/proc/self/environ').read()",
        "open('/tmp/x', 'w')",
        "os.unlink('/tmp/x')",
        "os.symlink('/etc/passwd', '/tmp/y')",
        "os.setuid(0)",
    ],
)
def test_the_ways_out_are_shut(what):
    assert attempt(what) in ("PermissionError", "BlockingIOError")


def test_memory_beyond_the_limit_is_not_given():
    assert attempt("bytearray(2 * 1024**3)") == "MemoryError"


def test_ordinary_work_goes_on():
    assert attempt("sum(range(1000)) or open(os.__file__).read()") == "done"


def test_the_filter_knows_both_machines_and_no_other():
    from uploads.inside import system_calls

    assert len(system_calls.filter_program("x86_64")) % 8 == 0
    assert system_calls.filter_program("x86_64") != system_calls.filter_program("aarch64")
    assert system_calls.filter_program("riscv64") is None
