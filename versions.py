"""Releases with holes that were used against others; the product does not start on them."""

import re
from collections.abc import Callable
from importlib import metadata

# The first release without the hole, and what the hole lets a stranger do.
FLOORS = {
    "flask": ((3, 1, 3), "sessions can leak through caches"),
    "werkzeug": ((3, 1, 6), "crafted names and forms can stop the server"),
    "pillow": ((13,), "crafted pictures can run code"),
    "pillow-heif": ((1, 7), "crafted HEIC pictures can run code"),
    "pypdf": ((7,), "crafted PDF files can use up the machine"),
}


def faults(installed: Callable[[str], str] = metadata.version) -> list[str]:
    """One sentence per package that is too old; empty when all are new enough. A missing package is no fault here."""
    found = []
    for package, (floor, danger) in FLOORS.items():
        try:
            version = installed(package)
        except metadata.PackageNotFoundError:
            continue
        if _numbers(version) < floor:
            wanted = ".".join(str(number) for number in floor)
            found.append(f"{package} {version} is too old ({danger}): install {wanted} or newer")
    return found


def _numbers(version: str) -> tuple[int, ...]:
    """The leading numbers: 13.0.0rc1 counts as 13.0.0."""
    return tuple(int(number) for number in re.match(r"[\d.]*", version)[0].split(".") if number)
