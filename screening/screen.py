"""Screens one file: hands it to a confined child and judges what the child says. Never raises for a file."""

import os
import time
from dataclasses import dataclass
from typing import BinaryIO

from screening.asking import Asked
from screening.findings import Screened
from screening.judging import judge, unread
from uploads import media_types
from uploads.forkserver import ForkServer, Outcome

# Address space, of which libraries and models take 670 MB without using it; a child stays below 600 MB in use.
MEMORY_MAX_BYTES = 1100 * 1024**2
CPU_MAX_SECONDS = 14
WALL_MAX_SECONDS = 30
_HEAD_BYTES = 1024
# The last two are what the models' and the picture library raise when their memory is refused.
_WHY = {"MemoryError": "too_heavy", "TooHeavy": "too_heavy", "Locked": "locked", "RuntimeException": "too_heavy",
        "error": "too_heavy"}  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """What a screening cost: seconds from hand-over to answer, the child's largest resident memory in MB."""

    seconds: float
    peak_mb: float
    cpu_seconds: float


def server(children_max: int = 2) -> ForkServer:
    """A fork server with the models loaded; one serves all threads of a process."""
    return ForkServer(children_max=children_max, jobs="screening.inside.jobs", queue_seconds=WALL_MAX_SECONDS * 2)


def screen(file: BinaryIO, asked: Asked, children: ForkServer) -> tuple[Screened, Measured]:
    """The screening of this open file. What kills or stops its child ends in `could_not_read`."""
    began = time.monotonic()
    kind = media_types.by_first_bytes(os.pread(file.fileno(), _HEAD_BYTES, 0))
    if kind is None:
        return unread(asked, "not_a_document"), Measured(0.0, 0.0, 0.0)
    limits = {"memory_bytes": MEMORY_MAX_BYTES, "cpu_seconds": CPU_MAX_SECONDS, "wall_seconds": WALL_MAX_SECONDS}
    job = {"kind": kind.name, "wants_zone": asked.wants_zone, "today": asked.today.isoformat(), **limits}
    outcome = children.run(job, file.fileno())
    cost = Measured(time.monotonic() - began, outcome.rss_bytes / 1024**2, outcome.cpu_seconds)
    return _judged(asked, outcome), cost


def _judged(asked: Asked, outcome: Outcome) -> Screened:
    pages = [line["page"] for line in outcome.said if isinstance(line.get("page"), dict)]
    if pages:
        try:
            return judge(asked, pages)
        except (TypeError, ValueError, KeyError, AttributeError, IndexError):
            # A child that was taken over says what it likes; it does not get to stop its judge.
            return unread(asked, "unreadable")
    raised = outcome.merged.get("raised")
    if outcome.end != "done":
        return unread(asked, {"unavailable": "not_screened", "busy": "not_screened"}.get(outcome.end, "too_heavy"))
    return unread(asked, _WHY.get(raised, "unreadable"))
