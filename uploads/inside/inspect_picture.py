"""What can be known about a photo before a decoder runs: its size, and whether it is built to overload one."""

import io
import warnings
from collections.abc import Callable
from functools import partial

import pillow_heif
from PIL import Image, ImageFile, JpegImagePlugin, PngImagePlugin  # noqa: F401  the two plugins we allow

from uploads.inside import heif_parts, jpeg_parts, png_parts

PIXELS_MAX = 50_000_000
_TAIL_BYTES = 66_000
# What was seen, and how to get the bytes a decoder needs.
Looked = tuple[dict, Callable[[], bytes]]
_FORMAT = {"image/jpeg": "JPEG", "image/png": "PNG", "image/heic": "HEIF"}


def load() -> None:
    """Registers HEIF beside the two built-in formats and arms Pillow's own size check."""
    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = PIXELS_MAX // 2
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    # What is left of a damaged photo may be enough to read; a person decides.
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    # Without this, the first Image.open would import every decoder Pillow has, Ghostscript's included.
    Image._initialized = 2
    _warm_up()


def inspect(data: bytes, job: dict, say) -> None:
    """Size and shape by our own reading first; then the parser's vote, on the header alone."""
    look = {"image/jpeg": _look_at_jpeg, "image/png": _look_at_png, "image/heic": _look_at_heic}[job["kind"]]
    looked, essence = look(data)
    say(looked)
    if looked["width"] * looked["height"] > job["pixels_max"] or looked.get("overloads"):
        return
    with open_picture(essence(), job["kind"]) as picture:
        width, height = picture.size
    say({"opens": True, "parser_width": width, "parser_height": height})


def essence_of(data: bytes, kind: str) -> bytes:
    """Only the bytes of the first picture: metadata, comments and trailers never reach a decoder."""
    if kind == "image/jpeg":
        return jpeg_parts.read(data).essence(data)
    if kind == "image/png":
        return png_parts.read(data).essence(data)
    return data


def open_picture(data: bytes, kind: str) -> Image.Image:
    """Opens with the one named format. Without `formats=` Pillow would try all, and run Ghostscript for EPS."""
    return Image.open(io.BytesIO(data), formats=(_FORMAT[kind],))


def _look_at_jpeg(data: bytes) -> Looked:
    parts = jpeg_parts.read(data)
    flags = ["cut_off"] * parts.is_cut_off
    flags += ["document_inside"] * (b"%PDF-" in data[:1024] or b"%PDF-" in data[parts.ends_at :])
    flags += ["archive_inside"] * (b"PK\x05\x06" in data[parts.ends_at :][-_TAIL_BYTES:])
    flags += ["several_pictures"] * (b"\xff\xd8\xff" in data[parts.ends_at :])
    seen = {"width": parts.width, "height": parts.height, "scans": parts.scans, "flags": flags}
    return seen, partial(parts.essence, data)


def _look_at_png(data: bytes) -> Looked:
    parts = png_parts.read(data)
    flags = ["cut_off"] * parts.is_cut_off + ["several_pictures"] * parts.is_animated
    flags += ["archive_inside"] * (b"PK\x05\x06" in data[parts.ends_at :][-_TAIL_BYTES:])
    seen = {"width": parts.width, "height": parts.height, "overloads": parts.has_too_many_chunks, "flags": flags}
    return seen, partial(parts.essence, data)


def _look_at_heic(data: bytes) -> Looked:
    parts = heif_parts.read(data)
    flags = ["cut_off"] * parts.is_cut_off + ["several_pictures"] * parts.is_sequence
    return {"width": parts.width, "height": parts.height, "flags": flags}, lambda: data


def _warm_up() -> None:
    """One tiny picture of each kind through the whole path, so that children find every library loaded."""
    for form in ("JPEG", "PNG"):
        kept = io.BytesIO()
        Image.new("RGB", (8, 8)).save(kept, form)
        Image.open(io.BytesIO(kept.getvalue()), formats=(form,)).load()
