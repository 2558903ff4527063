"""What `flask` can do here besides running. A group of commands lives with its noun, as <noun>/commands.py."""

from __future__ import annotations

import importlib
import importlib.util

import click
from flask import Flask
from flask.cli import with_appcontext

from actions.effects import EFFECTS
from actions.offices.know_municipalities import know_municipalities
from applications import commands as workflow_commands
from applications import definition
from checklists import library
from staff_commands import OPERATOR, staff
from web.ground import settings

# Where else commands are found, and their names there.
ELSEWHERE = {
    "words_commands": ("words",),
    "api_key_commands": ("api_key",),
    "checklists.commands": ("checklist",),
    "applications.commands": ("workflow",),
    "seeds.commands": ("seed",),
    "jobs.commands": ("verify", "doctor", "worker"),
    "screening.commands": ("screen",),
}


def register(app: Flask) -> None:
    workflow_commands.effects_known = EFFECTS
    for command in (staff, migrate, compile_all, municipalities):
        app.cli.add_command(command)
    for module, names in ELSEWHERE.items():
        if importlib.util.find_spec(module.partition(".")[0]) and importlib.util.find_spec(module):
            found = importlib.import_module(module)
            for name in names:
                if hasattr(found, name):
                    app.cli.add_command(getattr(found, name))


@click.command("migrate")
@with_appcontext
def migrate() -> None:
    """Bring the database up to the newest migration. Run before the new release is started."""
    import migrations_run  # noqa: PLC0415 - brings Alembic, which a web process never runs

    migrations_run.upgrade(settings().database_url)
    click.echo(f"The database is at {migrations_run.newest()}.")


@click.command("compile")
@with_appcontext
def compile_all() -> None:
    """Turn checklists and workflow into what the web loads. Names every fault and writes nothing if there is one."""
    from checklists import compiler  # noqa: PLC0415 - brings the YAML parser, which a web process never loads

    folder = settings().compiled_dir
    compiler.compile_all(folder / "checklists")
    definition.compiled(folder=folder)


@click.command("municipalities")
@click.argument("checklists", nargs=-1)
@with_appcontext
def municipalities(checklists: tuple[str, ...]) -> None:
    """Take over the municipalities of all checklists (or the named ones). The admin pages then give them to offices."""
    unknown = sorted(set(checklists) - set(library.names()))
    if unknown:
        there = ", ".join(library.names())
        raise click.ClickException(f"There is no checklist {', '.join(unknown)}. There is: {there}.")
    named: dict[str, str] = {}
    for checklist in checklists or library.names():
        newest = library.get(checklist, library.versions(checklist)[-1])
        named |= {code: str(says["name"]) for code, says in newest.municipalities.items()}
    new = know_municipalities(named, actor=OPERATOR)
    click.echo(f"{new} new, {len(named) - new} known already.")
