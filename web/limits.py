"""How much a request may carry: 256 KB, unless its view says that files come. Those go straight into quarantine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Request, current_app, g, request

from uploads.incoming import Incoming
from uploads.intake import Limits
from uploads.multipart import stream_factory
from web import guards
from web.form_parser import FormParser
from web.ground import klarsag, settings

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
    kind = _takes(endpoint)
    if kind is None:
        return FORM_MAX_BYTES
    files = settings().document_max_bytes if kind == "many" else settings().upload_max_bytes
    return files + ENVELOPE_BYTES


def upload_limits() -> Limits:
    """What the intake takes of one file."""
    return Limits(max_bytes=settings().upload_max_bytes, heic_is_on=settings().heic_allowed)


class FormRequest(Request):
    """Files for a view that takes them are written where the intake looks at them, and nowhere before."""

    form_data_parser_class = FormParser

    def _get_file_stream(self, *claims: Any, **named_claims: Any) -> Any:
        if _takes(self.endpoint) is None:
            return super()._get_file_stream(*claims, **named_claims)
        if "actor" not in g and not _is_public(self.endpoint):
            return Incoming.nowhere(settings().upload_max_bytes)  # nobody who was let in: nothing is written
        begun = stream_factory(klarsag().store, max_bytes=settings().upload_max_bytes)()
        self.__dict__.setdefault("begun_files", []).append(begun)
        return begun

    def close(self) -> None:
        """What nobody took in goes, also when the form broke off before its end."""
        super().close()
        for begun in self.__dict__.get("begun_files", ()):
            begun.discard()


def _is_public(endpoint: str | None) -> bool:
    declared = guards.guard_of(current_app.view_functions[endpoint]) if endpoint else None
    return declared is not None and declared.kind == "public"


def _takes(endpoint: str | None) -> str | None:
    view = current_app.view_functions.get(endpoint) if endpoint else None
    return getattr(view, "takes_files", None)


def register(app: Flask) -> None:
    app.request_class = FormRequest
    app.config["MAX_CONTENT_LENGTH"] = FORM_MAX_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = FORM_MAX_BYTES
    app.config["MAX_FORM_PARTS"] = FORM_MAX_PARTS
    app.before_request(_limit)


def _limit() -> None:
    request.max_content_length = max_bytes(request.endpoint)
