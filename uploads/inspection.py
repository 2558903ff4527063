"""Asks a confined child about a file and judges what it said. The judging is pure; no parser runs here."""

from dataclasses import dataclass
from typing import Any

from uploads import media_types
from uploads.forkserver import ForkServer, Outcome
from uploads.media_types import MediaType
from uploads.refusals import FLAGS, Refused

SCANS_MAX = 100
_NUMBER_MAX = 10**10
_ENDS_WITHOUT_ANSWER = {"busy": "busy", "unavailable": "inspection_unavailable"}
_ENDS_OF_HEAVY_FILES = {"cpu", "wall", "killed"}


@dataclass(frozen=True)
class Limits:
    """What one file may be. Machine limits of the child stand in uploads/inside/confine.py."""

    max_bytes: int = 25 * 1024 * 1024
    pages_max: int = 100
    pixels_max: int = 50_000_000
    heic_is_on: bool = True


@dataclass(frozen=True)
class Report:
    """What a child told about a file, checked for type and size: a parser that was taken over may say anything."""

    end: str
    magic: str = ""
    opens: bool | None = None
    pages: int | None = None
    needs_password: bool = False
    width: int = 0
    height: int = 0
    scans: int = 0
    overloads: bool = False
    dynamic_form: bool = False
    ran_out_of_memory: bool = False
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fine:
    """Not refused. no_preview: the code why there will be no picture, or None."""

    media_type: str
    pages: int | None
    no_preview: str | None
    flags: tuple[str, ...]


def report_on(server: ForkServer, fd: int, kind: MediaType, limits: Limits) -> Report:
    """Has a child look at the file behind fd. Always comes back, within the queue's and the child's time."""
    job = {"job": "inspect", "kind": kind.name, "pages_max": limits.pages_max, "pixels_max": limits.pixels_max}
    return read_report(server.run(job, fd))


def read_report(outcome: Outcome) -> Report:
    """The report in what a child said; whatever does not fit is left out."""
    said = outcome.merged
    pages = _number(said.get("pages"))
    return Report(
        end=outcome.end,
        magic=_short_text(said.get("magic")),
        opens=said.get("opens") if isinstance(said.get("opens"), bool) else None,
        pages=pages if pages is not None else _number(said.get("pages_by_pypdf")),
        needs_password=_needs_password(said),
        width=_number(said.get("width")) or 0,
        height=_number(said.get("height")) or 0,
        scans=_number(said.get("scans")) or 0,
        overloads=said.get("overloads") is True,
        dynamic_form=said.get("dynamic_form") is True,
        ran_out_of_memory=said.get("raised") == "MemoryError",
        flags=_flags(said),
    )


def judge(kind: MediaType, report: Report, limits: Limits, *, header_is_first: bool = True) -> Fine | Refused:
    """The verdict on a file whose first bytes announce `kind`.

    A file is refused for what it is (another kind, locked, too long, too many pixels), never because a parser
    was too weak or too slow for it: then it is kept without a picture.
    """
    if report.end in _ENDS_WITHOUT_ANSWER:
        return Refused(_ENDS_WITHOUT_ANSWER[report.end])
    if not report.magic:
        # A child that did not say even its first word tells of our trouble, not of the file.
        return Refused("inspection_unavailable")
    return _contradiction(kind, report) or _excess(report, limits) or _fine(kind, report, header_is_first)


def _contradiction(kind: MediaType, report: Report) -> Refused | None:
    voted = media_types.by_magic(report.magic)
    if voted is not kind and not media_types.magic_abstains(report.magic):
        return Refused("not_what_the_name_says", {"claimed": kind.word})
    if report.needs_password and report.opens is not True:
        return Refused("needs_password")
    return None


def _excess(report: Report, limits: Limits) -> Refused | None:
    if report.pages is not None and report.pages > limits.pages_max:
        return Refused("too_many_pages", {"pages": report.pages, "limit": limits.pages_max})
    if report.width * report.height > limits.pixels_max:
        return Refused("too_many_pixels", _pixels(report, limits))
    if report.scans > SCANS_MAX or report.overloads:
        return Refused("overloads")
    return None


def _fine(kind: MediaType, report: Report, header_is_first: bool) -> Fine:
    no_preview = None
    if not header_is_first:
        no_preview = "header_not_first"
    elif report.dynamic_form:
        no_preview = "dynamic_form"
    elif report.opens is None and (report.end in _ENDS_OF_HEAVY_FILES or report.ran_out_of_memory):
        no_preview = "too_heavy"
    elif report.opens is not True:
        no_preview = "damaged"
    flags = set(report.flags)
    if report.magic and media_types.magic_abstains(report.magic):
        flags.add("type_by_parser")
    if report.end != "done":
        flags.add("not_fully_examined")
    return Fine(kind.name, report.pages if report.pages else None, no_preview, tuple(sorted(flags)))


def _pixels(report: Report, limits: Limits) -> dict[str, int]:
    return {
        "width": report.width,
        "height": report.height,
        "megapixels": -(-report.width * report.height // 1_000_000),
        "limit_megapixels": limits.pixels_max // 1_000_000,
    }


def _needs_password(said: dict[str, Any]) -> bool:
    return said.get("needs_password") is True or said.get("pypdf_needs_password") is True


def _flags(said: dict[str, Any]) -> tuple[str, ...]:
    found: set[str] = {"restricted"} if said.get("restricted") is True else set()
    for key in ("flags", "found"):
        told = said.get(key)
        found |= {flag for flag in told if isinstance(flag, str)} if isinstance(told, list) else set()
    return tuple(sorted(found & FLAGS.keys()))


def _number(value: Any) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 0 <= value <= _NUMBER_MAX else None


def _short_text(value: Any) -> str:
    return value[:80] if isinstance(value, str) else ""
