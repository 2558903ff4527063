"""Runs the web and the worker side by side, and sees to it that neither outlives the other or us."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from devkit.places import ROOT
from devkit.plainly import Trouble, say

GRACE_SECONDS = 12  # Longer than the web server gives its own requests (gunicorn.conf.py).
LOOK_EVERY_SECONDS = 0.1
PR_SET_PDEATHSIG = 1


class Child:
    """One program in a process group of its own, so that Ctrl-C reaches it through us only, once."""

    def __init__(self, name: str, command: Sequence[object], environ: Mapping[str, str]):
        self.name = name
        self._process = subprocess.Popen(
            [str(word) for word in command],
            cwd=ROOT,
            env={**os.environ, **environ},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - we have one thread
        )

    @property
    def exit_code(self) -> int | None:
        return self._process.poll()

    def ask_to_stop(self) -> None:
        if self.exit_code is None:
            self._process.terminate()

    def end_whatever_is_left(self) -> None:
        """Kill what is left of the group: a child's child that did not follow its parent must not stay."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


class Stop:
    """Notes the first request to stop (Ctrl-C, SIGTERM, a closed terminal) and how often it was made."""

    def __init__(self):
        self.times = 0
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._note)

    def _note(self, *_signal) -> None:
        self.times += 1


def watch(children: Sequence[Child], stop: Stop) -> None:
    """Return when a person wants to stop; raise Trouble if a child ends by itself. All children are gone either way."""
    try:
        while not stop.times:
            ensure_alive(children)
            time.sleep(LOOK_EVERY_SECONDS)
        say("\nStopping ...")
    finally:
        _end(children, stop)


def ensure_alive(children: Sequence[Child]) -> None:
    for child in children:
        if child.exit_code is not None:
            raise Trouble(
                f"The {child.name} ended by itself (exit code {child.exit_code}), so the rest was stopped too: "
                "see what it said above."
            )


def _end(children: Sequence[Child], stop: Stop) -> None:
    for child in children:
        child.ask_to_stop()
    patience_ends_at = time.monotonic() + GRACE_SECONDS
    asked_before = stop.times
    while any(child.exit_code is None for child in children):
        if time.monotonic() > patience_ends_at or stop.times > asked_before + 1:
            break
        time.sleep(LOOK_EVERY_SECONDS / 2)
    for child in children:
        child.end_whatever_is_left()


def _die_with_parent() -> None:
    """Even when ./dev is killed outright, the kernel tells its children to stop."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
