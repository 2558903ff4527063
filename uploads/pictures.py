"""The pictures staff and applicants look at, made from a kept object by confined children. For worker jobs.

A child draws a few pages; one page that kills its child costs that page only.
"""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from uploads import forkserver, media_types
from uploads.forkserver import ForkServer, Outcome
from uploads.storage import ObjectDamaged, ObjectMissing, Store

CLEAN_COPY = "clean"
_PAGES_A_CHILD = 10
_LOST_PAGES_MAX = 3
_MUCH_MEMORY_BYTES = 512 * 1024**2
_EDGE_MAX = 20_000
_JPEG_BEGINS = b"\xff\xd8\xff"
_TOO_HEAVY = {"cpu", "wall", "killed"}
_TRY_LATER = {"busy", "unavailable"}


class TryLater(Exception):
    """No child could be had. Nothing is known about the file: the job runs again."""


@dataclass(frozen=True)
class Picture:
    """One page as pixels. number: from 1. Both keys go to Store.open_derived; all pictures are JPEG."""

    number: int
    key: str
    thumb_key: str
    width: int
    height: int
    bytes: int


@dataclass(frozen=True)
class Pictures:
    """What was made. failed: None when every page has its picture, else `damaged` or `too_heavy`.

    pages may be there although failed is set: some pages could be drawn, others not.
    """

    pages: tuple[Picture, ...] = ()
    failed: str | None = None


@dataclass
class _Drawn:
    """What one child managed."""

    pages: list[Picture] = field(default_factory=list)
    stuck_at: int | None = None
    is_finished: bool = False
    why: str = "damaged"


def make(
    store: Store,
    object_key: str,
    media_type: str,
    sha256: str,
    *,
    turn: int = 0,
    pages_max: int = 100,
    server: ForkServer | None = None,
) -> Pictures:
    """Page images and thumbnails of one kept object, stored beside it.

    turn: by how many degrees somebody turned them, clockwise: 0, 90, 180 or 270. The object itself stays as it came.
    Making them twice is no error. Raises ObjectMissing, ObjectDamaged (a broken promise: report it), StoreIsFull,
    TryLater (run the job again).
    """
    server = server or forkserver.default()
    with store.open(object_key, sha256) as file:
        draw = _draw_pdf if media_type == media_types.PDF.name else _draw_photo
        made = draw(store, object_key, {"kind": media_type, "turn": turn}, file.fileno(), pages_max, server)
    if not store.has(object_key):
        # Deleted while we drew: what was made goes too (T60).
        store.remove(object_key)
        raise ObjectMissing(object_key)
    return made


def make_clean_copy(
    store: Store, object_key: str, media_type: str, sha256: str, *, server: ForkServer | None = None
) -> str | None:
    """A JPEG of a photo in full size without metadata; returns its derived key, None when it cannot be made.

    For the download staff get by default: the place where a photo was taken is nobody's business.
    Raises as make() does. PDFs have no clean copy: returns None.
    """
    if media_type == media_types.PDF.name:
        return None
    server = server or forkserver.default()
    job = {"job": "draw_photo", "kind": media_type, "copy": True}
    with store.open(object_key, sha256) as file:
        drawn = _run(store, object_key, job, file.fileno(), server, is_copy=True)
    return drawn.pages[0].key if drawn.pages else None


def _draw_photo(store: Store, key: str, how: dict, fd: int, _pages_max: int, server: ForkServer) -> Pictures:
    drawn = _run(store, key, {"job": "draw_photo", "copy": False, **how}, fd, server)
    return Pictures(tuple(drawn.pages), None if drawn.pages else drawn.why)


def _draw_pdf(store: Store, key: str, how: dict, fd: int, pages_max: int, server: ForkServer) -> Pictures:
    pages: list[Picture] = []
    lost: list[str] = []
    first = 0
    while first < pages_max and len(lost) < _LOST_PAGES_MAX:
        last = min(first + _PAGES_A_CHILD, pages_max) - 1
        drawn = _run(store, key, {"job": "draw_pages", "first": first, "last": last, **how}, fd, server)
        pages += drawn.pages
        if drawn.is_finished and len(drawn.pages) < last - first + 1:
            break
        if not drawn.is_finished:
            lost.append(drawn.why)
            if drawn.stuck_at is None:
                break
            last = drawn.stuck_at
        first = last + 1
    return Pictures(tuple(pages), lost[0] if lost else None if pages else "damaged")


def _run(store: Store, key: str, job: dict[str, Any], fd: int, server: ForkServer, *, is_copy=False) -> _Drawn:
    """Has one child draw, and keeps what it drew."""
    with tempfile.TemporaryFile(dir=store.root) as output:
        outcome = server.run(job, fd, output.fileno())
        if outcome.end in _TRY_LATER:
            raise TryLater(outcome.end)
        drawn = _read(outcome)
        for line in _lines_of_pages(outcome, job):
            content, thumb = _slice(output, line, "at", "bytes"), _slice(output, line, "thumb_at", "thumb_bytes")
            if content is None or thumb is None:
                break
            drawn.pages.append(_keep(store, key, line, content, thumb, is_copy=is_copy))
    return drawn


def _keep(store: Store, key: str, line: dict[str, int], content: bytes, thumb: bytes, *, is_copy: bool) -> Picture:
    number = line["page"] + 1
    page_key = store.put_derived(key, CLEAN_COPY if is_copy else f"page-{number}", content)
    thumb_key = page_key if is_copy else store.put_derived(key, f"thumb-{number}", thumb)
    return Picture(number, page_key, thumb_key, line["width"], line["height"], len(content))


def _read(outcome: Outcome) -> _Drawn:
    begun = outcome.merged.get("begun")
    # PDFium does not report that memory ran out: it ends itself.
    ran_out = outcome.end == "crashed" and outcome.rss_bytes > _MUCH_MEMORY_BYTES
    is_heavy = ran_out or outcome.end in _TOO_HEAVY or outcome.merged.get("raised") == "MemoryError"
    return _Drawn(
        stuck_at=begun if isinstance(begun, int) and not isinstance(begun, bool) else None,
        is_finished=outcome.merged.get("end_of_job") is True,
        why="too_heavy" if is_heavy else "damaged",
    )


def _lines_of_pages(outcome: Outcome, job: dict[str, Any]) -> Iterator[dict[str, int]]:
    """The pages a child says it drew: numbers only, each asked for, each once. The child is not trusted."""
    expected = set(range(job.get("first", 0), job.get("last", 0) + 1))
    for line in outcome.said:
        page = line.get("drawn")
        if isinstance(page, dict) and _is_sound(page) and page["page"] in expected:
            expected.discard(page["page"])
            yield page


def _is_sound(page: dict[str, Any]) -> bool:
    keys = ("page", "width", "height", "at", "bytes", "thumb_at", "thumb_bytes")
    numbers = [page.get(key) for key in keys]
    if not all(isinstance(number, int) and not isinstance(number, bool) and number >= 0 for number in numbers):
        return False
    return 0 < page["width"] <= _EDGE_MAX and 0 < page["height"] <= _EDGE_MAX


def _slice(output, line: dict[str, int], at: str, size: str) -> bytes | None:
    """The bytes of one picture; None when they are not there or are no JPEG."""
    if line[size] > os.fstat(output.fileno()).st_size:
        return None
    content = os.pread(output.fileno(), line[size], line[at])
    is_whole = len(content) == line[size]
    return content if is_whole and content.startswith(_JPEG_BEGINS) else None


__all__ = ["CLEAN_COPY", "ObjectDamaged", "ObjectMissing", "Picture", "Pictures", "TryLater", "make", "make_clean_copy"]
