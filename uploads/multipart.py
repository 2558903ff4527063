"""Lets a form's parser write uploads straight into quarantine instead of a temporary file of its own."""

from collections.abc import Callable

from uploads.incoming import Incoming
from uploads.storage import Store, StoreIsFull


def stream_factory(store: Store, *, max_bytes: int) -> Callable[..., Incoming]:
    """A `stream_factory` for web.form_parser.FormParser, or a Request's `_get_file_stream`.

    The files it makes go to intake.receive as they are; one that is closed without that is taken away.
    """

    def begin_file(*_claims: object, **_named_claims: object) -> Incoming:
        try:
            incoming = store.incoming(max_bytes=max_bytes)
        except StoreIsFull:
            incoming = Incoming.nowhere(max_bytes)  # the form is read to its end, and the page can say so
        incoming.is_counted = True
        return incoming

    return begin_file
