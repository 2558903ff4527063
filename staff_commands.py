"""flask staff: the first admin of a new house, and help for a house that has locked itself out."""

from __future__ import annotations

import secrets

import click
from flask.cli import AppGroup
from sqlalchemy import select

from accounts import passwords, queries
from accounts.models import ROLES, Staff, StaffRole
from accounts.scope import Place
from actions.accounts.add_staff import add_staff
from actions.accounts.change_password import change_password
from actions.accounts.end_staff import end_staff
from actions.errors import NotAllowed
from applications.facts import Actor
from extensions import db
from offices.models import Municipality, Office
from web.ground import fingerprint

OPERATOR = Actor("operator")
FAULTS = {
    "too_short": f"It must have at least {passwords.SHORTEST} signs.",
    "too_long": f"It may have at most {passwords.LONGEST} signs.",
    "too_plain": "It repeats the same few signs.",
    "holds_your_name": "It contains the name.",
    "email_taken": "There is an account with this e-mail already.",
    "role_needs_office": "Every role but admin belongs to an office: give --office.",
    "last_admin": "This is the last admin: add another one first.",
}


staff = AppGroup("staff", help="Accounts of the people who work here.")


@staff.command("add")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES))
@click.option("--office", "offices", multiple=True, help="Code of an office; may be given several times.")
@click.option("--municipality", help="Code; without it, all that the office works for.")
@click.option("--language", default="en", show_default=True)
@click.option("--generate", is_flag=True, help="Make a password and print it once, instead of asking for one.")
def add(email: str, name: str, roles: tuple[str, ...], offices: tuple[str, ...], municipality: str | None,
        language: str, generate: bool) -> None:
    """Add an account."""
    if "@" not in email:
        raise click.UsageError("EMAIL must be an e-mail address.")
    places = _places(roles, offices, municipality)
    password = _password(email, name, generate)
    try:
        number = add_staff(email=email, name=name, password_hash=passwords.hashed(password), places=places,
                           language=language, actor=OPERATOR)
    except NotAllowed as refused:
        raise _told(refused) from None
    click.echo(f"Added staff:{number}.")
    if generate:
        click.echo(f"Password, shown only now: {password}")


@staff.command("password")
@click.argument("email")
@click.option("--generate", is_flag=True)
def password(email: str, generate: bool) -> None:
    """Give somebody a new password; she is signed out everywhere and no longer has to wait."""
    person = _person(email)
    new = _password(person.email, person.name, generate)
    # The waiting after wrong tries goes too, or the new password could not be used at once.
    counter = f"staff:account:{fingerprint(person.email, 'staff account')[:48]}"
    change_password(person.id, passwords.hashed(new), forget=[counter], actor=OPERATOR)
    click.echo(f"Password, shown only now: {new}" if generate else "Changed.")


@staff.command("end")
@click.argument("email")
def end(email: str) -> None:
    """End an account; it is out from the next request on."""
    try:
        end_staff(_person(email).id, actor=OPERATOR)
    except NotAllowed as refused:
        raise _told(refused) from None
    click.echo("Ended.")


@staff.command("list")
def show() -> None:
    """All accounts with their roles."""
    offices = dict(db.session.execute(select(Office.id, Office.code)).all())
    municipalities = dict(db.session.execute(select(Municipality.id, Municipality.code)).all())
    for person, roles in queries.everybody(db.session()):
        said = ", ".join(_role_words(role, offices, municipalities) for role in roles)
        click.echo(f"{person.email}\t{person.name}\t{'ended' if person.ended_at else said}")


def _role_words(role: StaffRole, offices: dict[int, str], municipalities: dict[int, str]) -> str:
    where = [offices.get(role.office_id), municipalities.get(role.municipality_id)]
    return "@".join([role.role, *filter(None, where)])


def _places(roles: tuple[str, ...], offices: tuple[str, ...], municipality: str | None) -> list[Place]:
    found = [id_of(Office, code, "office") for code in offices] or [None]
    narrowed = id_of(Municipality, municipality, "municipality") if municipality else None
    return [
        Place(role, None, None) if role == "admin" else Place(role, office, narrowed)
        for role in roles for office in found
    ]


def id_of(model: type, code: str, word: str) -> int:
    """The row with this code. Raises click.UsageError, which names the codes that are known."""
    found = db.session.scalar(select(model.id).where(model.code == code))
    if found is None:
        known = ", ".join(db.session.scalars(select(model.code).order_by(model.code))) or "none yet"
        raise click.UsageError(f"There is no {word} {code!r}. Known: {known}.")
    return found


def _person(email: str) -> Staff:
    person = queries.staff_by_email(db.session(), email)
    if person is None:
        raise click.UsageError("There is no account with this e-mail.")
    return person


def _password(email: str, name: str, generate: bool) -> str:
    if generate:
        return "-".join(secrets.token_hex(3) for _ in range(4))
    typed = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    faults = passwords.faults(typed, email=email, name=name)
    if faults:
        raise click.UsageError(" ".join(FAULTS[each] for each in faults))
    return typed


def _told(refused: NotAllowed) -> click.ClickException:
    return click.UsageError(" ".join(FAULTS.get(code, code) for code in sorted(refused.codes)))
