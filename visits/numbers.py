"""What may be wrong with a number somebody writes down at the desk. Pure; it warns and never blocks.

Registers outlive every check digit ever invented: a number the office holds in its hand is right, whatever we think.
"""

from __future__ import annotations

from datetime import date
from types import ModuleType

import stdnum
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength, ValidationError

REPLACEMENT_DAYS = 60  # Danish replacement numbers carry the day of birth plus 60
WARNINGS = frozenset({"length", "format", "checksum", "date", "birth_date_differs"})


def compact(number: str) -> str:
    """The number without the blanks, dots and dashes that people put between its groups."""
    return "".join(sign for sign in number if sign not in " -.\u00a0\u2010\u2011\u2013").upper()


def warnings(check: str | None, number: str, birth_on: date | None = None) -> list[str]:
    """Codes of WARNINGS. check: "dk.cpr" (a module of python-stdnum); None or an unknown one warns of nothing.

    birth_on: as the person said; compared where the number holds it.
    """
    module = _module(check)
    if module is None:
        return []
    plain = _with_real_day(check, compact(number))
    found = _about_shape(module, plain)
    return found or _about_birth(module, plain, birth_on)


def _module(check: str | None) -> ModuleType | None:
    country, _, name = (check or "").partition(".")
    if not (country.isidentifier() and name.isidentifier()):
        return None
    try:
        return stdnum.get_cc_module(country, name)
    except ImportError:
        return None


def _with_real_day(check: str | None, plain: str) -> str:
    if check == "dk.cpr" and plain[:2].isdigit() and 60 < int(plain[:2]) <= 60 + 31:
        return f"{int(plain[:2]) - REPLACEMENT_DAYS:02d}{plain[2:]}"
    return plain


def _about_shape(module: ModuleType, plain: str) -> list[str]:
    try:
        module.validate(plain)
    except InvalidLength:
        return ["length"]
    except InvalidFormat:
        return ["format"]
    except InvalidChecksum:
        return ["checksum"]
    except ValidationError:
        return ["date"]
    return []


def _about_birth(module: ModuleType, plain: str, birth_on: date | None) -> list[str]:
    held = getattr(module, "get_birth_date", None)
    if birth_on is None or held is None:
        return []
    return [] if held(plain) == birth_on else ["birth_date_differs"]
