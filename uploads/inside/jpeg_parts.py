"""Reads the skeleton of a JPEG without decoding it: sizes, number of scans, where the first picture ends."""

import re
from dataclasses import dataclass, field

from uploads.inside import orientation

_START_OF_FRAME = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}
_END, _SCAN, _EXIF = 0xD9, 0xDA, 0xE1
# Kept for the decoder: JFIF (E0) and Adobe's colour transform (EE).
_KEPT_APPLICATION = {0xE0, 0xEE}
_SEGMENTS_MAX = 20_000
# In picture data FF 00 is a byte and FF D0..D7 a restart; anything else ends the scan.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


@dataclass
class JpegParts:
    """What the first picture of the file is made of. `pieces` are the ranges a decoder needs, nothing else."""

    width: int = 0
    height: int = 0
    scans: int = 0
    orientation: int = 1
    is_cut_off: bool = True
    ends_at: int = 0
    pieces: list[tuple[int, int]] = field(default_factory=list)

    def essence(self, data: bytes) -> bytes:
        """The picture without EXIF, comments, second pictures or anything behind the end."""
        return b"\xff\xd8" + b"".join(data[start:end] for start, end in self.pieces) + b"\xff\xd9"


def read(data: bytes) -> JpegParts:
    """Never raises for bad data: what could be read is told, and `is_cut_off` when no end was found."""
    parts = JpegParts()
    at = 2
    for _ in range(_SEGMENTS_MAX):
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if at + 2 > len(data) or data[at] != 0xFF:
            break
        marker = data[at + 1]
        if marker == _END:
            parts.is_cut_off = False
            at += 2
            break
        at = _take_segment(parts, data, at, marker)
    parts.ends_at = at
    return parts


def _take_segment(parts: JpegParts, data: bytes, at: int, marker: int) -> int:
    if marker in _WITHOUT_LENGTH:
        return at + 2
    end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    body = data[at + 4 : end]
    if marker in _START_OF_FRAME and len(body) >= 5 and not parts.width:
        parts.height, parts.width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
    elif marker == _EXIF and body.startswith(b"Exif\x00\x00"):
        parts.orientation = orientation.read(body[6:])
    elif marker == _SCAN:
        parts.scans += 1
        end = _end_of_scan(data, end)
    if _is_needed(marker):
        parts.pieces.append((at, min(end, len(data))))
    return max(end, at + 2)


def _end_of_scan(data: bytes, at: int) -> int:
    found = _NEXT_MARKER.search(data, at)
    return found.end() - 2 if found else len(data)


def _is_needed(marker: int) -> bool:
    if 0xE0 <= marker <= 0xEF:
        return marker in _KEPT_APPLICATION
    return marker != 0xFE
