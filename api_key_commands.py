"""flask api-key: which other systems may act for applicants, and for how long."""

from __future__ import annotations

import click
from flask.cli import AppGroup
from sqlalchemy import select

from accounts.models import SCOPES, ApiKey
from accounts.secrets import new_token
from actions.accounts.api_keys import add_api_key, revoke_api_key
from actions.errors import NotYours
from extensions import db
from offices.models import Municipality, Office
from staff_commands import OPERATOR, id_of
from web.api_keys import KEY_BEGINS, PURPOSE
from web.ground import fingerprint

api_key = AppGroup("api-key", help="Keys of other systems (docs/api.md).")


@api_key.command("add")
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, type=click.Choice(SCOPES), help="May be given several times; all.")
@click.option("--office", help="Code of the office whose files it may begin.")
@click.option("--municipality", help="Code of the municipality whose files it may begin.")
def add(name: str, scopes: tuple[str, ...], office: str | None, municipality: str | None) -> None:
    """Make a key and print it once; only its fingerprint is kept."""
    if not office and not municipality:
        raise click.UsageError("Give --office or --municipality.")
    secret = KEY_BEGINS + new_token()
    number = add_api_key(
        name=name, begins=secret[:14], digest=fingerprint(secret, PURPOSE), scopes=scopes or SCOPES,
        office_id=id_of(Office, office, "office") if office else None,
        municipality_id=id_of(Municipality, municipality, "municipality") if municipality else None, actor=OPERATOR,
    )
    click.echo(f"Added api_key:{number}. Key, shown only now: {secret}")


@api_key.command("revoke")
@click.argument("number", type=int)
def revoke(number: int) -> None:
    """End a key by its number in the list; it opens nothing from the next request on."""
    try:
        revoke_api_key(number, actor=OPERATOR)
    except NotYours:
        raise click.UsageError(f"There is no key {number}.") from None
    click.echo("Revoked.")


@api_key.command("list")
def show() -> None:
    """All keys: number, beginning, name, scopes, last use."""
    for key in db.session.scalars(select(ApiKey).order_by(ApiKey.id)):
        state = "revoked" if key.revoked_at else f"used {key.used_at:%Y-%m-%d}" if key.used_at else "never used"
        click.echo(f"{key.id}\t{key.begins}...\t{key.name}\t{','.join(key.scopes)}\t{state}")
