"""From what a child saw to findings and a result. Pure: what a child says is checked here like any other input."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from screening import kinds, names
from screening.asking import BIRTH_DATE, KIND, LEGIBLE, MRZ, NAME, Asked
from screening.findings import COULD_NOT_READ, INFO, LOOK_AGAIN, VERIFIED, Finding, Screened
from screening.mrz.characters import ALPHABET, alike
from screening.mrz.zone import Zone, is_national, parse

# Tried on photos at every level of each fault; see docs/screening.md.
SHARP_MIN = 0.15
LIGHT_MIN, CONTRAST_MIN = 90, 60
GLARE_MAX = 0.012
TEXT_HEIGHT_MIN = 9
AT_EDGE_MAX = 0.12
BLANK_BELOW = 25
_QUALITY = ("blurred", "dark", "glare", "cut_off", "low_resolution", "low_contrast")


@dataclass(frozen=True)
class Reading:
    """A zone as it was read. agreed: two recognisers read the same key fields and every check digit holds.

    names_agreed: they also read the same names, which no check digit guards.
    """

    zone: Zone
    other: Zone | None
    corrected: int
    agreed: bool
    page: int
    place: list[float]

    @property
    def names_agreed(self) -> bool:
        return self.other is not None and _name(self.zone) == _name(self.other)


def judge(asked: Asked, pages: Sequence[Mapping[str, Any]]) -> Screened:
    """pages: what the child said of each page it looked at. None at all means that nothing could be read."""
    if not pages:
        return unread(asked, "unreadable")
    reading = _reading(pages, asked.today) if asked.wants_zone else None
    text = [line for page in pages for line in page.get("text") or ()]
    kind = _kind(reading, text)
    verified = reading is not None and reading.agreed
    findings = [*_of_quality(asked, pages, text, silent=verified)]
    findings += _of_zone(asked, reading, pages) if asked.wants_zone else ()
    findings += _of_kind(asked, kind)
    findings += _of_name(asked, reading, text)
    findings += _of_dates(asked, reading) if reading else ()
    return Screened(_result(asked, reading, kind, text, findings), kind, _told(reading), tuple(findings))


def unread(asked: Asked, code: str, value: Any = None) -> Screened:
    """The result when no page was seen at all."""
    return Screened(COULD_NOT_READ, findings=(Finding(code, asked.levels.get(LEGIBLE, INFO), value=value),))


def _result(asked: Asked, reading: Reading | None, kind: str | None, text: list[str], findings: list[Finding]) -> str:
    if any(finding.level != INFO for finding in findings):
        nothing_read = sum(map(len, text)) < BLANK_BELOW and (reading is None or not reading.zone.holds)
        return COULD_NOT_READ if nothing_read else LOOK_AGAIN
    if asked.wants_zone:
        return VERIFIED if reading and reading.agreed else LOOK_AGAIN
    return VERIFIED if kind in asked.kinds else LOOK_AGAIN


def _reading(pages, today: dt.date) -> Reading | None:
    readings = [found for page in pages if (found := _reading_of(page, today))]
    return max(readings, key=lambda one: (one.agreed, one.zone.holds, -len(one.zone.failed)), default=None)


def _reading_of(page: Mapping[str, Any], today: dt.date) -> Reading | None:
    told = page.get("zone") or {}
    first, second = (_zone(told.get(which), today) for which in ("first", "second"))
    if first is None:
        return None
    agreed = second is not None and first.holds and second.holds and first.key() == second.key()
    agreed = agreed and not told["first"].get("doubtful") and not told["second"].get("doubtful")
    # Both may have taken the same wrong turn; a search would then find the same wrong way out.
    agreed = agreed and not (told["first"].get("searched") and told["second"].get("searched"))
    return Reading(first, second, int(told["first"].get("corrected") or 0), agreed,
                   int(page.get("number") or 0), list(told.get("place") or ()))  # fmt: skip


def _zone(told: Mapping[str, Any] | None, today: dt.date) -> Zone | None:
    lines = tuple(str(line) for line in (told or {}).get("lines") or ())
    return parse(lines, today=today) if all(set(line) <= set(ALPHABET) for line in lines) else None


def _of_quality(asked: Asked, pages, text: list[str], *, silent: bool) -> Iterator[Finding]:
    """A verified zone silences every complaint about the picture: it was good enough for what it had to show."""
    if LEGIBLE not in asked.levels or silent:
        return
    level = asked.levels[LEGIBLE]
    for page in pages:
        measured, where = page.get("legibility"), {"page": page.get("number", 0)}
        if not measured:
            continue
        if not measured["lines"] or (not page.get("zone") and sum(map(len, page.get("text") or ())) < BLANK_BELOW):
            yield Finding("hardly_any_text" if measured["lines"] else _without_lines(measured), level, where)
        for code, value in _faults(measured):
            yield Finding(code, INFO if code == "low_resolution" and text else level, where, value)
        if page.get("turned"):
            yield Finding("turned", INFO, where, page["turned"])


def _without_lines(measured: Mapping[str, Any]) -> str:
    """A page without a line is blank, unless there is plenty on it and all of it soft."""
    return "blurred" if measured["contrast"] > CONTRAST_MIN / 2 and measured["sharp"] < SHARP_MIN else "blank"


def _faults(measured: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if not measured["lines"]:
        return
    if measured["light"] < LIGHT_MIN and measured["contrast"] < CONTRAST_MIN:
        yield "dark", measured["light"]
    if measured["sharp"] < SHARP_MIN:
        yield "blurred", measured["sharp"]
    if measured["glare"] > GLARE_MAX:
        yield "glare", measured["glare"]
    if measured["at_edge"] > AT_EDGE_MAX:
        yield "cut_off", measured["edges"]
    if measured["text_height"] < TEXT_HEIGHT_MIN:
        yield "low_resolution", measured["text_height"]


def _of_zone(asked: Asked, reading: Reading | None, pages) -> Iterator[Finding]:
    level = asked.levels[MRZ]
    if reading is None:
        seen = next((page for page in pages if page.get("zone")), None)
        where = {"page": seen["number"], "place": seen["zone"].get("place")} if seen else None
        yield Finding("zone_unreadable" if seen else "zone_missing", level, where)
        return
    where = {"page": reading.page, "place": reading.place}
    if reading.agreed:
        if not reading.names_agreed:
            yield Finding("names_unsure", INFO, where)
    elif is_national(reading.zone.lines):
        yield Finding("zone_national", INFO, where, reading.zone.lines[0][:5])
    else:
        yield Finding("zone_unsure", level, where, list(reading.zone.failed), 0.5)


def _of_kind(asked: Asked, kind: str | None) -> Iterator[Finding]:
    if KIND not in asked.levels or not set(asked.kinds) & kinds.KINDS:
        return
    if kind is None:
        yield Finding("kind_unknown", INFO)
    elif kind not in asked.kinds:
        yield Finding("kind_differs", asked.levels[KIND], value=kind, confidence=0.9)


def _of_name(asked: Asked, reading: Reading | None, text: list[str]) -> Iterator[Finding]:
    answered = asked.answers.name
    if NAME not in asked.levels or not answered:
        return
    if not asked.wants_zone:
        if text and not _on_page(answered, text):
            yield Finding("name_missing", asked.levels[NAME], confidence=0.7)
    elif reading and reading.zone.holds:
        zones = [zone for zone in (reading.zone, reading.other) if zone]
        if not any(names.same(answered, z.surname, z.given_names, cut=z.names_may_be_cut) for z in zones):
            where = {"page": reading.page, "place": reading.place}
            shown = " ".join(_name(reading.zone)).strip()
            yield Finding("name_differs", asked.levels[NAME], where, shown, 0.95 if reading.names_agreed else 0.6)


def _on_page(answered: str, text: list[str]) -> bool:
    """First and last word of the name stand on the page, or near enough; spaces and order do not count."""
    page = "".join("".join(words) for line in text for words in names.spellings(line)[:1])
    return any(words and words[0] in page and words[-1] in page for words in names.spellings(answered))


def _of_dates(asked: Asked, reading: Reading) -> Iterator[Finding]:
    zone, where = reading.zone, {"page": reading.page, "place": reading.place}
    if not zone.holds:
        return
    answers, sure = asked.answers, 1.0 if reading.agreed else 0.6
    level = asked.levels[MRZ]
    if BIRTH_DATE in asked.levels and _differs(answers.birth_date, zone.birth_on):
        yield Finding("birth_date_differs", asked.levels[BIRTH_DATE], where, zone.birth_on, sure)
    if answers.number and answers.number != zone.number:
        code = "number_looks_alike" if alike(answers.number, zone.number) else "number_differs"
        yield Finding(code, level, where, zone.number, sure)
    if _differs(answers.expires_on, zone.expires_on):
        yield Finding("expiry_differs", level, where, zone.expires_on, sure)
    if zone.expires_on and zone.expires_on < (asked.valid_on or asked.today).isoformat()[: len(zone.expires_on)]:
        yield Finding("expired", level, where, zone.expires_on, sure)


def _differs(answered: dt.date | None, read: str | None) -> bool:
    """False where one of them is not known. A zone may know the year only."""
    return bool(answered and read) and not answered.isoformat().startswith(read)


def _kind(reading: Reading | None, text: list[str]) -> str | None:
    if reading and reading.zone.holds:
        return kinds.of_zone(reading.zone.type, text)
    return kinds.of_text(text)


def _name(zone: Zone) -> tuple[str, str]:
    return zone.given_names, zone.surname


def _told(reading: Reading | None) -> dict[str, Any] | None:
    if reading is None:
        return None
    zone = reading.zone
    guarded = {"number": zone.number, "birth": zone.birth_on, "expiry": zone.expires_on}
    # A value whose check digit does not hold is a guess, and somebody would take it for a value.
    number, birth, expiry = (None if field in zone.failed else value for field, value in guarded.items())
    fields = {"type": zone.type, "issuer": zone.issuer, "number": number, "nationality": zone.nationality,
              "birth_date": birth, "sex": zone.sex, "expires_on": expiry, "surname": zone.surname,
              "given_names": zone.given_names}  # fmt: skip
    return {"format": zone.format, "fields": fields, "check_digits_valid": zone.holds, "corrected": reading.corrected,
            "agreed": reading.agreed}  # fmt: skip
