"""The JSON Schema of checklist.yaml and of shared files, for editors. Committed; a test says if it is old."""

import json
from pathlib import Path
from typing import Any, Final

from pydantic.json_schema import models_json_schema

from checklists import schema
from checklists.conditions import OPS

FILE: Final = Path(__file__).parent / "schema.json"

_PLAIN = {"anyOf": [{"type": "string"}, {"type": "number"}, {"type": "boolean"}]}
_TEST = {
    "anyOf": [
        *_PLAIN["anyOf"],
        {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": False,
            "properties": {op: {"anyOf": [*_PLAIN["anyOf"], {"type": "array"}]} for op in OPS}
            | {"count": {"type": "object"}},
        },
    ]
}
_SELF = {"$ref": "#/$defs/Condition"}
CONDITION: Final = {
    "description": "A map of names and values, all of which must hold; see docs/checklist-format.md.",
    "anyOf": [
        {"type": "boolean"},
        {
            "type": "object",
            "minProperties": 1,
            "properties": {
                "any": {"type": "array", "items": _SELF, "minItems": 1},
                "all": {"type": "array", "items": _SELF, "minItems": 1},
                "not": _SELF,
                "with": _SELF,
                "some": {"type": "string"},
                "every": {"type": "string"},
                "count": {"type": "string"},
                "at_least": {"type": "integer"},
                "at_most": {"type": "integer"},
                "less_than": {"type": "integer"},
                "more_than": {"type": "integer"},
                "is": {"type": "integer"},
            },
            "additionalProperties": _TEST,
        },
    ],
}


def json_schema() -> dict[str, Any]:
    parts = (schema.Checklist, schema.Shared, schema.Option, schema.Needed, schema.RefuseWith, schema.Attending)
    _, found = models_json_schema([(part, "validation") for part in parts])
    definitions = {**_linked(found["$defs"]), "Condition": CONDITION}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Klarsag checklists, format 2",
        "description": "checklist.yaml, or a shared file. Generated: flask checklist schema --write",
        "anyOf": [{"$ref": "#/$defs/Checklist"}, {"$ref": "#/$defs/Shared"}],
        "$defs": definitions,
    }


def _linked(value: Any) -> Any:
    """The schema's own marks for other parts, as references (pydantic refuses references it did not make)."""
    if isinstance(value, list):
        return [_linked(one) for one in value]
    if not isinstance(value, dict):
        return value
    if "x-def" in value:
        rest = {key: _linked(one) for key, one in value.items() if key != "x-def"}
        return {"$ref": f"#/$defs/{value['x-def']}", **rest}
    return {key: _linked(one) for key, one in value.items()}


def as_text() -> str:
    return json.dumps(json_schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
