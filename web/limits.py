"""How much a request may carry: 256 KB, unless its view says that files come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

from web.ground import settings

F = TypeVar("F", bound=Callable[..., Any])
FORM_MAX_BYTES = 256 * 1024
FORM_MAX_PARTS = 400  # A page of a checklist with every box ticked; far below what makes parsing slow.
ENVELOPE_BYTES = 1024 * 1024  # Names, boundaries and the other fields around the files.


def takes_files(*, many: bool = False) -> Callable[[F], F]:
    """Declare that a view takes an upload: one file, or (many) as much as one document may hold, without a script."""

    def declare(view: F) -> F:
        view.takes_files = "many" if many else "one"  # type: ignore[attr-defined]
        return view

    return declare


def max_bytes(endpoint: str | None) -> int:
    """The most that may be sent to an endpoint."""
    view = current_app.view_functions.get(endpoint) if endpoint else None
    kind = getattr(view, "takes_files", None)
    if kind is None:
        return FORM_MAX_BYTES
    files = settings().document_max_bytes if kind == "many" else settings().upload_max_bytes
    return files + ENVELOPE_BYTES


def register(app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = FORM_MAX_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = FORM_MAX_BYTES
    app.config["MAX_FORM_PARTS"] = FORM_MAX_PARTS
    app.before_request(_limit)


def _limit() -> None:
    request.max_content_length = max_bytes(request.endpoint)
