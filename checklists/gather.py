"""Finds and reads the files of one checklist version: its own, the shared ones it pins, its translations."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from checklists import schema
from checklists.faults import WARNING, Fault, did_you_mean, shown
from checklists.source import Source, Where, read

FOLDER: Final = Path(__file__).parent
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass
class Gathered:
    """One version as read. checklist is None if its shape is so wrong that nothing can be said of its meaning."""

    name: str
    version: str
    source: Source
    checklist: schema.Checklist | None = None
    shared: dict[str, tuple[schema.Shared, Source]] = field(default_factory=dict)
    translations: dict[str, Source] = field(default_factory=dict)
    shared_translations: list[tuple[str, Source]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def where(self) -> Where:
        return Where(self.source)


def names_in(folder: Path = FOLDER) -> list[str]:
    """The checklists there are, by folder name."""
    root = folder / "definitions"
    return sorted(path.name for path in root.iterdir() if path.is_dir()) if root.is_dir() else []


def versions_of(name: str, folder: Path = FOLDER) -> list[str]:
    """Their versions, oldest first."""
    root = folder / "definitions" / name
    found = [path.name for path in root.iterdir() if DAY.fullmatch(path.name)] if root.is_dir() else []
    return sorted(found)


def gather(name: str, version: str, folder: Path = FOLDER) -> Gathered:
    """Reads everything; never raises for what stands in the files."""
    home = folder / "definitions" / name / version
    source, faults = read(home / "checklist.yaml", f"definitions/{name}/{version}/checklist.yaml")
    found = Gathered(name, version, source, faults=faults)
    found.checklist = shaped(schema.Checklist, source, found.faults, broken=bool(faults))
    if found.checklist is not None:
        _agrees_with_folder(found)
        _gather_shared(found, folder)
    _gather_translations(found, home / "texts")
    return found


def shaped(model: type[BaseModel], source: Source, faults: list[Fault], *, broken: bool = False) -> Any:
    """The file's content as the model, or None after noting every fault of shape."""
    if not isinstance(source.value, dict):
        if not broken:
            faults.append(Fault(source.file, 1, "shape", "The file is not a map of keys.", "Write key: value lines."))
        return None
    try:
        return model.model_validate(source.value)
    except ValidationError as error:
        faults.extend(_shape_fault(source, one) for one in error.errors(include_url=False)[:300])
    except RecursionError:
        faults.append(Fault(source.file, 1, "flood", "The file is nested too deep.", "Write it flatter."))
    return None


def _all_keys() -> set[str]:
    models = [one for one in map(vars(schema).get, schema.__all__) if issubclass(one, BaseModel)]
    return {spec.alias or key for model in models for key, spec in model.model_fields.items()}


KEYS: Final = _all_keys()


def _shape_fault(source: Source, error: dict[str, Any]) -> Fault:
    loc, kind = tuple(error["loc"]), error["type"]
    path = source.known_path(loc)
    line = source.line(path)
    place = ".".join(str(step) for step in path) or "the file"
    last = loc[-1] if loc else ""
    if kind == "extra_forbidden":
        near = did_you_mean(last, KEYS)
        remedy = near if near.startswith("Did") else "Remove it, or look in docs/checklist-format.md."
        return Fault(
            source.file,
            line,
            "unknown_key",
            f"The key {shown(last)} is unknown in {place.rpartition('.')[0] or 'the file'}.",
            remedy,
        )
    if kind == "missing":
        return Fault(source.file, line, "missing_key", f"{place} lacks the key {last}.", "Add it.")
    if kind in ("string_pattern_mismatch",):
        remedy = f"It must look like {error['ctx']['pattern']}."
        return Fault(
            source.file, line, "shape", f"{place}: {shown(error['input'])} is not written as it must be.", remedy
        )
    if kind.startswith("bool"):
        return Fault(
            source.file, line, "shape", f"{place}: {shown(error['input'])} is no yes or no.", "Write true or false."
        )
    message = error["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    what = shown(error["input"]) if not isinstance(error["input"], dict | list) else "this"
    return Fault(source.file, line, "shape", f"{place}: {what} does not fit.", f"It should be {message}.")


def _agrees_with_folder(found: Gathered) -> None:
    checklist = found.checklist
    if checklist.checklist != found.name:
        found.faults.append(
            found.where.at("checklist").fault(
                "folder", f"checklist is {checklist.checklist}, the folder {found.name}.", "Make them the same."
            )
        )
    if checklist.version.isoformat() != found.version:
        found.faults.append(
            found.where.at("version").fault(
                "folder", f"version is {checklist.version}, the folder {found.version}.", "Make them the same."
            )
        )


def _gather_shared(found: Gathered, folder: Path) -> None:
    for index, pinned in enumerate(found.checklist.uses):
        what, _, version = pinned.partition("@")
        where = found.where.at("uses", index)
        if what in found.shared:
            found.faults.append(where.fault("twice", f"{what} is used twice.", "Remove one of them."))
        elif not (folder / "shared" / f"{pinned}.yaml").is_file():
            there = sorted(path.stem for path in (folder / "shared").glob("*.yaml"))
            found.faults.append(
                where.fault("unknown_shared", f"There is no shared file {pinned}.", did_you_mean(pinned, there))
            )
        else:
            _read_shared(found, folder, what, version)
    _municipalities_unless_pinned(found, folder)


def _read_shared(found: Gathered, folder: Path, what: str, version: str) -> None:
    source, faults = read(folder / "shared" / f"{what}@{version}.yaml", f"shared/{what}@{version}.yaml")
    found.faults.extend(faults)
    model = shaped(schema.Shared, source, found.faults, broken=bool(faults))
    if model is None:
        return
    if (model.shared, model.version.isoformat()) != (what, version):
        message = f"The file calls itself {model.shared}@{model.version}, its name is {what}@{version}."
        found.faults.append(Where(source, ("shared",)).fault("folder", message, "Make them the same."))
    found.shared[what] = (model, source)
    for path in sorted((folder / "shared" / "texts").glob(f"{what}@{version}.*.yaml")):
        texts, faults = read(path, f"shared/texts/{path.name}")
        found.faults.extend(faults)
        found.shared_translations.append((path.suffixes[-2].lstrip("."), texts))


def _municipalities_unless_pinned(found: Gathered, folder: Path) -> None:
    """Settings need the municipalities; an unpinned file is taken by date, and lint asks to pin it."""
    checklist = found.checklist
    asks = bool(checklist.settings) or any(one.type == "municipality" for one in checklist.questions.values())
    if not asks or any(model.municipalities for model, _ in found.shared.values()):
        return
    versions = [path.stem.partition("@")[2] for path in (folder / "shared").glob("municipalities@*.yaml")]
    fitting = [
        version for version in versions if DAY.fullmatch(version) and date.fromisoformat(version) <= checklist.version
    ]
    if fitting:
        newest = max(fitting)
        message = "The municipalities are not pinned."
        found.faults.append(
            found.where.at("uses").fault("unpinned", message, f"Add municipalities@{newest} to uses.", WARNING)
        )
        _read_shared(found, folder, "municipalities", newest)


def _gather_translations(found: Gathered, folder: Path) -> None:
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else []:
        source, faults = read(path, f"definitions/{found.name}/{found.version}/texts/{path.name}")
        found.faults.extend(faults)
        found.translations[path.stem] = source
