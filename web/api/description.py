"""The description of it all, for machines: OpenAPI 3.1, made from the same shapes that check what comes in."""

from __future__ import annotations

import json
from functools import cache

from flask import Response
from flask_openapi3.models import APISpec, Components, Info, SecurityScheme, Server

from web.api.blueprint import KEY, bp
from web.ground import settings
from web.guards import public

ABOUT = (
    "Other systems begin and follow files for applicants. Every call shows a key (Authorization: Bearer klarsag_...), "
    "may name a language (Accept-Language), and may carry an Idempotency-Key, so that it may be sent again."
)
HEADERS = [
    {"name": "Accept-Language", "in": "header", "required": False, "schema": {"type": "string", "maxLength": 100},
     "description": "In which language words are wanted"},
]
IDEMPOTENCY = {"name": "Idempotency-Key", "in": "header", "required": False,
               "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[A-Za-z0-9._:-]+$"},
               "description": "The same key with the same content does nothing twice"}


@bp.get("/openapi.json", doc_ui=False)
@public
def openapi() -> Response:
    return Response(_described(settings().base_url), mimetype="application/json")


@cache
def _described(base_url: str) -> str:
    made = APISpec(
        openapi="3.1.0", info=Info(title="Klarsag", version="1", description=ABOUT), paths=bp.paths,
        servers=[Server(url=base_url)], tags=bp.tags,
        components=Components(schemas=bp.components_schemas,
                              securitySchemes={KEY: SecurityScheme(type="http", scheme="bearer")}),
    ).model_dump(mode="json", by_alias=True, exclude_unset=True, warnings=False)
    for operations in made["paths"].values():
        for method, operation in operations.items():
            more = HEADERS if method == "get" else [*HEADERS, IDEMPOTENCY]
            operation["parameters"] = [*operation.get("parameters", ()), *more]
    return json.dumps(made, ensure_ascii=False)
