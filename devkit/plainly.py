"""Speaking to the person at the keyboard, and running programs whose own words go to the log."""

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence

from devkit.places import LOG, ROOT


class Trouble(Exception):
    """Something only a person can put right. Its text is one sentence: what failed and what to do."""


def say(line: str) -> None:
    print(line, flush=True)


def complain(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def run(command: Sequence[object], *, trouble: str, environ: Mapping[str, str] | None = None) -> None:
    """Run one program from the project's folder, its output into the log.

    trouble: what failed and what to do, as one sentence; raised as Trouble with the program's last words added.
    environ: added to our own environment.
    """
    words = [str(word) for word in command]
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("a+b") as log:
        log.write(f"\n$ {shlex.join(words)}\n".encode())
        log.flush()
        began_at = log.tell()
        if _succeeds(words, log, environ):
            return
        log.seek(began_at)
        last_words = _last_words(log.read().decode(errors="replace"))
    raise Trouble(f"{trouble} (it said: {last_words}; all of it is in {LOG.relative_to(ROOT)})")


def _succeeds(words, log, environ) -> bool:
    environment = {**os.environ, **(environ or {})}
    try:
        done = subprocess.run(
            words, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
    except OSError as error:
        log.write(f"{error}\n".encode())
        log.flush()
        return False
    return done.returncode == 0


def _last_words(output: str) -> str:
    """The line that most likely tells the cause: the last one that speaks of an error, else the last one."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower() or line.startswith("E:")]
    told = (errors or lines or ["nothing"])[-1]
    return told[:300]
