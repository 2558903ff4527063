"""File names are what a stranger claims: data to be shown, never a path and never a decision."""

import unicodedata
from urllib.parse import quote

NAME_MAX_CHARACTERS = 150
_SUFFIX_MAX_CHARACTERS = 12
_WHEN_NOTHING_IS_LEFT = "document"

# Characters that turn the reading direction: `photo<U+202E>gpj.exe` reads as a picture.
_TURNS_DIRECTION = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
# Joiners are part of Persian words and of emoji; every other format character goes.
_JOINERS = {0x200C, 0x200D}
_UNFIT_CATEGORIES = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_REFUSED_BY_WINDOWS = '<>:"/\\|?*'
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"}
_DEVICES |= {f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"}


def clean(claimed: str) -> str:
    """The name to keep and show: NFC, no control or direction characters, at most 150 characters.

    The suffix survives the cut. Any folder part is dropped. Never empty.
    """
    last_part = claimed.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last_part if _is_fit(c))
    name = unicodedata.normalize("NFC", kept).strip()
    return _shorten(name) if name.strip(". ") else _WHEN_NOTHING_IS_LEFT


def suffix_of(name: str) -> str:
    """The suffix with its dot in lower case, or an empty string. A leading dot begins a name, not a suffix."""
    stem, dot, tail = name.rpartition(".")
    if not dot or not stem.strip(". ") or not tail or " " in tail:
        return ""
    return ("." + tail).lower() if len(tail) < _SUFFIX_MAX_CHARACTERS else ""


def with_suffix(name: str, accepted: tuple[str, ...]) -> str:
    """The name ending in one of the accepted suffixes; the first replaces a wrong one."""
    suffix = suffix_of(name)
    if suffix in accepted:
        return name
    stem = name[: -len(suffix)] if suffix else name
    return _shorten(stem + accepted[0])


def safe_for_windows(name: str) -> str:
    """The name as a Windows machine can save it: no device names, streams, or trailing dots."""
    name = "".join("_" if c in _REFUSED_BY_WINDOWS else c for c in name).rstrip(". ")
    if name.split(".", 1)[0].strip().lower() in _DEVICES:
        name = "_" + name
    return name or _WHEN_NOTHING_IS_LEFT


def attachment_header(name: str) -> str:
    """The value of Content-Disposition for a download (RFC 6266), for names in any script.

    name: cleaned. Always `attachment`: nothing sent by a stranger is shown inside a page of ours.
    """
    name = safe_for_windows(name)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = plain.replace('"', "_").replace("\\", "_").replace("%", "_")
    if not plain.rpartition(".")[0].strip("._ "):
        plain = _WHEN_NOTHING_IS_LEFT + suffix_of(name).encode("ascii", "ignore").decode()
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _is_fit(character: str) -> bool:
    code = ord(character)
    if code in _JOINERS:
        return True
    if code in _TURNS_DIRECTION or _is_noncharacter(code):
        return False
    return unicodedata.category(character) not in _UNFIT_CATEGORIES


def _is_noncharacter(code: int) -> bool:
    """Unassigned is fine (a newer emoji than this Python knows); these never will be characters."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _shorten(name: str) -> str:
    if len(name) <= NAME_MAX_CHARACTERS:
        return name
    suffix = suffix_of(name)
    stem = name[: len(name) - len(suffix)]
    return stem[: NAME_MAX_CHARACTERS - len(suffix)].rstrip("\u200d\u200c ") + suffix
