"""What `flask` can do here besides running: each group of commands lives with its noun."""

from __future__ import annotations

import importlib
import importlib.util

import click
from flask import Flask

# module -> names of click commands or groups in it
FOUND_IN = {
    "accounts_commands": ("staff",),
    "checklists.commands": ("checklist", "compile_command"),
    "applications.commands": ("workflow",),
    "migrate_command": ("migrate",),
    "seeds.command": ("seed",),
    "verify.command": ("verify",),
}


def register(app: Flask) -> None:
    for module, names in FOUND_IN.items():
        if _exists(module):
            found = importlib.import_module(module)
            for command in filter(None, (getattr(found, name, None) for name in names)):
                if isinstance(command, click.Command):
                    app.cli.add_command(command)


def _exists(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False
