"""What keeps the house small and its books true: sweeping, erasing, folding counts, opening days."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import delete, select

import clock
from accounts.models import LoginCode, Throttle, WebSession
from actions.clock import clock_events
from actions.errors import NotAllowed, NotYours
from actions.models import Idempotency
from applications.facts import CLOCK
from applications.models import Application, QueueCount, QueueDelta
from appointments import seats
from extensions import db, services
from offices import queries as offices
from offices.models import Office
from uploads.models import PageImage, Upload

log = logging.getLogger("klarsag.housekeeping")
KEY_KEPT = timedelta(days=2)
CODE_KEPT = timedelta(days=1)
SESSION_KEPT = timedelta(days=7)


def _begin() -> None:
    db.session.rollback()
    db.session.connection(execution_options={"writes": True})


def sweep_store() -> int:
    """Objects that no row knows, older than an hour. Store first, row second: a crash leaves only these."""
    return len(services().store.sweep(clock.now().timestamp(), _known_among))


def _known_among(keys: Iterable[str]) -> set[str]:
    wanted, found = list(keys), set()
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        found |= set(db.session.scalars(select(Upload.object_key).where(Upload.object_key.in_(some))))
        for column in (PageImage.object_key, PageImage.thumb_key):
            found |= set(db.session.scalars(select(column).where(column.in_(some))))
        found |= _made_from_kept(some)
    db.session.rollback()
    return found


def _made_from_kept(keys: list[str]) -> set[str]:
    """What was derived from an upload belongs to it even where no row names it (a clean copy)."""
    parents = {key: key.split(".")[0] for key in keys}
    kept = set(db.session.scalars(select(Upload.object_key).where(Upload.object_key.in_(set(parents.values())))))
    return {key for key, parent in parents.items() if parent in kept}


def sweep_rows() -> None:
    """Keys of forms, used codes and ended sessions that nobody can need any more."""
    now = clock.now()
    _begin()
    db.session.execute(delete(Idempotency).where(Idempotency.at < now - KEY_KEPT))
    db.session.execute(delete(LoginCode).where(LoginCode.ends_at < now - CODE_KEPT))
    db.session.execute(delete(WebSession).where(WebSession.ends_at < now - SESSION_KEPT))
    db.session.execute(delete(Throttle).where(Throttle.window_ends_at < now))
    db.session.commit()


def erase_due(most: int = 100) -> int:
    """Files whose time is over. The objects go after the commit; the sweep takes what a crash leaves."""
    today, erased = clock.now().date(), 0
    db.session.rollback()
    due = list(db.session.scalars(
        select(Application.id).where(Application.erase_on <= today, Application.erased_at.is_(None))
        .order_by(Application.erase_on, Application.id).limit(most)))
    for file_id in due:
        try:
            keys = clock_events.erase(file_id, actor=CLOCK)
        except (NotAllowed, NotYours) as no:
            log.info("application=%s erase=%s", file_id, no.args[-1:])
            continue
        except Exception:
            # One broken file must not keep the others here longer than the law allows.
            log.exception("application=%s erase=failed", file_id)
            continue
        for key in keys:
            services().store.remove(key)
        erased += 1
    return erased


def fold_queue_counts(most: int = 5000) -> int:
    """Add up who came and who went. One transaction, so that a badge never counts a note twice."""
    _begin()
    notes = list(db.session.scalars(select(QueueDelta).order_by(QueueDelta.id).limit(most).with_for_update()))
    sums: dict[tuple[int, int, str], int] = {}
    for note in notes:
        place = (note.office_id, note.municipality_id, note.queue)
        sums[place] = sums.get(place, 0) + note.n
    for (office_id, municipality_id, queue), n in sums.items():
        row = db.session.get(QueueCount, (office_id, municipality_id, queue))
        if row is None:
            db.session.add(QueueCount(office_id=office_id, municipality_id=municipality_id, queue=queue, n=n))
        else:
            row.n = QueueCount.n + n
    if notes:
        db.session.execute(delete(QueueDelta).where(QueueDelta.id.in_([note.id for note in notes])))
    db.session.commit()
    return len(notes)


def open_days_ahead() -> int:
    """Make the blocks of the days that came into reach, so that no applicant waits for it."""
    db.session.rollback()
    ids = list(db.session.scalars(select(Office.id).where(Office.closed_at.is_(None))))
    for office_id in ids:
        _begin()
        calendar = offices.calendar_of(db.session, office_id, lock="share")
        today = calendar.day_of(clock.now())
        seats.ensure_blocks(db.session, calendar, today, today + timedelta(days=calendar.opens_ahead_days))
        db.session.commit()
    return len(ids)
