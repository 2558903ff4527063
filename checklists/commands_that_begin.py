"""The commands of `flask checklist` that begin something: a new checklist, or a new version of one."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import click

from checklists.beginning import Beginning, draft
from checklists.commands_for_writers import NAME, commands, tell, usable, version_of
from checklists.compiler import Compiled
from checklists.gather import names_in, versions_of
from checklists.schema_base import NAME_PATTERN


@commands.command("new")
@click.argument("name")
@click.option("--version", type=click.DateTime(["%Y-%m-%d"]), prompt="From which day does it apply (like 2027-01-01)")
@click.option("--country", prompt="Which country (two letters, like NO)")
@click.option("--title", prompt="What is it called, in English")
@click.option("--number", prompt="What does one get at the end, in English")
@click.option("--languages", default="", prompt="Which languages beside English (like nb de; may be empty)")
@click.option("--couples/--no-couples", prompt="May a husband, wife or partner be on the same file")
@click.option("--children/--no-children", prompt="May children be on the same file")
@click.option("--months", type=click.IntRange(0, 600), prompt="How many months must one stay at least (0: no limit)")
@click.option("--minutes", type=click.IntRange(1, 240), prompt="How many minutes takes the meeting with one person")
@click.pass_obj
def new(folder: Path, name: str, version: Any, languages: str, months: int, **said: Any) -> None:
    """Begin a checklist called NAME from a few questions: small, without a fault, ready to grow."""
    if not re.fullmatch(NAME_PATTERN, name):
        raise click.ClickException("A name has small letters, digits and hyphens, and begins with a letter.")
    if name in names_in(folder):
        raise click.ClickException(
            f"There is a checklist {name} already. For a new version: flask checklist bump {name}"
        )
    said["country"] = said["country"].upper()
    spoken = tuple(code for code in re.split(r"[\s,]+", languages.lower()) if code and code != "en")
    day = version.date()
    asked = Beginning(name=name, version=day, languages=spoken, least_months=months, **said)
    home = folder / "definitions" / name / day.isoformat()
    (home / "texts").mkdir(parents=True)
    (home / "checklist.yaml").write_text(draft(asked, folder / "shared"), encoding="utf-8")
    found = version_of(folder, name, None)
    tell(found.errors)
    click.echo(f"Wrote {home / 'checklist.yaml'}. Now: flask checklist lint {name}")


@commands.command("bump")
@NAME
@click.argument("version", type=click.DateTime(["%Y-%m-%d"]))
@click.pass_obj
def bump(folder: Path, name: str, version: Any) -> None:
    """Write a new version: a copy of the newest that names it under `replaces` and pins the newest shared files."""
    newest = versions_of(name, folder)
    found = usable(folder, name, None)
    day: date = version.date()
    if day.isoformat() <= newest[-1]:
        raise click.ClickException(f"The new version must be later than {newest[-1]}.")
    target = folder / "definitions" / name / day.isoformat()
    target.mkdir()
    (target / "checklist.yaml").write_text(_bumped(folder, found, day), encoding="utf-8")
    for path in (folder / "definitions" / name / newest[-1]).glob("texts/*.yaml"):
        (target / "texts").mkdir(exist_ok=True)
        (target / "texts" / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    click.echo(f"Wrote {name} {day.isoformat()}. Now: flask checklist diff {name}")


def _bumped(folder: Path, found: Compiled, day: date) -> str:
    old = found.found.version
    home = folder / "definitions" / found.found.name / old / "checklist.yaml"
    changed = []
    for line in home.read_text(encoding="utf-8").splitlines():
        key = line.split(":", 1)[0]
        fixed = {"version": day.isoformat(), "applies_from": day.isoformat(), "replaces": old}
        changed.append(f"{key}: {fixed[key]}" if key in fixed else _newest_shared(folder, found, line))
    if found.found.checklist.replaces is None and not any(line.startswith("replaces:") for line in changed):
        at = next(index for index, line in enumerate(changed) if line.startswith("version:"))
        changed.insert(at + 1, f"replaces: {old}")
    return "\n".join(changed) + "\n"


def _newest_shared(folder: Path, found: Compiled, line: str) -> str:
    pins = {}
    for pinned in found.found.checklist.uses:
        what = pinned.partition("@")[0]
        pins[pinned] = max(path.stem for path in (folder / "shared").glob(f"{what}@*.yaml"))
    return re.sub(r"[a-z][a-z0-9_-]*@\d{4}-\d{2}-\d{2}", lambda found_pin: pins.get(found_pin[0], found_pin[0]), line)


__all__ = ["commands"]
