"""Whether an office's settings make sense. Pure; what is wrong comes back as codes, all at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from zoneinfo import available_timezones

from applications.facts import Refusal
from offices.calendar import MIDNIGHT, WeeklySpan, knows_holidays

WALL = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
COUNTERS_MOST = 200
MODES = ("office", "video", "phone")


def faults_in_hours(hours: Sequence[WeeklySpan]) -> list[Refusal]:
    """Codes: weekday_unknown, time_unknown, closes_before_it_opens, counters_out_of_range, spans_overlap."""
    found = [fault for span in hours for fault in _faults_of(span)]
    if found:
        return found
    by_time = sorted(hours, key=lambda span: (span.weekday, span.opens))
    return [
        Refusal("spans_overlap", {"weekday": later.weekday, "opens": later.opens})
        for earlier, later in pairwise(by_time)
        if earlier.weekday == later.weekday and later.opens < earlier.closes
    ]


def faults_in_settings(settings: dict) -> list[Refusal]:
    """settings: only what is to be changed. Codes: zone_unknown, holidays_unknown, grid_out_of_range, ..."""
    found = [Refusal(f"{name}_empty") for name in ("name", "address") if not settings.get(name, "x").strip()]
    if "zone" in settings and settings["zone"] not in available_timezones():
        found.append(Refusal("zone_unknown"))
    if "country" in settings and not knows_holidays(settings["country"], settings.get("subdivision")):
        found.append(Refusal("holidays_unknown"))
    for name, least, most in (("grid_minutes", 5, 60), ("opens_ahead_days", 1, 365)):
        if not least <= settings.get(name, least) <= most:
            found.append(Refusal(f"{name}_out_of_range", {"least": least, "most": most}))
    if not set(settings.get("modes", ("office",))) <= set(MODES) or not settings.get("modes", ("office",)):
        found.append(Refusal("modes_unknown"))
    return found


def _faults_of(span: WeeklySpan) -> list[Refusal]:
    values = {"weekday": span.weekday, "opens": span.opens}
    if span.weekday not in range(7):
        return [Refusal("weekday_unknown", values)]
    if not WALL.fullmatch(span.opens) or not (WALL.fullmatch(span.closes) or span.closes == MIDNIGHT):
        return [Refusal("time_unknown", values)]
    if span.closes <= span.opens:
        return [Refusal("closes_before_it_opens", values)]
    if not 1 <= span.counters <= COUNTERS_MOST:
        return [Refusal("counters_out_of_range", {**values, "most": COUNTERS_MOST})]
    return []
