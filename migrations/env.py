"""How Alembic reaches a database. The address comes from migrations_run.py, never from a file."""

import sqlalchemy as sa
from alembic import context

import database
import models


def run() -> None:
    engine = sa.create_engine(context.config.attributes["url"])
    database.listen(engine)
    try:
        with engine.connect().execution_options(writes=True) as connection:
            context.configure(connection=connection, target_metadata=models.Base.metadata, render_as_batch=True,
                              compare_type=True)
            with context.begin_transaction():
                context.run_migrations()
            connection.commit()
    finally:
        engine.dispose()


run()
