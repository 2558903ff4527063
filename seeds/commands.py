"""`flask seed`: demo data, once. It writes var/demo-logins.txt, which ./dev shows."""

from __future__ import annotations

import click
from sqlalchemy import select

import clock
from extensions import db, services
from offices.models import Office
from seeds import demo_files, demo_house


@click.command("seed")
def seed() -> None:
    """Fill an empty database with demo data. Refused in production and where offices exist already."""
    settings = services().settings
    if settings.production:
        raise click.ClickException("Demo data has no place in production.")
    if db.session.scalar(select(Office.id).limit(1)):
        raise click.ClickException("There are offices already: demo data goes into an empty database only.")
    house = demo_house.make(clock.now())
    references = demo_files.make(house, clock.now())
    (settings.var_dir / "demo-logins.txt").write_text(_logins(references), encoding="utf-8")
    click.echo(f"{len(references)} demo files are there, one in every stage and a few more.")


def _logins(references: dict[str, str]) -> str:
    lines = ["Staff sign in at /staff with the password: " + demo_house.PASSWORD]
    lines += [f"  {email:34} {says}" for email, says in demo_house.LOGINS]
    lines += ["", "Applicants come back with a file reference; the code lies in the mailbox page (/mailbox):"]
    lines += [f"  {reference:14} {stage}" for stage, reference in references.items()]
    return "\n".join(lines) + "\n"
