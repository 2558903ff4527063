"""`./dev test`, `check`, `lint`, `bench`: what they need, and how they are started."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from devkit import debian
from devkit.places import ROOT, VENV, VENV_PYTHON
from devkit.plainly import say

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MOST_AT_ONCE = 4  # Each has a PostgreSQL and a Chromium of its own, and so takes most of a gigabyte.


def ensure_browser() -> None:
    """Journeys need a real browser, an Arabic font in it, and the C library its driver is linked to."""
    missing = []
    if not any(shutil.which(name) for name in BROWSERS):
        missing.append("chromium")
    if not _has_arabic_font():
        missing.append("fonts-noto-core")
    if not any(Path("/usr").glob("lib*/**/libatomic.so.1")):
        missing.append("libatomic1")
    if missing:
        debian.install(*missing, why="The tests need a browser with an Arabic font")


def _has_arabic_font() -> bool:
    if any(Path("/usr/share/fonts").glob("**/NotoSansArabic*")):
        return True
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=ar"], capture_output=True).stdout.strip())


def run_tests(words: Sequence[str], *, thorough: bool) -> int:
    """Run pytest in our place and return its exit code; thorough adds the tests marked `check` and larger numbers."""
    environ = {"KLARSAG_CHECK": "1"} if thorough else {}
    return _run_in_the_foreground([VENV_PYTHON, "-m", "pytest", *_side_by_side(words), *words], environ)


def _side_by_side(words: Sequence[str]) -> list[str]:
    """The whole run takes every core; who names a file or a test wants to read it in one piece, as it comes."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores == 1 or not all(word.startswith("-") for word in words):
        return []
    return [f"--numprocesses={min(cores, MOST_AT_ONCE)}", "--dist=worksteal"]


def lint(words: Sequence[str]) -> int:
    """Ruff over the code, then the checklists with every fault at once. The worse exit code counts."""
    worst = _run_in_the_foreground([VENV / "bin" / "ruff", "check", *(words or ["."])])
    if (ROOT / "checklists" / "definitions").is_dir() and (ROOT / "app.py").exists():
        worst = max(worst, _run_in_the_foreground([VENV_PYTHON, "-m", "flask", "--app", "app", "checklist", "lint"]))
    return worst


def bench(words: Sequence[str]) -> int:
    script = ROOT / "bench" / "run.py"
    if not script.exists():
        say("There is no bench/run.py yet, so there is nothing to measure.")
        return 1
    return _run_in_the_foreground([VENV_PYTHON, script, *words])


def _run_in_the_foreground(command: Sequence[object], environ: dict[str, str] | None = None) -> int:
    """The program shares our terminal and our group, so Ctrl-C reaches it, and it tidies up before we go on."""
    process = subprocess.Popen([str(word) for word in command], cwd=ROOT, env={**os.environ, **(environ or {})})
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue
