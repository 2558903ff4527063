"""Checklists in YAML -> one JSON file each, named by its content. Run at set-up; the web only loads these."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checklists.assemble import Assembly, assemble_with
from checklists.building import build, content_hash
from checklists.definition import Definition
from checklists.faults import ERROR, ChecklistFaulty, Fault
from checklists.gather import FOLDER, Gathered, gather, names_in, versions_of
from checklists.lint import lint_meaning
from checklists.texts import Translations, source_texts

INDEX = "index.json"


@dataclass
class Compiled:
    """One version as far as it could be understood. content is None while there are errors of shape."""

    found: Gathered
    work: Assembly | None = None
    wording: Translations | None = None
    content: dict[str, Any] | None = None

    @property
    def faults(self) -> list[Fault]:
        return sorted(set(self.found.faults))

    @property
    def errors(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.level == ERROR]

    def definition(self) -> Definition:
        """Raises ChecklistFaulty with every error."""
        if self.errors or self.content is None:
            raise ChecklistFaulty(self.errors)
        return build(self.content)


def compile_version(name: str, version: str, folder: Path = FOLDER) -> Compiled:
    """Reads, checks and resolves one version; faults are collected, nothing is raised."""
    found = gather(name, version, folder)
    if found.checklist is None:
        return Compiled(found)
    work, plan = assemble_with(found)
    wording = Translations(work, source_texts(work))
    lint_meaning(work, plan, wording)
    content = {
        "plan": plan,
        "texts": wording.texts,
        "stale": {key: paths for key, paths in wording.stale.items() if paths},
    }
    return Compiled(found, work, wording, json.loads(json.dumps(content)))


def definition_from_yaml(name: str, version: str | None = None, folder: Path = FOLDER) -> Definition:
    """Straight from YAML, for commands and tests; the newest version if none is named.

    Raises ChecklistFaulty with every error.
    """
    versions = versions_of(name, folder)
    if version is None and not versions:
        raise ChecklistFaulty([Fault(f"definitions/{name}", 1, "no_file", f"There is no checklist {name}.", "")])
    return compile_version(name, version or versions[-1], folder).definition()


def compile_all(target_dir: Path | str, folder: Path = FOLDER) -> dict[str, dict[str, str]]:
    """Writes every version and an index; returns the index (name -> version -> file name).

    Raises ChecklistFaulty with the errors of all checklists, and then leaves the old index standing.
    """
    target = Path(target_dir)
    target.mkdir(parents=True, exist_ok=True)
    compiled = [
        compile_version(name, version, folder) for name in names_in(folder) for version in versions_of(name, folder)
    ]
    errors = [fault for one in compiled for fault in one.errors]
    if errors:
        raise ChecklistFaulty(errors)
    index: dict[str, dict[str, str]] = {}
    for one in compiled:
        file = f"{content_hash(one.content)}.json"
        _write(target / file, one.content)
        index.setdefault(one.found.name, {})[one.found.version] = file
    _write(target / INDEX, index)
    _sweep(target, {file for versions in index.values() for file in versions.values()})
    return index


def _write(path: Path, content: Any) -> None:
    """Rename, not write in place: a starting web process must never read half a file.

    Keys keep the order they are written in: questions and facts are asked in it. The hash does not look at it.
    """
    draft = path.with_suffix(f".{os.getpid()}.part")
    draft.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)


def _sweep(target: Path, wanted: set[str]) -> None:
    for path in target.glob("*.json"):
        if path.name != INDEX and path.name not in wanted:
            path.unlink(missing_ok=True)
