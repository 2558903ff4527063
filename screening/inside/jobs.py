"""The one job of a screening child, in the shape the fork server of the uploads asks for."""

import contextlib
import ctypes
import datetime as dt
import encodings

import cv2
import numpy as np

from screening.inside import look, models
from uploads.inside import inspect_picture
from uploads.inside.jobs import Say, attempt, import_all_of


def load() -> None:
    """Models and parsers, once; then one drawn page, so that a child finds every kernel ready."""
    cv2.setNumThreads(1)
    import_all_of(encodings)
    inspect_picture.load()
    models.load()
    page = np.full((400, 900, 3), 255, np.uint8)
    for y, text in ((280, "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<"), (330, "L898902C36UTO7408122F1204159<<<<<<<6")):
        cv2.putText(page, text, (20, y), cv2.FONT_HERSHEY_PLAIN, 1.6, (0, 0, 0), 2)
    data = cv2.imencode(".png", page)[1].tobytes()
    look.screen(data, {"kind": "image/png", "wants_zone": True, "today": "2026-01-01"}, lambda _line: None)
    # What loading and warming took and gave back would else be carried along by every child.
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def run(job: dict, *, input_fd: int, output_fd: int, say: Say) -> int:
    """Looks at one document and says what it saw, page by page. Returns the exit code."""
    return attempt(_screen, job, input_fd=input_fd, output_fd=output_fd, say=say)


def _screen(job: dict, data: bytes, _output_fd: int, say: Say) -> None:
    look.screen(data, {**job, "today": dt.date.fromisoformat(job["today"]).isoformat()}, say)
