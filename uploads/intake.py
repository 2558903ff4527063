"""The way in for every uploaded byte: quarantine, three votes on the type, a child's look, then kept or refused.

Cheap checks come first: size, name, first bytes, and only then a child process. Accepted bytes are promoted in
the store before this returns; the row is the caller's next step, and a crash in between leaves an orphan
the sweep takes.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from uploads import forkserver, inspection, media_types, names
from uploads.incoming import Incoming
from uploads.inspection import Fine, Limits, Report
from uploads.media_types import HEIC, PDF, MediaType
from uploads.refusals import Refused
from uploads.storage import CHUNK_BYTES, Received, Store, StoreIsFull

__all__ = ["Accepted", "Inspector", "Limits", "Refused", "receive"]
_HEAD_BYTES = 4096
Inspector = Callable[[int, MediaType, Limits], Report]


@dataclass(frozen=True)
class Accepted:
    """A file that is kept. pages: None for photos and for a PDF nobody could count.

    original_name: cleaned, for showing only. flags: codes of refusals.FLAGS, for staff.
    no_preview: code of refusals.NO_PREVIEW when there will be no picture, else None.
    """

    object_key: str
    sha256: str
    bytes: int
    media_type: str
    pages: int | None
    original_name: str
    flags: tuple[str, ...]
    no_preview: str | None

    @property
    def previewable(self) -> bool:
        return self.no_preview is None


def receive(
    stream: BinaryIO | Incoming,
    *,
    claimed_name: str,
    limits: Limits,
    store: Store,
    inspector: Inspector | None = None,
    declared_bytes: int | None = None,
) -> Accepted | Refused:
    """Takes one file in. Nothing stays in the store unless Accepted comes back.

    stream: anything with read(size); an Incoming (from multipart.stream_factory) is already in quarantine.
    declared_bytes: what the sender said the length would be, where that is known: less is an interruption.
    inspector: by default a confined child of this process's fork server.
    Raises what the stream raises when the connection breaks; quarantine is clean then, too.
    """
    inspector = inspector or partial(inspection.report_on, forkserver.default())
    try:
        incoming = stream if isinstance(stream, Incoming) else store.incoming(max_bytes=limits.max_bytes)
    except StoreIsFull:
        return Refused("store_is_full")
    try:
        if incoming is not stream:
            _fill(incoming, stream)
        return _take(incoming, claimed_name, limits, store, inspector, declared_bytes)
    except StoreIsFull:
        return Refused("store_is_full")
    finally:
        # Promoted bytes lie elsewhere by now; whatever is still in quarantine goes.
        incoming.discard()


def _fill(incoming: Incoming, stream: BinaryIO) -> None:
    """Stops reading just past the limit: a body without an end must not keep us."""
    while not incoming.is_too_big and not incoming.is_full and (chunk := stream.read(CHUNK_BYTES)):
        incoming.write(chunk)


def _take(
    incoming: Incoming,
    claimed_name: str,
    limits: Limits,
    store: Store,
    inspector: Inspector,
    declared_bytes: int | None,
) -> Accepted | Refused:
    claimed = media_types.by_suffix(names.suffix_of(names.clean(claimed_name)))
    refused = _wrong_size(incoming, limits, claimed, declared_bytes)
    if refused:
        return refused
    received = incoming.finish()
    head = os.pread(incoming.fileno(), _HEAD_BYTES, 0)
    kind = _announced_kind(head, names.clean(claimed_name), claimed, limits)
    if isinstance(kind, Refused):
        return kind
    header_is_first = media_types.by_first_bytes(head) is not None
    report = inspector(incoming.fileno(), kind, limits)
    verdict = inspection.judge(kind, report, limits, header_is_first=header_is_first)
    if isinstance(verdict, Refused):
        return verdict
    store.promote(received.key)
    return _accepted(received, claimed_name, kind, verdict)


def _wrong_size(
    incoming: Incoming, limits: Limits, claimed: MediaType | None, declared_bytes: int | None
) -> Refused | None:
    # With a known length the applicant is told how big the file is, not only that it is too big.
    size = max(incoming.bytes, declared_bytes or 0)
    if size > limits.max_bytes:
        return _too_big(size, limits, claimed, is_whole_size=declared_bytes is not None or incoming.is_counted)
    if declared_bytes is not None and incoming.bytes < declared_bytes and not incoming.is_full:
        return Refused("interrupted")
    return Refused("empty") if incoming.bytes <= 1 else None


def _too_big(size: int, limits: Limits, claimed: MediaType | None, *, is_whole_size: bool) -> Refused:
    if not is_whole_size:
        return Refused("bigger_than_limit", {"limit_bytes": limits.max_bytes})
    is_photo = claimed is not None and claimed.family == "picture"
    values = {"bytes": size, "limit_bytes": limits.max_bytes}
    return Refused("photo_too_big" if is_photo else "too_big", values)


def _announced_kind(head: bytes, name: str, claimed: MediaType | None, limits: Limits) -> MediaType | Refused:
    """The first two votes: what the name claims and what the first bytes say."""
    if claimed is None and names.suffix_of(name):
        return Refused("kind_not_accepted")
    found = media_types.by_first_bytes(head)
    if found is None and claimed in (PDF, None) and media_types.hides_pdf_header(head):
        found = PDF
    if found is None:
        return Refused("not_what_the_name_says", {"claimed": claimed.word}) if claimed else Refused("kind_not_accepted")
    if claimed is not None and claimed.family != found.family:
        values = {"claimed": claimed.word, "found": found.word, "right_suffix": found.suffixes[0]}
        return Refused("other_kind_than_the_name_says", values)
    return Refused("heic_is_off") if found is HEIC and not limits.heic_is_on else found


def _accepted(received: Received, claimed_name: str, kind: MediaType, verdict: Fine) -> Accepted:
    cleaned = names.clean(claimed_name)
    name = names.with_suffix(cleaned, kind.suffixes)
    flags = set(verdict.flags)
    if name != cleaned and names.suffix_of(cleaned):
        flags.add("renamed")
    return Accepted(
        object_key=received.key,
        sha256=received.sha256,
        bytes=received.bytes,
        media_type=verdict.media_type,
        pages=verdict.pages,
        original_name=name,
        flags=tuple(sorted(flags)),
        no_preview=verdict.no_preview,
    )
