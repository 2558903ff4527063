"""From the lines of a zone to its fields, and which check digits hold."""

import datetime as dt
from dataclasses import dataclass

from screening.mrz.characters import FILLER, check_digit
from screening.mrz.layouts import Layout, Span, layout_of

# Nobody holds a document that runs for longer; a year beyond it belongs to the century before.
_EXPIRY_AHEAD_YEARS = 50
_NATIONAL = ("IDFRA", "IDROU", "C1USA", "C2USA")


@dataclass(frozen=True)
class Zone:
    """One reading of a zone. failed: the check digits that do not hold, by field, `whole` for the last.

    birth_on and expires_on are ISO days, shortened to year or year and month where the rest is unknown; None when
    what stands there is no day.
    """

    format: str
    lines: tuple[str, ...]
    type: str
    issuer: str
    number: str
    nationality: str
    sex: str
    birth_on: str | None
    expires_on: str | None
    surname: str
    given_names: str
    names_may_be_cut: bool
    optional: str
    failed: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Every check digit is right and both dates are possible."""
        return not self.failed

    def key(self) -> tuple:
        """What must be right before anything is called verified."""
        return (self.number, self.birth_on, self.expires_on)


def parse(lines: tuple[str, ...], *, today: dt.date) -> Zone | None:
    """The fields of these lines; None when they have the shape of no layout."""
    if not lines or len({len(line) for line in lines}) != 1:
        return None
    layout = layout_of(len(lines), len(lines[0]), lines[0][0])
    return _parse(layout, lines, today) if layout else None


def is_national(lines: tuple[str, ...]) -> bool:
    """True for zones that look like ICAO's and follow a national layout: old French and Romanian identity cards."""
    return bool(lines) and lines[0].startswith(_NATIONAL) and len(lines[0]) == 36


def _parse(layout: Layout, lines: tuple[str, ...], today: dt.date) -> Zone:
    cut = {field: _at(lines, span) for field, span in layout.spans.items()}
    birth, expiry = _birth_on(cut["birth"], today), _expires_on(cut["expiry"], today)
    surname, given, full = _names(cut["names"])
    number, rest, number_holds = _number(cut, _one(lines, layout.checked["number"]))
    failed = [] if number_holds else ["number"]
    failed += [field for field in layout.checked if field != "number" and not _check_holds(layout, lines, field)]
    failed += ["birth"] * (birth is None and "birth" not in failed)
    failed += ["expiry"] * (expiry is None and "expiry" not in failed)
    if layout.whole_at and check_digit("".join(_at(lines, span) for span in layout.whole)) != _one(
        lines, layout.whole_at
    ):
        failed.append("whole")
    return Zone(layout.name, lines, cut["type"].strip(FILLER), _code(cut["issuer"]), number, _code(cut["nationality"]),
                cut["sex"].replace("X", FILLER).strip(FILLER), birth, expiry, surname, given, full,
                rest, tuple(failed))  # fmt: skip


def _number(cut: dict[str, str], check: str) -> tuple[str, str, bool]:
    """Number, what is left of the optional data, whether the check digit holds.

    A number of more than nine characters goes on in the optional data, its check digit behind it (9303-5, note j).
    """
    rest = cut.get("optional", cut.get("personal", ""))
    if check == FILLER and "optional" in cut:
        more, _, behind = rest.partition(FILLER)
        if len(more) >= 2:
            whole = cut["number"] + more[:-1]
            return whole, behind.strip(FILLER), check_digit(whole) == more[-1]
    number = cut["number"].rstrip(FILLER)
    holds = check_digit(cut["number"]) == (check if check != FILLER or number else "0")
    # Some states use a filler inside the number; it is shown as nothing, as it is printed.
    return number.replace(FILLER, ""), rest.strip(FILLER), holds and bool(number)


def _check_holds(layout: Layout, lines: tuple[str, ...], field: str) -> bool:
    text, digit = _at(lines, layout.spans[field]), _one(lines, layout.checked[field])
    if digit == FILLER:
        return field == "personal" and not text.strip(FILLER)
    return check_digit(text) == digit


def _names(text: str) -> tuple[str, str, bool]:
    """Surname, given names, and whether the line was too short for them all."""
    surname, _, given = text.partition(FILLER * 2)
    full = not text.endswith(FILLER)
    return _words(surname), _words(given), full


def _words(text: str) -> str:
    return " ".join(text.replace(FILLER, " ").split())


def _code(text: str) -> str:
    return text.replace(FILLER, "")


def _birth_on(text: str, today: dt.date) -> str | None:
    if text[:2] == FILLER * 2:
        return "" if text == FILLER * 6 else None
    if not text[:2].isdigit():
        return None
    year = 2000 + int(text[:2])
    return _partial(year - 100 if year > today.year else year, text[2:], latest=today)


def _expires_on(text: str, today: dt.date) -> str | None:
    if text == FILLER * 6:
        return ""
    if not text.isdigit():
        return None
    year = 2000 + int(text[:2])
    return _partial(year - 100 if year > today.year + _EXPIRY_AHEAD_YEARS else year, text[2:])


def _partial(year: int, month_and_day: str, latest: dt.date | None = None) -> str | None:
    """An ISO day; year alone or year and month where the rest is `00` or fillers."""
    month, day = (part.replace(FILLER, "0") for part in (month_and_day[:2], month_and_day[2:]))
    try:
        if month == "00":
            return f"{year:04}" if day == "00" else None
        found = dt.date(year, int(month), int(day) or 1)
    except ValueError:
        return None
    if latest and found > latest:
        found = found.replace(year=year - 100) if (found.month, found.day) != (2, 29) else None
        if found is None:
            return None
    return found.isoformat() if int(day) else found.isoformat()[:7]


def _at(lines: tuple[str, ...], span: Span) -> str:
    line, start, end = span
    return lines[line][start:end]


def _one(lines: tuple[str, ...], at: tuple[int, int]) -> str:
    return lines[at[0]][at[1]]
