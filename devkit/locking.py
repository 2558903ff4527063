"""`./dev lock`, for maintainers: resolves the *.in files into locks with hashes, and package-lock.json anew."""

from collections.abc import Sequence

from devkit import front_end, python_packages
from devkit.places import ROOT, VENV
from devkit.plainly import run, say

UV = VENV / "bin" / "uv"
HEADER = """\
# A lock, made by ./dev lock from {source}: exact versions with hashes, for Linux on x86-64 and ARM, Python 3.11 on.
# Change {source}, not this file.
"""


def lock(words: Sequence[str]) -> int:
    """Give --upgrade to take newer versions of what is not pinned in the *.in files."""
    if not UV.exists():
        python_packages.ensure(python_packages.DEVELOPMENT)
    _resolve("requirements.in", words)
    _resolve("requirements-dev.in", ["--constraint", "requirements.txt", *words])
    _resolve("requirements-node.in", words)
    _resolve("requirements-screening.in", ["--no-deps", *words])
    front_end.lock()
    say("Locked. Run ./dev test with the new locks before committing them.")
    return 0


def _resolve(source: str, words: Sequence[str]) -> None:
    target = ROOT / source.replace(".in", ".txt")
    command = [UV, "pip", "compile", source, "--output-file", target.name]
    command += ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--quiet", *words]
    run(
        command,
        environ={"UV_PYTHON_DOWNLOADS": "never", "UV_NO_CACHE": "1"},
        trouble=f"{source} could not be resolved: change the version that the resolver names",
    )
    target.write_text(HEADER.format(source=source) + target.read_text())
