"""Deadlines and clocks as rows: started, paused, resumed and stopped as settle() wishes.

applications/deadlines.py says when they fall due; this is what writes it down.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from actions.dossier import Dossier
from applications import deadlines
from applications.deadlines import Anchor, Due, OfficeCalendar
from applications.models import ClockSegment, Deadline
from applications.stage import Settlement, TimerWish
from applications.workflow import load
from offices import queries as offices
from offices.calendar import Calendar


def settings(kind: str) -> Mapping[str, Any]:
    return load().deadlines[kind].settings


def calendar_of(dossier: Dossier) -> OfficeCalendar:
    if dossier.office is None:
        return OfficeCalendar(dossier.zone, {})
    if dossier.calendar is None:
        # May be some seconds old: no seat hangs on it, and a day that is closed now moves no deadline that runs.
        dossier.calendar = _for_deadlines(offices.calendar_for_pages(dossier.session, dossier.office.id))
    return dossier.calendar


def _for_deadlines(office: Calendar) -> OfficeCalendar:
    hours: dict[int, list[tuple[time, time]]] = {}
    for span in office.hours:
        hours.setdefault(span.weekday, []).append((_wall(span.opens), _wall(span.closes)))
    return OfficeCalendar(office.zone, hours, lambda day: office.closed_because(day) is not None)


def _wall(text: str) -> time:
    return time.max if text == "24:00" else time.fromisoformat(text)


# --- deadlines ---------------------------------------------------------------------------------------------------


def sync_deadlines(dossier: Dossier, outcome: Settlement) -> None:
    running = {(d.kind, d.subject_id): d for d in dossier.rows(Deadline) if d.done_at is None}
    wished = {(w.kind, w.subject_id): w for w in outcome.deadlines}
    over = [row for key, row in running.items() if key not in wished]
    for row in over:
        row.done_at = dossier.now
    if over:
        dossier.session.flush()  # one of a kind may run: the old one ends before the next one starts
    for key, wish in wished.items():
        row = running.get(key)
        if row is None:
            _start(dossier, wish)
        else:
            _follow(dossier, row, wish)


def _start(dossier: Dossier, wish: TimerWish) -> Deadline:
    found = _due(dossier, wish.kind, wish.subject_id)
    row = dossier.add(Deadline(application_id=dossier.file.id, kind=wish.kind, subject_id=wish.subject_id,
                               starts_on=dossier.today, fires_at=found.fires_at))
    _write(row, found, since=dossier.now)
    row.paused_at = dossier.now if wish.paused else None
    return row


def _follow(dossier: Dossier, row: Deadline, wish: TimerWish) -> None:
    """Pause, resume, or move with what it hangs on (an appointment that moved, a paper that lasts longer)."""
    if wish.paused and row.paused_at is None:
        row.paused_at = dossier.now
    elif not wish.paused and row.paused_at is not None:
        timer = load().deadlines[row.kind]
        since, row.paused_at = row.paused_at, None
        old = Due(row.fires_at, row.due_on)
        _write(row, deadlines.resumed(timer, calendar_of(dossier), old, since, dossier.now), since=dossier.now)
    elif _hangs_on_something(row.kind):
        found = _due(dossier, row.kind, row.subject_id)
        if found.fires_at != row.fires_at and row.kind not in ("visit_left_open", "meeting_left_open"):
            _follow_calendar(dossier, row, found)


def _follow_calendar(dossier: Dossier, row: Deadline, found: Due) -> None:
    """A frozen time has not moved, or it would not be frozen: only the calendar can have changed under it."""
    if row.kind == "frozen_appointment":
        _write_later(row, found, since=dossier.now)
    else:
        _write(row, found, since=dossier.now)


def _hangs_on_something(kind: str) -> bool:
    return "days" not in settings(kind)


def _due(dossier: Dossier, kind: str, subject_id: int) -> Due:
    timer = load().deadlines[kind]
    calendar = calendar_of(dossier)
    if kind == "consultation_reply" and dossier.consultation and dossier.consultation.due_on:
        return deadlines.due_on_day(timer, calendar, dossier.consultation.due_on, dossier.now)
    live = dossier.live_appointment
    requirement = dossier.requirement(subject_id) if timer.per == "requirement" else None
    return deadlines.due(timer, calendar, Anchor(
        started_at=dossier.now,
        appointment_starts_at=live.starts_at if live else None,
        subject_on=requirement.good_until_on if requirement else None,
        by_letter=dossier.file.channel == "paper",
    ))


def _write(row: Deadline, found: Due, *, since: datetime) -> None:
    row.fires_at, row.due_on = found.fires_at, found.due_on
    row.reminds_at = next((r for r in found.reminds_at if r > since), None)


def _write_later(row: Deadline, found: Due, *, since: datetime) -> None:
    """What an applicant was told stands, unless it becomes later."""
    if deadlines.never_earlier(Due(row.fires_at, row.due_on), found) is found:
        _write(row, found, since=since)


def note_reminded(dossier: Dossier, row: Deadline) -> None:
    """The reminder that follows the one just sent, or None. After an outage she gets the notice it should have given.

    Only then may the deadline cost her something: one whose reminder is still due has not passed (actions/gather.py).
    """
    timer, calendar = load().deadlines[row.kind], calendar_of(dossier)
    before = _reminders_of(dossier, row)
    found = deadlines.reminded_late(timer, calendar, Due(row.fires_at, row.due_on), before, dossier.now)
    if found.fires_at > row.fires_at:
        row.fires_at, row.due_on = found.fires_at, found.due_on
        if row.kind == "consultation_reply" and dossier.consultation:
            dossier.consultation.due_on, dossier.consultation.counts_until_at = found.due_on, found.counts_until_at
    later = before if "remind_after_days" in timer.settings else _reminders_of(dossier, row)
    row.reminds_at = next((r for r in later if r > dossier.now), None)


def _reminders_of(dossier: Dossier, row: Deadline) -> tuple[datetime, ...]:
    timer, calendar = load().deadlines[row.kind], calendar_of(dossier)
    if row.due_on is None or "days" not in timer.settings:
        return _due(dossier, row.kind, row.subject_id).reminds_at
    started = calendar.at(row.starts_on or dossier.today, deadlines.REMINDS_AT)
    return deadlines.due_on_day(timer, calendar, row.due_on, started).reminds_at


def reply_due_on(dossier: Dossier) -> date:
    """The last day an answer counts if the applicant is asked now."""
    timer = load().deadlines["consultation_reply"]
    anchor = Anchor(started_at=dossier.now, by_letter=dossier.file.channel == "paper")
    return deadlines.due(timer, calendar_of(dossier), anchor).due_on


def more_time_until(dossier: Dossier) -> date:
    """The day the applicant gets when she asks for more time: once as many days again."""
    timer = load().deadlines["consultation_reply"]
    later = timedelta(days=timer.settings["second_chance_days"])
    return deadlines.roll_forward(calendar_of(dossier), dossier.consultation.due_on + later)


def move(dossier: Dossier, kind: str, due_on: date) -> None:
    for row in dossier.rows(Deadline):
        if row.kind == kind and row.done_at is None:
            found = deadlines.due_on_day(load().deadlines[kind], calendar_of(dossier), due_on, dossier.now)
            _write_later(row, found, since=dossier.now)


def restart(dossier: Dossier, kind: str) -> None:
    """From today on once more, but only once a day: saving an answer must stay cheap."""
    for row in dossier.rows(Deadline):
        if row.kind == kind and row.done_at is None and row.starts_on != dossier.today:
            row.starts_on = dossier.today
            _write_later(row, _due(dossier, kind, row.subject_id), since=dossier.now)


def request_delivered(dossier: Dossier) -> None:
    """The mail server took the request: from today on she has all the days that she was promised."""
    consultation = dossier.consultation
    if consultation is None or consultation.delivered_at is not None:
        return
    consultation.delivered_at = dossier.now
    consultation.due_on = max(consultation.due_on, reply_due_on(dossier))
    consultation.counts_until_at = deadlines.counts_until(consultation.due_on)


def resume_by_letter(dossier: Dossier) -> None:
    """She is told by post: the post's days come on top of what is left."""
    extra = settings("consultation_reply").get("letter_days", 0)
    if dossier.consultation and dossier.consultation.delivered_at is None:
        dossier.consultation.delivered_at = dossier.now  # the letter carries it; no mail will tell that it came
    for row in dossier.rows(Deadline):
        if row.kind == "consultation_reply" and row.done_at is None and row.due_on:
            later = max(row.due_on, dossier.today) + timedelta(days=extra)
            dossier.consultation.due_on = later
            move(dossier, row.kind, later)


# --- clocks ------------------------------------------------------------------------------------------------------


def sync_clocks(dossier: Dossier, outcome: Settlement) -> None:
    running = {s.clock: s for s in dossier.rows(ClockSegment) if s.stopped_at is None}
    for clock_name, segment in running.items():
        if clock_name not in outcome.clocks:
            segment.stopped_at = dossier.now
    for clock_name in outcome.clocks:
        if clock_name not in running:
            dossier.add(ClockSegment(application_id=dossier.file.id, clock=clock_name, started_at=dossier.now,
                                     why=outcome.stage))


def next_due_at(dossier: Dossier, outcome: Settlement) -> datetime | None:
    """When the one with the ball should have acted, or None where nothing runs."""
    hers = [d.fires_at for d in dossier.rows(Deadline) if d.done_at is None and d.paused_at is None]
    ours = [] if outcome.ball == "applicant" and hers else _clocks_due(dossier, outcome)
    otherwise = min(hers + ours, default=None)
    return deadlines.act_by_at(outcome.ball, hers, ours, otherwise) if otherwise else None


def _clocks_due(dossier: Dossier, outcome: Settlement) -> list[datetime]:
    calendar = calendar_of(dossier)
    found = []
    for name in outcome.clocks:
        segments = [(s.started_at, s.stopped_at) for s in dossier.rows(ClockSegment) if s.clock == name]
        found.append(deadlines.clock_due_at(load().clocks[name], calendar, segments, dossier.now))
    return found


