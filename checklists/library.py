"""The checklists there are, as compiled at set-up. Never parses YAML.

`get` and `newest` are cached: a Definition is frozen and may be shared by all threads.
"""

import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from checklists.building import build, content_hash
from checklists.definition import Definition

PROJECT: Final = Path(__file__).parent.parent
COMPILED: Final = PROJECT / "var" / "compiled" / "checklists"
_folder = [COMPILED]


class NotCompiled(Exception):
    """The compiled checklists are missing or damaged."""


class UnknownChecklist(LookupError):
    """There is no such checklist, or no such version of it."""


def use(folder: Path | str) -> None:
    """Reads from this folder from now on, and forgets what was read before."""
    _folder[0] = Path(folder)
    forget()


def forget() -> None:
    """Reads everything anew: after compiling again in the same process."""
    _index.cache_clear()
    get.cache_clear()


def names() -> list[str]:
    """Names of all checklists, sorted."""
    return sorted(_index())


def versions(name: str) -> list[str]:
    """Versions of one checklist, oldest first. Raises UnknownChecklist."""
    if name not in _index():
        raise UnknownChecklist(name)
    return sorted(_index()[name])


@lru_cache(maxsize=128)
def get(name: str, version: str | date) -> Definition:
    """Raises UnknownChecklist, or NotCompiled if the file is gone or was changed."""
    file = _index().get(name, {}).get(str(version))
    if file is None:
        raise UnknownChecklist(f"{name} {version}")
    content = _load(_folder[0] / file)
    named = content_hash(content)
    if file != f"{named}.json":
        raise NotCompiled(f"{file} is not what was compiled. Run: flask compile")
    return build(content, named)


def newest(name: str, on: date) -> Definition:
    """The newest version that applies to files first sent on that day. Raises UnknownChecklist."""
    fitting = [one for version in versions(name) if (one := get(name, version)).applies_from <= on]
    if not fitting:
        raise UnknownChecklist(f"{name} on {on}")
    return max(fitting, key=lambda one: (one.applies_from, one.version))


@lru_cache(maxsize=1)
def _index() -> dict[str, dict[str, str]]:
    return _load(_folder[0] / "index.json")


def _load(path: Path) -> dict:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NotCompiled(
            f"The compiled checklists are missing or damaged ({path.name}). Run: flask compile"
        ) from error
