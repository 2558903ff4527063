"""What can be seen in one document, page by page, cheapest first. It says; what it means is judged outside."""

import datetime as dt
from dataclasses import replace

import cv2
import numpy as np

from screening.inside import legibility, lines, models, pages, reading, zone_finding
from screening.inside.lines import Line

# A PDF's own words are taken for the page when there are so many; fewer may be a stamp of the scanner.
_TEXT_MIN, _TEXT_MUCH = 40, 400
_FINE_LONG_EDGE = 1344
_READ_MAX = 36
_TEXT_LINES_MAX, _LINE_MAX = 120, 160
_SURE_MIN = 0.55


def screen(data: bytes, job: dict, say) -> None:
    """job: kind (media type), wants_zone, today. Says `pages` once and `page` for each page looked at."""
    say({"pages": pages.count(data, job["kind"])})
    today = dt.date.fromisoformat(job["today"])
    for number, page in enumerate(pages.pages(data, job["kind"])):
        seen = _page(page, job["wants_zone"], today)
        say({"page": {"number": number, **seen}})
        if (seen.get("zone") or {}).get("holds"):
            break
    say({"end_of_job": True})


def _page(page: pages.Page, wants_zone: bool, today: dt.date) -> dict:
    if len(page.text.strip()) >= _TEXT_MIN and not wants_zone:
        return {"from": "text", "size": page.whole, "text": _short(page.text.splitlines())}
    picture, found, turns = _laid(page.picture)
    measured = legibility.measure(picture, found)
    seen = {"from": "picture", "size": page.whole, "looked_at": [picture.shape[1], picture.shape[0]]}
    if len(page.text.strip()) >= _TEXT_MIN:
        seen["text"] = _short(page.text.splitlines())
    # A page of words from a computer hides no zone that a harder look would find.
    is_worth_it = len(page.text) < _TEXT_MUCH
    zone = _zone(picture, found, today, harder=is_worth_it) if wants_zone else None
    if zone is not None:
        seen["zone"] = _told(zone, picture)
        turns += 2 * zone.turned
        # What had to be read counts, not the small print beside it.
        measured = legibility.measure(picture, list(zone.lines))
    if "text" not in seen and (zone is None or not zone.holds):
        seen["text"], headlong = _text(picture, found)
        turns += 2 * headlong * (zone is None)
    return {**seen, "turned": turns % 4 * 90, "legibility": _plain(measured)}


def _laid(picture: np.ndarray) -> tuple[np.ndarray, list[Line], int]:
    """The picture with its text across, the lines on it, and the quarters it was turned by."""
    found = lines.find(picture)
    turns = lines.quarter_turns(found)
    if turns:
        high, wide = picture.shape[:2]
        found = lines.turned(found, turns, wide, high)
        picture = np.ascontiguousarray(np.rot90(picture, turns))
    return picture, found, turns


def _zone(picture: np.ndarray, found: list[Line], today: dt.date, *, harder: bool) -> zone_finding.Found | None:
    """The zone, after a harder look where the first was not enough, with a second opinion on it."""
    best = zone_finding.find(picture, found, today)
    if harder and (best is None or not best.holds):
        clearer, by = _clearer(picture)
        again = zone_finding.find(clearer, lines.find(clearer, _FINE_LONG_EDGE), today)
        if again is not None and (best is None or again.first):
            told = zone_finding.second_opinion(clearer, again, today)
            return replace(told, lines=tuple(lines.scaled(line, 1 / by, 1 / by) for line in told.lines))
    return best and zone_finding.second_opinion(picture, best, today)


def _clearer(picture: np.ndarray) -> tuple[np.ndarray, float]:
    """Local contrast raised, and small pictures made larger by a factor: thin fillers in thumbnails are found then."""
    gray = cv2.createCLAHE(2.0, (8, 8)).apply(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))
    by = 2.0 if max(gray.shape) < 1000 else 1.0
    gray = cv2.resize(gray, None, fx=by, fy=by, interpolation=cv2.INTER_CUBIC)
    return cv2.cvtColor(gray, cv2.COLOR_GRAY2BGR), by


def _text(picture: np.ndarray, found: list[Line]) -> tuple[list[str], bool]:
    """What the page says, top to bottom, and whether it lies on its head."""
    wide = [line for line in found if abs(line.angle) < 45][:_READ_MAX]
    quick = models.models().quick
    probe = sorted(wide, key=lambda line: -line.width)[:4]
    upright = reading.read(quick, [lines.strip(picture, line) for line in probe])
    over = reading.read(quick, [lines.strip(picture, zone_finding.headlong(line)) for line in probe])
    headlong = bool(sum(one.sure for one in over) > sum(one.sure for one in upright) + 0.15 * len(probe))
    lying = [zone_finding.headlong(line) for line in wide] if headlong else wide
    read = reading.read(models.models().quick, [lines.strip(picture, line) for line in lying])
    ordered = sorted(zip(lying, read, strict=True), key=lambda pair: pair[0].y * (-1 if headlong else 1))
    return _short([one.text for _, one in ordered if one.sure >= _SURE_MIN]), headlong


def _short(text: list[str]) -> list[str]:
    kept = [line.strip()[:_LINE_MAX] for line in text if line.strip()]
    return kept[:_TEXT_LINES_MAX]


def _told(zone: zone_finding.Found, picture: np.ndarray) -> dict:
    points = np.concatenate([line.corners() for line in zone.lines]) / (picture.shape[1], picture.shape[0])
    left, top = points.min(0).clip(0, 1)
    right, bottom = points.max(0).clip(0, 1)
    return {
        "holds": zone.holds,
        "place": [round(float(one), 3) for one in (left, top, right - left, bottom - top)],
        "first": _reading(zone.first),
        "second": _reading(zone.second),
    }


def _reading(mended) -> dict | None:
    if mended is None:
        return None
    return {"lines": mended.zone.lines, "corrected": mended.corrected, "doubtful": mended.doubtful,
            "searched": mended.searched}  # fmt: skip


def _plain(measured: legibility.Legibility) -> dict:
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in measured.__dict__.items()}
