"""Reads the skeleton of a PNG: size, and the chunks a decoder needs. Texts, profiles and frames never reach one."""

from dataclasses import dataclass, field

from uploads.inside import orientation

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_NEEDED = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
_EXIF_MAX_BYTES = 64 * 1024
# A genuine file has a few hundred, one for each strip of picture data.
CHUNKS_MAX = 50_000


@dataclass
class PngParts:
    """What the still picture of the file is made of."""

    width: int = 0
    height: int = 0
    bits: int = 8
    orientation: int = 1
    is_cut_off: bool = True
    is_animated: bool = False
    has_too_many_chunks: bool = False
    ends_at: int = 0
    pieces: list[tuple[int, int]] = field(default_factory=list)

    def essence(self, data: bytes) -> bytes:
        """The picture and nothing else: no text, no profile, no second frame."""
        return SIGNATURE + b"".join(data[start:end] for start, end in self.pieces)


def read(data: bytes) -> PngParts:
    """Never raises for bad data; `is_cut_off` when the last chunk is missing."""
    parts = PngParts()
    at = len(SIGNATURE)
    for _ in range(CHUNKS_MAX):
        if at + 12 > len(data):
            break
        kind, end = data[at + 4 : at + 8], at + 12 + int.from_bytes(data[at : at + 4], "big")
        _note(parts, kind, data, at, end)
        if kind in _NEEDED:
            parts.pieces.append((at, min(end, len(data))))
        at = end
        if kind == b"IEND":
            parts.is_cut_off = False
            break
    else:
        parts.has_too_many_chunks = True
    parts.ends_at = at
    return parts


def _note(parts: PngParts, kind: bytes, data: bytes, at: int, end: int) -> None:
    body = at + 8
    if kind == b"IHDR" and not parts.width:
        parts.width = int.from_bytes(data[body : body + 4], "big")
        parts.height = int.from_bytes(data[body + 4 : body + 8], "big")
        parts.bits = data[body + 8] if body + 8 < len(data) else 8
    elif kind == b"acTL":
        parts.is_animated = True
    elif kind == b"eXIf" and end - at <= _EXIF_MAX_BYTES:
        parts.orientation = orientation.read(data[body : end - 4])
