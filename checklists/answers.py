"""What people type or pick, read by the type of the question. Pure; refusals are codes, never sentences."""

import importlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from stdnum.dk import cpr as danish_cpr
from stdnum.exceptions import ValidationError

from checklists.codes import fits
from checklists.definition import Definition, Question
from checklists.evaluate import STRICT, Run
from checklists.situation import EMPTY, NOT_SURE, Situation

TEXT_MAX: Final = 500
ADDRESS_MAX: Final = 300
NAME_MAX: Final = 150
MANY_MAX: Final = 40
ENTRIES_MAX: Final = 30
NUMBER_MAX: Final = 1_000_000_000
FIRST_DAY, LAST_DAY = date(1875, 1, 1), date(2200, 1, 1)
ISO_DAY: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
KEPT_CONTROLS: Final = frozenset("\u200c\u200d")
"""Joiners that Persian and many Indian scripts spell with."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """code: required, not_text, too_long, too_short, not_a_number, too_small, too_large, not_a_date,
    too_early, too_late, not_yes_no, not_an_option, not_a_code, not_a_municipality, not_a_cpr,
    too_many, not_a_list, not_sure_not_offered, field (values: entry, field, code)."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """What lies outside the question itself: the municipalities there are, and the day limits worked out."""

    municipalities: frozenset[str] = frozenset()
    not_before: date | None = None
    not_after: date | None = None


def read_answer(question: Any, raw: Any, limits: Limits = Limits()) -> Any:
    """The answer as it is stored and compared, EMPTY, NOT_SURE, or a Refusal.

    question: a Question, FactSpec or GroupField. raw: a string, a list of strings (many), a dict
    {day, month, year} (date), a list of dicts (group); the stored form itself is read unchanged.
    Dates come back as ISO strings, so that the answer can be stored as JSON.
    """
    if raw == NOT_SURE:
        return NOT_SURE if getattr(question, "not_sure", False) else Refusal("not_sure_not_offered")
    if _is_empty(raw):
        return Refusal("required") if question.required else EMPTY
    if question.type == "group":
        return _read_group(question, raw)
    if not question.many:
        return _read_one(question, raw, limits)
    return _read_many(question, raw, limits)


def warnings_for(question: Any, answer: Any) -> tuple[str, ...]:
    """Codes worth a second look; they never block: cpr_odd (check digit or day of birth)."""
    if question.type == "cpr" and isinstance(answer, str) and answer not in (NOT_SURE, EMPTY):
        return () if cpr_looks_right(answer) else ("cpr_odd",)
    return ()


def number_looks_right(module: str | None, number: str) -> bool:
    """Does an issued number pass the checklist's check? True if there is none, or no such module.

    module: the name of a python-stdnum module, such as "dk.cpr".
    """
    if module is None:
        return True
    if module == "dk.cpr":
        return cpr_looks_right(number)
    is_valid = number_check(module)
    return is_valid is None or bool(is_valid(number))


def number_check(module: str) -> Any:
    """The `is_valid` of a python-stdnum module by its dotted name, None if there is no such module."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", module):
        return None
    try:
        return getattr(importlib.import_module(f"stdnum.{module}"), "is_valid", None)
    except ImportError:
        return None


def cpr_looks_right(number: str) -> bool:
    """A real day of birth, or a replacement number (day + 60).

    The check digit is not looked at: since 2007 numbers are issued without one.
    """
    digits = re.sub(r"[\s-]", "", number)
    if not re.fullmatch(r"[0-9]{10}", digits):
        return False
    if int(digits[:2]) > 60:
        digits = f"{int(digits[:2]) - 60:02d}{digits[2:]}"
    try:
        born = danish_cpr.get_birth_date(digits)
    except ValidationError:
        return False
    return born.year > 1857


def cleaned(text: str) -> str:
    """NFC, without control, private-use and direction-changing signs; runs of blanks become one."""
    kept = []
    for sign in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(sign)
        if kind in ("Zs", "Zl", "Zp") or sign in "\t\n\r":
            kept.append(" ")
        elif kind[0] != "C" or sign in KEPT_CONTROLS:
            kept.append(sign)
    return re.sub(r" +", " ", "".join(kept)).strip()


def _is_empty(raw: Any) -> bool:
    if raw is None or raw == EMPTY:
        return True
    if isinstance(raw, str):
        return not raw.strip() or not cleaned(raw)
    if isinstance(raw, dict):
        return all(_is_empty(value) for value in raw.values())
    if isinstance(raw, list | tuple | set | frozenset):
        return all(_is_empty(value) for value in raw)
    return False


def _read_many(question: Any, raw: Any, limits: Limits) -> Any:
    if isinstance(raw, str):
        raw = [raw]
    if not isinstance(raw, list | tuple | set | frozenset):
        return Refusal("not_a_list")
    given = [one for one in raw if not _is_empty(one)]
    if len(given) > MANY_MAX:
        return Refusal("too_many", {"most": MANY_MAX})
    found = [_read_one(question, one, limits) for one in given]
    refusal = next((one for one in found if isinstance(one, Refusal)), None)
    return refusal or list(dict.fromkeys(found))


def _read_one(question: Any, raw: Any, limits: Limits) -> Any:
    return _READERS[question.type](question, raw, limits)


def _text(question: Any, raw: Any, longest: int) -> Any:
    if not isinstance(raw, str):
        return Refusal("not_text")
    if len(raw) > longest * 8:
        return Refusal("too_long", {"most": longest})
    text = cleaned(raw)
    least, most = getattr(question, "minimum", None), getattr(question, "maximum", None)
    longest = min(longest, most) if isinstance(most, int) else longest
    if len(text) > longest:
        return Refusal("too_long", {"most": longest})
    if isinstance(least, int) and len(text) < least:
        return Refusal("too_short", {"least": least})
    return text


def _number(question: Any, raw: Any, _: Limits) -> Any:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        return Refusal("not_a_number")
    number = _parsed_number(raw)
    if number is None:
        return Refusal("not_a_number")
    least, most = getattr(question, "minimum", None), getattr(question, "maximum", None)
    if number < (least if least is not None else -NUMBER_MAX):
        return Refusal("too_small", {"least": least if least is not None else -NUMBER_MAX})
    if number > (most if most is not None else NUMBER_MAX):
        return Refusal("too_large", {"most": most if most is not None else NUMBER_MAX})
    return number


def _parsed_number(raw: Any) -> int | float | None:
    """Digits of any script; a comma or point before decimals."""
    text = cleaned(raw).replace(" ", "").replace(",", ".") if isinstance(raw, str) else repr(raw)
    if len(text) > 30:
        return None
    digits = "".join(str(unicodedata.decimal(sign, "")) or sign for sign in text)
    if re.fullmatch(r"[-+]?[0-9]{1,15}", digits):
        return int(digits)
    return float(digits) if re.fullmatch(r"[-+]?[0-9]{1,12}\.[0-9]{1,6}", digits) else None


def _date(_: Any, raw: Any, limits: Limits) -> Any:
    day = _parsed_day(raw)
    if day is None:
        return Refusal("not_a_date")
    first, last = max(limits.not_before or FIRST_DAY, FIRST_DAY), min(limits.not_after or LAST_DAY, LAST_DAY)
    if day < first:
        return Refusal("too_early", {"first": first})
    if day > last:
        return Refusal("too_late", {"last": last})
    return day.isoformat()


def _parsed_day(raw: Any) -> date | None:
    if type(raw) is date:
        return raw
    if isinstance(raw, dict):
        numbers = [_parsed_number(raw.get(part) or "") for part in ("year", "month", "day")]
    else:
        match = ISO_DAY.fullmatch(cleaned(raw)) if isinstance(raw, str) and len(raw) < 40 else None
        numbers = [int(part) for part in match.groups()] if match else [None]
    if not all(isinstance(one, int) for one in numbers):
        return None
    try:
        return date(*numbers)
    except (ValueError, OverflowError):
        return None


def _yes_no(_: Any, raw: Any, __: Limits) -> Any:
    if isinstance(raw, bool):
        return raw
    return {"yes": True, "true": True, "no": False, "false": False}.get(
        raw if isinstance(raw, str) else "", Refusal("not_yes_no")
    )


def _choice(question: Any, raw: Any, _: Limits) -> Any:
    return raw if isinstance(raw, str) and raw in question.options else Refusal("not_an_option")


def _code(question: Any, raw: Any, _: Limits) -> Any:
    if not isinstance(raw, str):
        return Refusal("not_a_code")
    code = raw.strip().upper() if question.type == "country" else raw.strip().lower()
    return code if fits(question.type, code, former=question.former) else Refusal("not_a_code")


def _municipality(_: Any, raw: Any, limits: Limits) -> Any:
    return raw if isinstance(raw, str) and raw in limits.municipalities else Refusal("not_a_municipality")


def _cpr(_: Any, raw: Any, __: Limits) -> Any:
    """Ten digits, stored as DDMMYY-NNNN. A number that looks odd is kept and warned of, never blocked."""
    text = "".join(str(unicodedata.decimal(sign, "")) or sign for sign in cleaned(raw)) if isinstance(raw, str) else ""
    digits = re.sub(r"[\s-]", "", text)
    return f"{digits[:6]}-{digits[6:]}" if re.fullmatch(r"[0-9]{10}", digits) else Refusal("not_a_cpr")


def _read_group(question: Any, raw: Any) -> Any:
    """A list of entries, each a map of its fields; entries without any value are dropped."""
    if not isinstance(raw, list | tuple) or not all(isinstance(one, dict) for one in raw):
        return Refusal("not_a_list")
    given = [one for one in raw if not _is_empty(one)]
    most = question.maximum if isinstance(question.maximum, int) else ENTRIES_MAX
    if len(given) > most:
        return Refusal("too_many", {"most": most})
    least = question.minimum if isinstance(question.minimum, int) else 0
    if len(given) < least:
        return Refusal("too_few", {"least": least})
    entries = []
    for number, one in enumerate(given, 1):
        entry = {spec.id: read_answer(spec, one.get(spec.id)) for spec in question.fields}
        for key, value in entry.items():
            if isinstance(value, Refusal):
                return Refusal("field", {"entry": number, "field": key, "code": value.code, **value.values})
        entries.append({key: value for key, value in entry.items() if value != EMPTY})
    return entries


_READERS: Final = {
    "text": lambda question, raw, _: _text(question, raw, TEXT_MAX),
    "name": lambda question, raw, _: _text(question, raw, NAME_MAX),
    "address": lambda question, raw, _: _text(question, raw, ADDRESS_MAX),
    "number": _number,
    "date": _date,
    "yes_no": _yes_no,
    "choice": _choice,
    "country": _code,
    "language": _code,
    "municipality": _municipality,
    "cpr": _cpr,
}


def limits_for(definition: Definition, situation: Situation, question: Question, who: str | None) -> Limits:
    """The limits of one question in a situation: `min` and `max` of dates are worked out here."""
    run = Run(definition, situation, STRICT, frozenset())
    first = question.minimum(run, who, None) if question.type == "date" and question.minimum else None
    last = question.maximum(run, who, None) if question.type == "date" and question.maximum else None
    return Limits(
        frozenset(definition.municipalities),
        first if isinstance(first, date) else None,
        last if isinstance(last, date) else None,
    )
