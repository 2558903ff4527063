"""What events do. Each name in workflows.yaml is one function here; a structure test compares the two sets."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any, TypeVar

EFFECTS: dict[str, Callable[..., Any]] = {}

F = TypeVar("F", bound=Callable[..., Any])


def effect(function: F) -> F:
    """Make a function known to workflows.yaml under its own name: name(doing, *words)."""
    EFFECTS[function.__name__] = function
    return function


def load_all() -> None:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


load_all()
