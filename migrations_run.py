"""Bringing a database to the newest shape, and asking whether it has it."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import database

ROOT = Path(__file__).resolve().parent


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["url"] = url
    return config


def upgrade(url: str, to: str = "head") -> None:
    """Run what is missing. Safe to call again; each migration is one transaction."""
    command.upgrade(_config(url), to)


def downgrade(url: str, to: str) -> None:
    command.downgrade(_config(url), to)


def newest() -> str | None:
    return ScriptDirectory.from_config(_config("")).get_current_head()


def current(url: str) -> str | None:
    """The migration a database stands at; None for an empty one."""
    engine = sa.create_engine(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def differences(url: str) -> list[object]:
    """What the models say and the database does not have, or the other way round. Empty when they agree."""
    import models  # noqa: PLC0415 - whoever only upgrades needs no model

    engine = sa.create_engine(url)
    database.listen(engine)
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
            return compare_metadata(context, models.Base.metadata)
    finally:
        engine.dispose()
