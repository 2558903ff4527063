"""Filters that stand in the address: read from it, and shown as chips that lead to the page with or without them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote_plus, urlencode

from flask import request
from flask_babel import gettext as _

from applications.worklists import PlaceName


def number(name: str, given: Mapping[str, str] | None = None) -> int | None:
    """A number from the address (or from these values); None for anything that is none."""
    text = (request.args if given is None else given).get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def given(names: Iterable[str]) -> dict[str, str]:
    return {name: request.args[name] for name in names if request.args.get(name)}


def here(names: Iterable[str], **more: Any) -> str:
    """This page with its filters; None takes one away."""
    return _address({**given(names), **more})


def _address(wanted: Mapping[str, Any]) -> str:
    query = urlencode({name: value for name, value in wanted.items() if value is not None})
    return f"{request.script_root}{request.path}" + (f"?{query}" if query else "")


def chips(names: Iterable[str], name: str, choices: Iterable[tuple[Any, str]], *, otherwise: str | None = None,
          ) -> list[dict[str, Any]]:
    """otherwise: the value that holds when the address names none; its chip is on then, and leads nowhere else."""
    kept = given(names)
    now = kept.pop(name, None) or otherwise
    plain = _address(kept)
    beside = plain + ("&" if "?" in plain else "?") + f"{name}="
    found = []
    for value, text in choices:
        on = str(value) == now
        leads_to_plain = str(value) == otherwise or (on and otherwise is None)
        found.append({"text": text, "on": on, "stays": on and otherwise is not None,
                      "href": plain if leads_to_plain else beside + quote_plus(str(value))})
    return found


def place_chips(names: Iterable[str], places: list[PlaceName]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Offices and municipalities, where there is more than one to choose from."""
    offices = {one.office_id: one.office for one in places}
    towns = {one.municipality_id: one.municipality for one in places if one.municipality_id}
    return [(heading, chips(names, name, known.items()))
            for heading, name, known in ((_("Office"), "office", offices), (_("Municipality"), "municipality", towns))
            if len(known) > 1]
