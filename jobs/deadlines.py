"""What is due: reminders, and the events that the clock fires. Each is asked again inside, under the file's lock."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from sqlalchemy import select

import clock
from actions.appointments.mark_no_show import mark_no_show
from actions.clock import clock_events
from actions.clock.remind import remind
from actions.clock.watch_free_time import watch_free_time
from actions.errors import NotAllowed, NotYours, StaleApplication
from actions.free_time import WATCHED
from applications.facts import CLOCK
from applications.models import Deadline
from applications.workflow import load
from extensions import db

log = logging.getLogger("klarsag.deadlines")

_FIRES = {
    "lapse": lambda d: clock_events.lapse(d.application_id, deadline=d.kind, subject_id=d.subject_id, actor=CLOCK),
    "document_ran_out": lambda d: clock_events.document_ran_out(d.application_id, requirement_id=d.subject_id,
                                                                actor=CLOCK),
    "release_frozen": lambda d: clock_events.release_frozen(d.application_id, actor=CLOCK),
    "mark_no_show": lambda d: mark_no_show(d.application_id, actor=CLOCK),
    "meeting_forgotten": lambda d: clock_events.meeting_forgotten(d.application_id, actor=CLOCK),
    "leave": lambda d: clock_events.left_open(d.application_id, actor=CLOCK),
}


ROUNDS = 5  # one event may be what another one waited for; what still waits after these waits for something else


def act_by_the_clock() -> None:
    """Reminders first: what was not told may not cost anybody anything. Then what is due, until nothing follows."""
    remind_due()
    for _round in range(ROUNDS):
        if not fire_due():
            return


def remind_due(most: int = 200) -> int:
    """Reminders queued, all pages. Two workers that find the same row queue one mail: the outbox key decides."""
    return sum(bool(_try(lambda row_id=row_id: remind(row_id, actor=CLOCK), row_id))
               for row_id in _pages(Deadline.reminds_at, most))


def watch_free_times() -> int:
    """Files whose days to book were stopped, because no time could be offered, or woken. Repeating it is harmless."""
    db.session.rollback()
    waiting = list(db.session.execute(select(Deadline.id, Deadline.application_id).where(
        Deadline.kind == WATCHED, Deadline.done_at.is_(None)).order_by(Deadline.id)))
    db.session.rollback()
    return sum(bool(_try(lambda file_id=file_id: watch_free_time(file_id, actor=CLOCK), row_id))
               for row_id, file_id in waiting)


def _firing() -> tuple[str, ...]:
    return tuple(name for name, timer in load().deadlines.items() if timer.then in _FIRES)


def fire_due(most: int = 200) -> int:
    """How many events were fired. One that may not fire now is tried again at the next round.

    most: of one page. All pages are walked, or those that may not fire would stand before the others for ever.
    """
    return sum(_try(lambda row_id=row_id: _fire(row_id), row_id) or 0
               for row_id in _pages(Deadline.fires_at, most, Deadline.kind.in_(_firing())))


def _pages(column, most: int, *conditions) -> Iterator[int]:
    last = 0
    while page := _ids(column, most, *conditions, after_id=last):
        yield from page
        last = page[-1]


def _fire(row_id: int) -> bool:
    """Whether it is still there to be fired: the event of another row may have ended it."""
    row = db.session.get(Deadline, row_id, populate_existing=True)
    if row is None or row.done_at is not None or row.paused_at is not None:
        return False
    _FIRES[load().deadlines[row.kind].then](row)
    return True


def _ids(column, most: int, *conditions, after_id: int = 0) -> list[int]:
    db.session.rollback()
    wanted = (select(Deadline.id).where(Deadline.done_at.is_(None), Deadline.paused_at.is_(None), column.is_not(None),
                                        column <= clock.now(), Deadline.id > after_id, *conditions)
              .order_by(Deadline.id).limit(most))
    found = list(db.session.scalars(wanted))
    db.session.rollback()
    return found


def _try(act, row_id: int):
    try:
        return act()
    except (NotAllowed, NotYours, StaleApplication) as no:
        log.info("deadline=%s answer=%s", row_id, no.args[-1:])
        return None
    except Exception:
        # One broken file must not keep the deadlines of all others from firing.
        log.exception("deadline=%s status=failed", row_id)
        return None
