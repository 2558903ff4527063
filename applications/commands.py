"""flask workflow: look for faults in workflows.yaml, and draw it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import click

from applications import drawing, lint
from applications.definition import SOURCE, load

PAGE = Path("docs") / "workflow.md"

# Filled by actions/ when it is loaded: this noun must not know the verbs above it.
effects_known: Collection[str] | None = None


@click.group("workflow")
def workflow() -> None:
    """Look into workflows.yaml."""


@workflow.command("lint")
def lint_command() -> None:
    """Say every fault; exit 1 if there is one."""
    found = lint.faults(load(), effects_known)
    for fault in found:
        click.echo(f"{SOURCE.name}: {fault}")
    if found:
        raise SystemExit(1)
    click.echo(f"{SOURCE.name}: no fault")


@workflow.command("docs")
def docs_command() -> None:
    """Write docs/workflow.md anew."""
    (SOURCE.parent / PAGE).write_text(drawing.page(load()), encoding="utf-8")
    click.echo(str(PAGE))


@workflow.command("diagram")
def diagram_command() -> None:
    """Print the page with the diagram."""
    click.echo(drawing.page(load()))
