"""Whether what is kept twice says the same: disk and rows, seats and bookings, kept columns, counts, chains.

Each function returns what is wrong as lines of ids and codes, fit for a log. Nothing is mended here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from sqlalchemy import func, select

import clock
from actions.dossier import Dossier
from actions.gather import facts_of
from applications.models import Application, Deadline, QueueCount, QueueDelta
from applications.stage import Settlement, differences, settle
from appointments.models import AppointmentBlock, SlotBlock
from audit import chain
from audit.models import AuditEntry
from extensions import db, services
from jobs.seals import faults_of_seals
from uploads.models import PageImage, Upload
from uploads.storage import ObjectDamaged, ObjectMissing

AT_ONCE = 500


def every_fault() -> Iterator[tuple[str, str]]:
    """(what was compared, one difference), for all of them."""
    for name, find in CHECKS.items():
        for fault in find():
            yield name, fault
        db.session.rollback()


def faults_of_store() -> list[str]:
    """Rows without their bytes, bytes that are not what was stored, and bytes without a row."""
    store, found, keys = services().store, [], set()
    uploads = select(Upload.id, Upload.object_key, Upload.sha256).order_by(Upload.id)
    for upload_id, key, sha256 in db.session.execute(uploads.execution_options(yield_per=AT_ONCE)):
        keys.add(key)
        found += _read(f"upload {upload_id}", lambda key=key, sha256=sha256: store.open(key, sha256))
    for upload_id, page, *images in db.session.execute(
            select(PageImage.upload_id, PageImage.page, PageImage.object_key, PageImage.thumb_key)
            .order_by(PageImage.upload_id, PageImage.page)):
        for key in filter(None, images):
            found += _read(f"picture {page} of upload {upload_id}", lambda key=key: store.open_derived(key))
    strays = {one.key for one in store.listing(clock.now().timestamp()) if one.age_seconds > 2 * 3600} - keys
    return found + [f"object {key[:8]}: no row knows it, and no sweep took it" for key in sorted(strays)]


def _read(what: str, opened: Callable) -> list[str]:
    try:
        opened().close()
    except ObjectMissing:
        return [f"{what}: its bytes are missing"]
    except ObjectDamaged:
        return [f"{what}: its bytes are not those that were stored"]
    return []


def faults_of_seats() -> list[str]:
    """A block's counter against the appointments that hold it."""
    held = func.count(AppointmentBlock.appointment_id)
    wrong = db.session.execute(
        select(SlotBlock.id, SlotBlock.taken, held).outerjoin(AppointmentBlock,
                                                              AppointmentBlock.slot_block_id == SlotBlock.id)
        .group_by(SlotBlock.id, SlotBlock.taken).having(SlotBlock.taken != held).order_by(SlotBlock.id))
    return [f"block {block_id}: {taken} taken, {number} held" for block_id, taken, number in wrong]


def faults_of_files() -> list[str]:
    """The kept columns of every file against what settle() says of it now."""
    found, last = [], 0
    while ids := list(db.session.scalars(select(Application.id).where(Application.id > last,
                                                                      Application.erased_at.is_(None))
                                         .order_by(Application.id).limit(AT_ONCE))):
        for file_id in ids:
            found += _of_file(db.session.get(Application, file_id))
        last = ids[-1]
        db.session.rollback()
        db.session.expunge_all()
    return found


def _of_file(file: Application) -> list[str]:
    dossier = Dossier(db.session(), file, services=services(), now=clock.now())
    with db.session.no_autoflush:
        outcome = settle(facts_of(dossier))
    wrong = differences(_kept(file), outcome)
    lines = [f"file {file.id}: {name} is {kept}, should be {right}" for name, (kept, right) in wrong.items()]
    if not outcome.changes_nothing:
        lines.append(f"file {file.id}: is not settled")
    return lines + _timers(dossier, outcome)


def _kept(file: Application) -> dict[str, object]:
    return {"state": file.state, "stage": file.stage, "queue": file.queue,
            "office_todo": tuple(file.office_todo.split()), "bookable": file.complete_since_at is not None,
            "complete_from_on": file.complete_from_on, "complete_until_on": file.complete_until_on}


def _timers(dossier: Dossier, outcome: Settlement) -> list[str]:
    """Deadlines that should run and do not, or the other way round."""
    running = {(d.kind, d.subject_id): d.paused_at is not None for d in dossier.rows(Deadline)}
    wished = {(w.kind, w.subject_id): w.paused for w in outcome.deadlines}
    return [f"file {dossier.file.id}: deadline {kind} {_words(running.get(key))}, should be {_words(wished.get(key))}"
            for key in sorted(running.keys() | wished.keys()) if running.get(key) != wished.get(key)
            for kind in (key[0],) if kind != "appointment_reminder"]  # it ends with the time, not with an event


def _words(paused: bool | None) -> str:
    return {None: "absent", True: "paused", False: "running"}[paused]


def counted() -> dict[tuple[int, int, str], int]:
    """How many files stand in each queue, counted one by one."""
    rows = db.session.execute(
        select(Application.office_id, Application.municipality_id, Application.queue, func.count())
        .where(Application.queue != "none", Application.office_id.is_not(None), Application.erased_at.is_(None))
        .group_by(Application.office_id, Application.municipality_id, Application.queue))
    return {(office_id, municipality_id or 0, queue): n for office_id, municipality_id, queue, n in rows}


def faults_of_counts() -> list[str]:
    """The counts kept for the badges, with the notes not yet added up, against the files themselves."""
    noted: dict[tuple[int, int, str], int] = {}
    for table in (QueueCount, QueueDelta):
        for row in db.session.scalars(select(table)):
            place = (row.office_id, row.municipality_id, row.queue)
            noted[place] = noted.get(place, 0) + row.n
    real = counted()
    return [f"queue {queue} of office {office}, municipality {municipality}: "
            f"{noted.get(place, 0)} noted, {real.get(place, 0)} there"
            for place in sorted(noted.keys() | real.keys()) for office, municipality, queue in (place,)
            if noted.get(place, 0) != real.get(place, 0)]


def faults_of_chains() -> list[str]:
    """Entries that were changed, removed from the middle, or put in."""
    key = services().settings.audit_key
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.chain, AuditEntry.seq)
                                 .execution_options(yield_per=AT_ONCE))
    return [fault for _, one in groupby(entries, lambda entry: entry.chain) for fault in chain.faults(key, one)]


CHECKS: dict[str, Callable[[], list[str]]] = {
    "store": faults_of_store,
    "seats": faults_of_seats,
    "files": faults_of_files,
    "counts": faults_of_counts,
    "chains": faults_of_chains,
    "seals": faults_of_seals,
}
