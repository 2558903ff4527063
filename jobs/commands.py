"""`flask verify` and `flask doctor`: do the books agree, and is the house in order?"""

from __future__ import annotations

import sys

import click

from jobs import books, health


@click.command("verify")
def verify() -> None:
    """Compare what is kept twice: disk and rows, seats, kept columns, counts, audit chains, seals.

    Prints each difference and ends with 1 if there is any. It mends nothing and may run while the house works; what
    only a running event explains is gone at the second call.
    """
    found = 0
    for what, fault in books.every_fault():
        found += 1
        click.echo(f"{what}: {fault}")
    click.echo(f"{found} differences." if found else f"All books agree: {', '.join(books.CHECKS)}.")
    sys.exit(1 if found else 0)


@click.command("doctor")
def doctor() -> None:
    """Say how this house stands, one line each; what needs somebody is marked, and ends with 1."""
    ill = 0
    for line in health.lines():
        ill += not line.well
        click.echo(f"{'ok  ' if line.well else 'LOOK'} {line.name}: {line.says}")
    sys.exit(1 if ill else 0)
