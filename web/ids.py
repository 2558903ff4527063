"""Numbers of rows in addresses and forms. One that no row can have is refused before a database chokes on it."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter

LARGEST = 2**63 - 1


class RowId(IntegerConverter):
    """`<int:...>` in every route: answers 404 for what is larger than a row's number can be."""

    def __init__(self, map: Any, **options: Any) -> None:
        super().__init__(map, **{"max": LARGEST, **options})


def register(app: Flask) -> None:
    app.url_map.converters["int"] = RowId


def row_id(text: str | None) -> int | None:
    """A row's number from a form or a query; None for anything that is none."""
    plain = (text or "").strip()
    if not (plain.isascii() and plain.isdecimal() and len(plain) <= 19):
        return None
    return int(plain) if int(plain) <= LARGEST else None
