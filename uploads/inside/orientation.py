"""The one fact we take from EXIF: how the camera was held."""

_TAG, _SHORT = 0x0112, 3
_ENTRIES_MAX = 500


def read(tiff: bytes) -> int:
    """The orientation 1 to 8 in a TIFF structure; 1 when there is none or it is nonsense. Follows no link twice."""
    order = {b"II": "little", b"MM": "big"}.get(tiff[:2])
    if order is None or len(tiff) < 14:
        return 1

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], order)

    directory = number(4, 4)
    for entry in range(min(number(directory, 2), _ENTRIES_MAX)):
        at = directory + 2 + entry * 12
        if number(at, 2) == _TAG and number(at + 2, 2) == _SHORT:
            found = number(at + 8, 2)
            return found if 1 <= found <= 8 else 1
    return 1
