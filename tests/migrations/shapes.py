"""The shape of a database as its own catalogue tells it: what Alembic's comparison does not see is seen here."""

import re

import sqlalchemy as sa

import database

_PG = {
    "columns": """SELECT table_name || '.' || column_name || ' ' || data_type || ' ' ||
                  coalesce(character_maximum_length::text, '') || ' ' || is_nullable
                  FROM information_schema.columns WHERE table_schema = 'public'""",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraints": """SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
                      FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'""",
}


def engine_of(url):
    engine = sa.create_engine(url)
    database.listen(engine)
    return engine


def shape_of(url) -> dict[str, set[str]]:
    """Columns, indexes (with their expressions and conditions) and constraints (with the text of each CHECK)."""
    engine = engine_of(url)
    try:
        with engine.connect() as connection:
            found = _postgres(connection) if engine.dialect.name == "postgresql" else _sqlite(connection)
    finally:
        engine.dispose()
    return {name: {line for line in lines if "alembic_version" not in line} for name, lines in found.items()}


def triggers_of(connection) -> set[str]:
    if connection.dialect.name == "postgresql":
        said = sa.text("SELECT tgrelid::regclass || ': ' || pg_get_triggerdef(oid) "
                       "FROM pg_trigger WHERE NOT tgisinternal")
    else:
        said = sa.text("SELECT tbl_name || ': ' || sql FROM sqlite_master WHERE type = 'trigger'")
    return set(connection.scalars(said))


def _postgres(connection):
    return {name: set(connection.scalars(sa.text(query))) for name, query in _PG.items()}


def _sqlite(connection):
    rows = connection.execute(sa.text("SELECT type, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")).all()
    tables = {f"{table}: {part}" for kind, table, sql in rows if kind == "table" for part in _parts(sql)}
    return {"tables": tables, "indexes": {_plain(sql) for kind, _, sql in rows if kind == "index"}}


def _parts(sql: str) -> list[str]:
    """What stands between the outer commas of a CREATE TABLE: columns and constraints, in any order."""
    body, parts, depth, start = sql[sql.index("(") + 1 : sql.rindex(")")], [], 0, 0
    for at, sign in enumerate(body):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            parts.append(body[start:at])
            start = at + 1
    return [_plain(part) for part in [*parts, body[start:]]]


def _plain(sql: str) -> str:
    return re.sub(r"\s+", " ", sql.replace('"', "")).strip()
