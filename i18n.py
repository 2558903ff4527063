"""Languages: which ones the house speaks, how they are written, and how days and times are said in them."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time

LOCALES = Path(__file__).resolve().parent / "locales"
SOURCE = "en"
# "en" alone writes days the American way round; the house writes 4 December 2026.
_WRITTEN_AS = {"en": "en_GB"}


@cache
def locale_of(code: str) -> Locale:
    """The locale whose habits of writing belong to a language code of ours. Raises UnknownLocaleError, ValueError."""
    return Locale.parse(_WRITTEN_AS.get(code, code))


@cache
def code_of(locale: Locale) -> str:
    """Our language code for a locale: "en" for en_GB."""
    by_locale = {written: code for code, written in _WRITTEN_AS.items()}
    return by_locale.get(str(locale), str(locale))


def direction(code: str) -> str:
    """ "ltr" or "rtl"."""
    return locale_of(code).text_direction


def own_name(code: str) -> str:
    """A language by its own name, as its readers look for it."""
    locale = locale_of(code)
    name = locale.get_language_name(locale) or code
    return name[:1].upper() + name[1:]


def offered(wanted: tuple[str, ...], folder: Path = LOCALES) -> tuple[str, ...]:
    """The wanted languages that have a compiled catalogue. English is in the code and needs none."""
    return tuple(code for code in wanted if code == SOURCE or _catalogue(folder, code).exists())


@lru_cache(maxsize=1024)
def day_words(day: date, code: str) -> str:
    """A day in full with its weekday: "Friday 4 December 2026"."""
    return format_date(day, "full", locale=locale_of(code)).replace(",", "", 1 if code == SOURCE else 0)


def time_words(instant: datetime, zone: str, code: str) -> str:
    """The time of day at a place: "14:30"."""
    local = instant.astimezone(ZoneInfo(zone))
    return _clock_words(local.time().replace(second=0, microsecond=0), code)


@lru_cache(maxsize=1024)
def _clock_words(at: time, code: str) -> str:
    """A page of free times says the same ones for every day."""
    return format_time(at, "short", locale=locale_of(code))


def moment_words(instant: datetime, zone: str, code: str) -> str:
    """Day and time at a place."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{day_words(local.date(), code)}, {time_words(instant, zone, code)}"


def _catalogue(folder: Path, code: str) -> Path:
    return folder / code / "LC_MESSAGES" / "messages.mo"
