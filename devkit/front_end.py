"""Node, the front end's packages, and the files built from them."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from devkit import python_packages
from devkit.places import ASSETS, ROOT, VAR, VENV
from devkit.plainly import run, say
from devkit.stamps import Stamps, fingerprint

OLDEST_NODE = 20
LOCK = ROOT / "package-lock.json"
BUILD = ROOT / "frontend" / "build.mjs"
INPUTS = (LOCK, ROOT / "frontend", ROOT / "static")


def ensure(stamps: Stamps) -> None:
    """Have node_modules and var/assets as package-lock.json, frontend/ and static/ want them."""
    if not LOCK.exists():
        return
    _ensure_packages(stamps)
    if BUILD.exists():
        _ensure_assets(stamps)


def lock() -> None:
    """Resolve package.json into package-lock.json; .npmrc keeps registry addresses out of it."""
    run(
        [*_npm(), "install", "--package-lock-only", "--no-progress"],
        environ=_npm_settings(),
        trouble="package.json could not be resolved: change the version that npm names",
    )


def _ensure_packages(stamps: Stamps) -> None:
    wanted = fingerprint(LOCK)
    if (ROOT / "node_modules").is_dir() and stamps.is_done("node packages", wanted):
        return
    say("Installing the front end's packages ...")
    run(
        [*_npm(), "ci", "--include=dev", "--no-progress"],
        environ=_npm_settings(),
        trouble="npm ci failed: check that npm reaches its registry, then start again",
    )
    stamps.remember("node packages", wanted)


def _ensure_assets(stamps: Stamps) -> None:
    wanted = fingerprint(*INPUTS)
    if (ASSETS / "manifest.json").exists() and stamps.is_done("assets", wanted):
        return
    say("Building the styles and scripts ...")
    run([_node(), BUILD], trouble="Building the front end failed: see what frontend/build.mjs says")
    stamps.remember("assets", wanted)


def _npm_settings() -> dict[str, str]:
    settings = {"PATH": f"{Path(_node()).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    settings["NODE_DISABLE_COMPILE_CACHE"] = "1"  # It would lie in the temporary folder.
    if "npm_config_cache" not in os.environ:
        settings["npm_config_cache"] = str(VAR / "cache" / "npm")
    return settings


def _npm() -> list[str]:
    node = Path(_node())
    if node.parent == VENV / "bin":
        return [str(node.parent / "npm")]
    return [shutil.which("npm") or "npm"]


def _node() -> str:
    """The machine's Node if it is new enough and comes with npm, else the one packed for PyPI."""
    ours = VENV / "bin" / "node"
    for candidate in (shutil.which("node"), str(ours)):
        if candidate and _is_new_enough(candidate) and (candidate == str(ours) or shutil.which("npm")):
            return candidate
    python_packages.ensure(python_packages.NODE)
    return str(ours)


def _is_new_enough(node: str) -> bool:
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return False
    found = re.match(r"v(\d+)\.", told)
    return found is not None and int(found[1]) >= OLDEST_NODE
