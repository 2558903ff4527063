"""Makes the pictures staff look at. What leaves here was drawn by us: no metadata, scripts or trailers survive."""

import io
import os

import pypdfium2
from PIL import Image

from uploads.inside import inspect_picture, jpeg_parts, png_parts

PAGE_PIXELS_MAX = 12_000_000
PAGE_LONG_EDGE = 2200
PHOTO_LONG_EDGE = 3200
THUMB_LONG_EDGE = 320
_QUALITY, _COPY_QUALITY, _THUMB_QUALITY = 85, 92, 78
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


_TURNED = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


class _Output:
    """Pictures one behind the other in one nameless file; the lines that are said tell where each lies."""

    def __init__(self, fd: int):
        self.fd = fd
        self.at = 0

    def add(self, picture: Image.Image, quality: int) -> tuple[int, int]:
        kept = io.BytesIO()
        picture.save(kept, "JPEG", quality=quality)
        content = memoryview(kept.getbuffer())
        start = self.at
        while content:
            written = os.pwrite(self.fd, content, self.at)
            self.at += written
            content = content[written:]
        return start, self.at - start


def pages(data: bytes, job: dict, output_fd: int, say) -> None:
    """Draws pages first..last (counted from 0), saying each when it is done."""
    document = pypdfium2.PdfDocument(data)
    # Without its form a filled-in PDF would show empty boxes. This PDFium has no JavaScript.
    document.init_forms()
    output = _Output(output_fd)
    last = min(job["last"], len(document) - 1)
    for number in range(job["first"], last + 1):
        say({"begun": number})
        page = document[number]
        bitmap = page.render(scale=_scale(*page.get_size()), rev_byteorder=True)
        picture = _turned(bitmap.to_pil().convert("RGB"), job)
        _hand_over(picture, number, output, say)
        bitmap.close()
        page.close()
    say({"end_of_job": True})


def photo(data: bytes, job: dict, output_fd: int, say) -> None:
    """Draws a photo upright: for the page, or whole as a copy without metadata."""
    kind, is_copy = job["kind"], job["copy"]
    picture = inspect_picture.open_picture(inspect_picture.essence_of(data, kind), kind)
    if not is_copy and kind == "image/jpeg":
        # The decoder can leave out detail nobody will see, at a third of the cost.
        picture.draft(None, (PHOTO_LONG_EDGE, PHOTO_LONG_EDGE))
    picture = plain(picture)
    if not is_copy:
        picture.thumbnail((PHOTO_LONG_EDGE, PHOTO_LONG_EDGE))
    picture = _turned(upright(picture, data, kind), job)
    say({"begun": 0})
    _hand_over(picture, 0, _Output(output_fd), say, quality=_COPY_QUALITY if is_copy else _QUALITY)
    say({"end_of_job": True})


def _turned(picture: Image.Image, job: dict) -> Image.Image:
    """By hand, clockwise: what lay on its side when it was photographed."""
    by = _TURNED.get(job.get("turn", 0))
    return picture if by is None else picture.transpose(by)


def _hand_over(picture: Image.Image, number: int, output: _Output, say, quality: int = _QUALITY) -> None:
    at, size = output.add(picture, quality)
    line = {"page": number, "width": picture.width, "height": picture.height, "at": at, "bytes": size}
    picture.thumbnail((THUMB_LONG_EDGE, THUMB_LONG_EDGE))
    line["thumb_at"], line["thumb_bytes"] = output.add(picture, _THUMB_QUALITY)
    say({"drawn": line})


def _scale(width: float, height: float) -> float:
    """From the pixels wanted, never from the size the page claims: that may be a billion."""
    width, height = max(width, 1e-3), max(height, 1e-3)
    return min(PAGE_LONG_EDGE / max(width, height), (PAGE_PIXELS_MAX / (width * height)) ** 0.5)


def plain(picture: Image.Image) -> Image.Image:
    """RGB on white paper, in a fresh picture that carries no information along."""
    picture.load()
    if picture.mode.startswith("I"):
        # 16 bits a pixel: dividing keeps the greys that cutting off would turn white.
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        return paper
    plain = picture.convert("RGB")
    plain.info = {}
    return plain


def upright(picture: Image.Image, data: bytes, kind: str) -> Image.Image:
    """The picture turned as the camera says it was held."""
    turn = _TURNS.get(_orientation(data, kind))
    return picture if turn is None else picture.transpose(turn)


def _orientation(data: bytes, kind: str) -> int:
    if kind == "image/jpeg":
        return jpeg_parts.read(data).orientation
    # HEIF turns itself while it is decoded.
    return png_parts.read(data).orientation if kind == "image/png" else 1
