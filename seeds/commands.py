"""`flask seed`: demo data, once. It writes var/demo-logins.txt, which ./dev shows."""

from __future__ import annotations

import click
from sqlalchemy import select

import clock
from extensions import db, services
from offices.models import Office


@click.command("seed")
def seed() -> None:
    """Fill an empty database with demo data. Refused in production and where offices exist already."""
    from seeds import demo_files, demo_house  # noqa: PLC0415 - draws with Pillow, which no web process may load

    settings = services().settings
    if settings.production:
        raise click.ClickException("Demo data has no place in production.")
    if db.session.scalar(select(Office.id).limit(1)):
        raise click.ClickException("There are offices already: demo data goes into an empty database only.")
    house = demo_house.make(clock.now())
    references = demo_files.make(house, clock.now())
    told = _logins(demo_house.PASSWORD, demo_house.LOGINS, references)
    (settings.var_dir / "demo-logins.txt").write_text(told, encoding="utf-8")
    click.echo(f"{len(references)} demo files are there, one in every stage and a few more.")


def _logins(password: str, people: tuple[tuple[str, str], ...], references: dict[str, str]) -> str:
    lines = ["Staff sign in at /staff with the password: " + password]
    lines += [f"  {email:34} {says}" for email, says in people]
    lines += ["", "Applicants come back with a file reference; the code lies in the mailbox page (/mailbox):"]
    lines += [f"  {reference:14} {stage}" for stage, reference in references.items()]
    return "\n".join(lines) + "\n"
