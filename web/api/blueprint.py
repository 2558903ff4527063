"""The blueprint, and what every operation of it may answer."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint
from flask_openapi3.models import Schema
from pydantic import BaseModel

from web import language
from web.api.shapes import Problem
from web.problems import MEDIA_TYPE, PREFIX

KEY = "key"


def _problem(description: str) -> dict[str, Any]:
    return {"description": description,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


COMMON = {
    "400": _problem("The request cannot be read"),
    "401": _problem("No key, or one that does not count any more"),
    "403": _problem("The key has another scope or another place"),
    "404": _problem("There is no such thing for this key"),
    "413": _problem("Too big"),
    "415": _problem("Another media type is wanted"),
    "422": _problem("Something that was sent is not right; refusals say what"),
    "429": _problem("Too often; Retry-After says when to come again"),
    "500": _problem("Something is wrong on our side"),
}
NOT_NOW = {"409": _problem("This cannot be done now; refusals say why, all at once")}

bp = APIBlueprint("api", __name__, url_prefix=PREFIX, abp_responses=COMMON, abp_security=[{KEY: []}],
                  operation_id_callback=lambda **named: named["name"])
_schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
bp.components_schemas.update(
    {name: Schema(**each) for name, each in {**_schema.pop("$defs", {}), "Problem": _schema}.items()}
)


def said(shape: BaseModel, status: int = 200, **headers: str) -> Response:
    """A shape as JSON, in the language of this request."""
    made = Response(shape.model_dump_json(), status, mimetype="application/json", headers=headers)
    made.headers["Content-Language"] = language.code()
    return made


def done() -> Response:
    return Response(status=204)
