"""Templates: a misspelt name is an error; a key that a dictionary does not have means "not given"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined, Undefined
from jinja2.utils import missing


class StrictNames(StrictUndefined):
    """Macros take rows as dictionaries with optional keys, so only those may be missing."""

    def __new__(cls, hint: str | None = None, obj: Any = missing, *_args: Any, **_named: Any) -> Any:
        if isinstance(obj, Mapping):
            return Undefined(hint, obj, *_args, **_named)
        return super().__new__(cls)
