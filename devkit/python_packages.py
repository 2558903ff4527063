"""The virtual environment, filled from hash-pinned locks. Where packages come from is pip's own configuration."""

import importlib.util
import os
import sys
from pathlib import Path

from devkit import debian
from devkit.places import ROOT, VENV, VENV_PYTHON
from devkit.plainly import Trouble, run, say
from devkit.stamps import Stamps, fingerprint

RUNTIME = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"  # Contains the runtime's packages too.
SCREENING = ROOT / "requirements-screening.txt"  # Only the children that screen documents load these.
NODE = ROOT / "requirements-node.txt"


def ensure(lock: Path) -> None:
    """Have every package of this lock in .venv; at once when the lock is unchanged since the last time."""
    _ensure_venv()
    stamps = _stamps()
    wanted = fingerprint(lock)
    if stamps.is_done(lock.name, wanted):
        return
    if lock == RUNTIME and _holds_runtime_already(stamps):
        return
    _install(lock)
    stamps.remember(lock.name, wanted)
    if lock == DEVELOPMENT:
        stamps.remember("development is newer than", fingerprint(RUNTIME))


def _holds_runtime_already(stamps: Stamps) -> bool:
    return stamps.is_done("development is newer than", fingerprint(RUNTIME))


def _stamps() -> Stamps:
    return Stamps(VENV / "klarsag-stamps.json")


def _install(lock: Path) -> None:
    # What its packages ask for is several times what is used of them.
    alone = ["--no-deps"] if lock == SCREENING else []
    say(f"Installing the Python packages of {lock.name} ...")
    install = [VENV_PYTHON, "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:", *alone]
    run(
        [*install, "--requirement", lock],
        environ=_pip_settings(),
        trouble=f"Installing {lock.name} failed: check that pip reaches its package index, then start again",
    )


def _pip_settings() -> dict[str, str]:
    """pip's own configuration decides all but this: no question asked, nothing written outside the project."""
    settings = {"PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    if "PIP_CACHE_DIR" not in os.environ:
        settings["PIP_NO_CACHE_DIR"] = "1"
    if os.geteuid() == 0:
        settings["PIP_ROOT_USER_ACTION"] = "ignore"
    return settings


def _ensure_venv() -> None:
    if _venv_works():
        return
    base = _base_python()
    if not _has_ensurepip():
        _bring_ensurepip()
    say("Making a virtual environment in .venv ...")
    run(
        [base, "-m", "venv", "--clear", VENV],
        trouble="Making the virtual environment failed: remove the folder .venv, then start again",
    )
    _stamps().remember("python", _version())


def _venv_works() -> bool:
    """True if .venv was made by this Python's minor version and its interpreter is still there."""
    if not VENV_PYTHON.exists():
        return False
    stamps = _stamps()
    if stamps.is_done("python", _version()):
        return True
    made_by_hand = (VENV / "lib" / f"python{_version()}").is_dir() and (VENV / "bin" / "pip").exists()
    if made_by_hand:
        stamps.remember("python", _version())
    return made_by_hand


def _version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _base_python() -> str:
    """Not the interpreter in .venv, even when that one runs us: it is about to be cleared."""
    return getattr(sys, "_base_executable", None) or sys.executable


def _has_ensurepip() -> bool:
    return importlib.util.find_spec("ensurepip") is not None


def _bring_ensurepip() -> None:
    ours_is_debians = Path(_base_python()).resolve().parent == Path("/usr/bin")
    if debian.can_install() and not ours_is_debians:
        raise Trouble("This Python lacks ensurepip: start Klarsag with a Python that has it, such as /usr/bin/python3.")
    debian.install("python3-venv", why="Making a virtual environment needs Python's ensurepip")
    importlib.invalidate_caches()
    if not _has_ensurepip():
        package = f"python{_version()}-venv"
        debian.install(package, why="Making a virtual environment needs Python's ensurepip")
