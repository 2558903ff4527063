"""What a child can be asked to do. `load` runs once in the server, `run` in each child."""

import contextlib
import encodings
import importlib
import os
import pkgutil
from collections.abc import Callable

import pillow_heif
import pypdf

from uploads.inside import draw, inspect_pdf, inspect_picture, kinds

SNIFFED_BYTES = 4096
Say = Callable[[dict], None]


def load() -> None:
    """Readies everything a job needs, so that a child opens no file and starts fast."""
    kinds.load()
    kinds.magic_name(b"%PDF-1.7\n")
    pillow_heif.options.DECODE_THREADS = 1
    inspect_picture.load()
    import_all_of(encodings)
    import_all_of(pypdf)
    inspect_pdf.load()


def import_all_of(package) -> None:
    """A child may be unable to read Python's own folder: what a parser first imports there would fail, like a codec."""
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        # Some are for another system or another library that is not installed.
        with contextlib.suppress(ImportError):
            importlib.import_module(module.name)


def run(job: dict, *, input_fd: int, output_fd: int, say: Say) -> int:
    """Does one job and returns the exit code."""
    return attempt(_named, job, input_fd=input_fd, output_fd=output_fd, say=say)


def attempt(work: Callable, job: dict, *, input_fd: int, output_fd: int, say: Say) -> int:
    """Runs this work on the input. Whatever a parser raises becomes a line with its kind."""
    try:
        work(job, _read_all(input_fd), output_fd, say)
    except MemoryError:
        say({"raised": "MemoryError"})
    except BaseException as error:  # noqa: BLE001  parsers raise anything on hostile bytes (T25)
        say({"raised": type(error).__name__[:60]})
    return 0


def _read_all(fd: int) -> bytes:
    """By position: the descriptor's offset is shared with the web process and with an earlier try."""
    size = os.fstat(fd).st_size
    pieces = []
    at = 0
    while at < size and (piece := os.pread(fd, size - at, at)):
        pieces.append(piece)
        at += len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _named(job: dict, data: bytes, output_fd: int, say: Say) -> None:
    _JOBS[job["job"]](job, data, output_fd, say)


def _inspect(job: dict, data: bytes, _output_fd: int, say: Say) -> None:
    say({"magic": kinds.magic_name(data[:SNIFFED_BYTES])})
    if job["kind"] == "application/pdf":
        inspect_pdf.inspect(data, job, say)
    else:
        inspect_picture.inspect(data, job, say)


def _draw_pages(job: dict, data: bytes, output_fd: int, say: Say) -> None:
    draw.pages(data, job, output_fd, say)


def _draw_photo(job: dict, data: bytes, output_fd: int, say: Say) -> None:
    draw.photo(data, job, output_fd, say)


_JOBS = {"inspect": _inspect, "draw_pages": _draw_pages, "draw_photo": _draw_photo}
