"""flask workflow: look for faults in workflows.yaml, and draw it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import click

from applications import drawing, lint
from applications.definition import SOURCE, compile, load, read

PAGE = Path("docs") / "workflow.md"

# Filled where the commands are put together: this noun must not know the verbs above it.
effects_known: Collection[str] | None = None


@click.group("workflow")
def workflow() -> None:
    """Look into workflows.yaml."""


@workflow.command("lint")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=SOURCE)
def lint_command(path: Path) -> None:
    """Say every fault of workflows.yaml, or of another file that is to replace it; exit 1 if there is one."""
    data = compile(path)
    flows = [read(name, says, tuple(data["queues"])) for name, says in data["workflows"].items()]
    found = [fault for flow in flows for fault in lint.faults(flow, effects_known)]
    for fault in found:
        click.echo(f"{path.name}: {fault}")
    if found:
        raise SystemExit(1)
    click.echo(f"{path.name}: no fault")


@workflow.command("docs")
def docs_command() -> None:
    """Write docs/workflow.md anew."""
    (SOURCE.parent / PAGE).write_text(drawing.page(load()), encoding="utf-8")
    click.echo(str(PAGE))


@workflow.command("diagram")
def diagram_command() -> None:
    """Print the page with the diagram."""
    click.echo(drawing.page(load()))
