"""Answers on the wire: JSON's own values, null for what was left empty, {"not_sure": true} for "I do not know"."""

from __future__ import annotations

from typing import Any

from checklists.situation import EMPTY, NOT_SURE

NOT_SURE_SAID = {"not_sure": True}


def coming_in(value: Any) -> Any:
    """As checklists.answers.read_answer takes it."""
    if value is None:
        return EMPTY
    return NOT_SURE if value == NOT_SURE_SAID else value


def going_out(value: Any) -> Any:
    if value is None or (isinstance(value, str) and value == EMPTY):
        return None
    if isinstance(value, str) and value == NOT_SURE:
        return NOT_SURE_SAID
    if isinstance(value, list | tuple | frozenset):
        return [going_out(each) for each in value]
    if isinstance(value, dict):
        return {key: going_out(each) for key, each in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else value


def person_key(person: str | None) -> int | None:
    """A person as the rules name it -> its number."""
    return None if person is None else int(person)
