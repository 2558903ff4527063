"""From the bytes of an upload to pages: pictures, and what a PDF says as text. Sizes are decided before decoding."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pypdfium2
from PIL import Image

from uploads.inside import draw, inspect_picture

PAGES_MAX = 3
LONG_EDGE = 2000
# As coarse as this loses nothing that 8 pixels of text need, and costs half.
_DOTS_PER_INCH = 170
_TEXT_MAX = 6000
_SCANS_MAX = 100
# Parsers are given less address space than models need: what a bomb takes is what the child really uses.
_PARSING_MAX_BYTES = 960 * 1024**2


class Locked(Exception):
    """The PDF opens with a password only."""


class TooHeavy(Exception):
    """The picture is larger than any camera's, or built to overload a decoder."""


@dataclass(frozen=True)
class Page:
    """picture: BGR. text: the PDF's own words, empty for pictures. whole: the size before it was made smaller."""

    picture: np.ndarray
    text: str = ""
    whole: tuple[int, int] = (0, 0)


def pages(data: bytes, kind: str) -> Iterator[Page]:
    """The first pages, one at a time. Raises what the parsers raise."""
    if kind == "application/pdf":
        yield from _pages_of_pdf(data)
    else:
        with _little_memory():
            photo = _photo(data, kind)
        yield photo


def count(data: bytes, kind: str) -> int:
    """How many pages there are."""
    return len(_opened(data)) if kind == "application/pdf" else 1


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Locked from error
        raise


def _pages_of_pdf(data: bytes) -> Iterator[Page]:
    document = _opened(data)
    document.init_forms()
    for number in range(min(len(document), PAGES_MAX)):
        with _little_memory():
            drawn = _drawn(document[number])
        yield drawn


def _drawn(page: pypdfium2.PdfPage) -> Page:
    text = page.get_textpage().get_text_bounded()[:_TEXT_MAX]
    bitmap = page.render(scale=_scale(*page.get_size()), rev_byteorder=True)
    picture = bitmap.to_pil().convert("RGB")
    bitmap.close()
    page.close()
    return Page(_bgr(picture), text, picture.size)


@contextmanager
def _little_memory() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY:
        # Not in a child: the server warms up, or a test looks without one.
        yield
        return
    resource.setrlimit(resource.RLIMIT_AS, (min(_PARSING_MAX_BYTES, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _scale(width: float, height: float) -> float:
    """From the pixels wanted: what size a page claims to have is anybody's guess."""
    longest = max(width, height, 1e-3)
    return min(_DOTS_PER_INCH / 72 if longest < 2000 else LONG_EDGE / longest, LONG_EDGE / longest * 1.3)


def _photo(data: bytes, kind: str) -> Page:
    _weigh(data, kind)
    picture = inspect_picture.open_picture(inspect_picture.essence_of(data, kind), kind)
    whole = picture.size
    if kind == "image/jpeg":
        picture.draft("RGB", (LONG_EDGE, LONG_EDGE))
    picture = draw.plain(picture)
    picture.thumbnail((LONG_EDGE, LONG_EDGE), Image.Resampling.BOX)
    return Page(_bgr(draw.upright(picture, data, kind)), whole=whole)


def _weigh(data: bytes, kind: str) -> None:
    """By reading headers, before a decoder takes memory for what they announce."""
    seen: dict = {}
    inspect_picture.inspect(data, {"kind": kind, "pixels_max": inspect_picture.PIXELS_MAX}, seen.update)
    if not seen.get("opens") or seen.get("scans", 0) > _SCANS_MAX:
        raise TooHeavy


def _bgr(picture: Image.Image) -> np.ndarray:
    return np.ascontiguousarray(np.asarray(picture)[:, :, ::-1])
