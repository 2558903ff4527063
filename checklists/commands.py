"""`flask checklist ...`. Every web process registers it, so nothing heavy is imported before a command is called."""

import importlib
from pathlib import Path

import click


class OnDemand(click.Group):
    """Loads the commands, and with them the YAML parser, only when one of them is asked for."""

    @staticmethod
    def _loaded() -> click.Group:
        return importlib.import_module("checklists.commands_that_begin").commands

    def list_commands(self, ctx: click.Context) -> list[str]:
        return self._loaded().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self._loaded().get_command(ctx, cmd_name)


@click.group("checklist", cls=OnDemand)
@click.option(
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(__file__).parent,
    show_default=False,
    help="Folder with definitions/ and shared/.",
)
@click.pass_context
def checklist(context: click.Context, folder: Path) -> None:
    """Look at checklists, try them, and find their faults."""
    context.obj = folder
