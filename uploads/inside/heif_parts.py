"""Reads the boxes of a HEIF file far enough to know the sizes it announces, before a decoder sees it."""

from collections.abc import Iterator
from dataclasses import dataclass

_BOXES_MAX = 5_000
# Where sizes are kept: meta > iprp > ipco > ispe. `meta` has four bytes of version before its boxes.
_OPENED = {b"meta": 4, b"iprp": 0, b"ipco": 0, b"moov": 0, b"trak": 0}


@dataclass
class HeifParts:
    """The largest picture announced, and what is odd about the file."""

    width: int = 0
    height: int = 0
    is_cut_off: bool = False
    is_sequence: bool = False


def read(data: bytes) -> HeifParts:
    """Never raises for bad data. Width and height stay 0 when no size is announced."""
    parts = HeifParts()
    for kind, start, end, is_whole in _boxes(data):
        parts.is_cut_off |= not is_whole
        parts.is_sequence |= kind == b"moov"
        if kind == b"ispe" and end - start >= 12:
            width = int.from_bytes(data[start + 4 : start + 8], "big")
            height = int.from_bytes(data[start + 8 : start + 12], "big")
            if width * height > parts.width * parts.height:
                parts.width, parts.height = width, height
    return parts


def _boxes(data: bytes) -> Iterator[tuple[bytes, int, int, bool]]:
    """Kind, start and end of the content, and whether all of it is there; opened boxes' children included."""
    todo = [(0, len(data))]
    for _ in range(_BOXES_MAX):
        while todo and todo[-1][0] + 8 > todo[-1][1]:
            todo.pop()
        if not todo:
            return
        at, limit = todo.pop()
        kind = data[at + 4 : at + 8]
        start, end = _span(data, at, limit)
        todo.append((max(end, start), limit))
        yield kind, start, min(end, limit), end <= limit
        if kind in _OPENED:
            todo.append((start + _OPENED[kind], min(end, limit)))


def _span(data: bytes, at: int, limit: int) -> tuple[int, int]:
    size = int.from_bytes(data[at : at + 4], "big")
    if size == 1:
        return at + 16, at + int.from_bytes(data[at + 8 : at + 16], "big")
    return at + 8, limit if size == 0 else at + size
