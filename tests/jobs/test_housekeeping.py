"""What keeps the house small and its books true."""

import io
import os
import time
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import select

from actions.applications.withdraw import withdraw
from actions.consultations.answer import answer_item
from actions.decisions.contact import write_note
from actions.documents.attach_document import attach_document
from applications.models import QueueCount, QueueDelta, StateChange
from audit.models import AuditEntry, AuditSeal
from consultations.models import ConsultationItem
from extensions import db, services
from jobs import books, deliver_outbox, housekeeping, make_pictures, seals
from tests.jobs.told import asked_for_the_passport, booked, complete
from tests.support import world as w
from tests.support.statements import asked_of
from tests.support.world import AMIRA
from uploads.intake import Limits
from uploads.models import PageImage, Upload

# --- erasure -----------------------------------------------------------------------------------------------------

MARKERS = ("Amira", "Haddad", "amira@example.org", "Nørregade", "Calle Mayor", "holiday-photo", "embassy-marker",
           "note-marker")


def test_an_erased_file_leaves_nothing_of_her_in_the_database_or_the_store_but_the_history(made):
    file_id = with_something_of_hers_everywhere(made)
    make_pictures.make_waiting()
    withdraw(file_id, confirmed=True, actor=AMIRA, now=made.now)
    deliver_outbox.deliver_due()
    entries = count(AuditEntry)
    made.wait(days=400)

    assert housekeeping.erase_due() == 1

    assert made.file(file_id).erased_at == made.now
    assert bytes_left_in(made) == []
    assert list(services().store.listing(made.now.timestamp())) == []
    assert count(AuditEntry) == entries + 1
    assert db.session.scalar(select(StateChange.event).order_by(StateChange.id.desc()).limit(1)) == "erase"
    assert housekeeping.erase_due() == 0


def test_a_file_is_not_erased_a_day_too_early(made):
    file_id = w.amira_starts(made)
    withdraw(file_id, confirmed=True, actor=AMIRA, now=made.now)
    erase_on = made.file(file_id).erase_on
    made.wait(days=(erase_on - made.now.date()).days - 1)

    assert housekeeping.erase_due() == 0
    assert made.people(file_id)


def test_a_file_is_not_erased_while_a_message_to_her_waits(made, smtp):
    file_id = w.amira_starts(made)
    withdraw(file_id, confirmed=True, actor=AMIRA, now=made.now)
    made.wait(days=400)

    assert housekeeping.erase_due() == 0
    deliver_outbox.deliver_due()
    assert [mail.subject for mail in smtp.mails] == ["Your file is closed"]
    assert housekeeping.erase_due() == 1


def with_something_of_hers_everywhere(made):
    file_id = asked_for_the_passport(made)
    row = made.requirements(file_id)["passport"]
    attach_document(file_id, row.id, io.BytesIO(w.a_photo(9)), claimed_name="holiday-photo.jpg", limits=Limits(),
                    actor=AMIRA, now=made.now)
    item = db.session.scalar(select(ConsultationItem.id).where(ConsultationItem.status == "asked"))
    answer_item(file_id, item, kind="text", text="embassy-marker", actor=AMIRA, now=made.now)
    write_note(file_id, body="note-marker", actor=made.by("clara"), now=made.now)
    return file_id


def bytes_left_in(made):
    """Every marker that can still be read in the files of the database, free pages and journals included."""
    db.session.rollback()
    path = Path(db.engine.url.database)
    db.session.remove()
    db.engine.dispose()
    content = b"".join(file.read_bytes() for file in path.parent.glob(path.name + "*"))
    return [marker for marker in MARKERS if marker.encode() in content]


# --- the store ---------------------------------------------------------------------------------------------------


def test_the_sweep_takes_an_orphan_older_than_an_hour_and_nothing_younger_or_known(made):
    file_id = w.amira_starts(made)
    w.amira_answers(made, file_id, w.ABOUT_AMIRA)
    w.amira_uploads(made, file_id, "passport")
    make_pictures.make_waiting()
    kept = {one.key for one in services().store.listing(time.time())}
    old, young = an_orphan(age_minutes=61, made=made), an_orphan(age_minutes=59, made=made)

    housekeeping.sweep_store()

    left = {one.key for one in services().store.listing(time.time())}
    assert left == kept | {young}
    assert old not in left


def an_orphan(*, age_minutes, made):
    import secrets

    key = secrets.token_hex(16)
    path = services().store.root / "accepted" / key[:2] / key
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_bytes(b"nobody's")
    then = (made.now - timedelta(minutes=age_minutes)).timestamp()
    os.utime(path, (then, then))
    return key


def test_pictures_are_made_once_for_every_page(made):
    file_id = w.amira_starts(made)
    w.amira_answers(made, file_id, w.ABOUT_AMIRA)
    upload_id = w.amira_uploads(made, file_id, "passport")

    assert make_pictures.make_waiting() == 1
    assert make_pictures.make_waiting() == 0

    db.session.rollback()
    assert db.session.get(Upload, upload_id).pictures == "made"
    (page,) = db.session.scalars(select(PageImage))
    with services().store.open_derived(page.object_key) as picture:
        assert picture.read(3) == b"\xff\xd8\xff"


def test_an_upload_whose_bytes_are_gone_does_not_stop_the_pictures_of_others(made):
    file_id = w.amira_starts(made)
    w.amira_answers(made, file_id, w.ABOUT_AMIRA)
    lost, sound = w.amira_uploads(made, file_id, "passport"), w.amira_uploads(made, file_id, "proof_of_address")
    services().store.remove(db.session.get(Upload, lost).object_key)

    assert make_pictures.make_waiting() == 2

    db.session.rollback()
    assert db.session.get(Upload, lost).pictures == "none"
    assert db.session.get(Upload, sound).pictures == "made"


def test_pictures_of_a_page_that_was_taken_back_meanwhile_go_too(made):
    from actions.documents.remove_document import remove_document

    file_id = w.amira_starts(made)
    w.amira_answers(made, file_id, w.ABOUT_AMIRA)
    upload_id = w.amira_uploads(made, file_id, "passport")
    make_pictures.make_waiting()

    remove_document(file_id, upload_id, actor=AMIRA, now=made.now)

    assert list(services().store.listing(time.time())) == []
    assert count(PageImage) == 0


# --- counts ------------------------------------------------------------------------------------------------------


def test_the_queue_counts_equal_a_count_of_the_files(made_on_each):
    made = made_on_each
    complete(made)
    asked_for_the_passport(made)
    gone = w.amira_sends(made)
    withdraw(gone, confirmed=True, actor=AMIRA, now=made.now)
    made.wait(days=400)
    deliver_outbox.deliver_due()
    housekeeping.erase_due()

    assert housekeeping.fold_queue_counts() > 0
    assert housekeeping.fold_queue_counts() == 0

    db.session.rollback()
    folded = {(c.office_id, c.municipality_id, c.queue): c.n for c in db.session.scalars(select(QueueCount)) if c.n}
    assert folded == books.counted()
    assert count(QueueDelta) == 0


def test_rows_nobody_needs_any_more_are_swept_and_the_others_stay(made):
    from actions.models import Idempotency

    db.session.add_all([Idempotency(key=k, actor="x", action="y", result={}, at=made.now - timedelta(days=d))
                        for k, d in (("old", 3), ("new", 1))])
    db.session.commit()

    housekeeping.sweep_rows()

    assert list(db.session.scalars(select(Idempotency.key))) == ["new"]


# --- seals -------------------------------------------------------------------------------------------------------


def test_a_seal_finds_a_chain_that_was_removed(made_on_each):
    made = made_on_each
    first, second = w.amira_starts(made), w.amira_starts(made)
    made.wait(minutes=2)
    assert seals.seal_chains() is True
    assert seals.seal_chains() is False
    assert books.faults_of_seals() == []

    without_triggers("audit_entry", f"DELETE FROM audit_entry WHERE chain = 'file:{second}'")  # noqa: S608

    assert books.faults_of_chains() == []  # what is left looks whole: only the seal knows better
    assert books.faults_of_seals() != []
    assert made.file(first) is not None


def test_a_seal_looks_only_at_what_came_since_the_one_before(made_on_each):
    made = made_on_each
    w.amira_starts(made)
    made.wait(minutes=2)
    seals.seal_chains()
    w.amira_starts(made)
    made.wait(minutes=2)

    asked = statements_of(seals.seal_chains)

    assert not any("count(" in one or "max(" in one or "GROUP BY" in one for one in asked)
    (reading,) = [one for one in asked if "FROM audit_entry" in one]
    assert "WHERE audit_entry.id > " in reading
    first, second = db.session.scalars(select(AuditSeal).order_by(AuditSeal.id))
    assert (second.previous, second.entries > first.entries) == (first.mac, True)
    assert books.faults_of_seals() == []


def test_what_is_too_much_for_one_seal_comes_into_the_next(made):
    w.amira_sends(made)
    made.wait(minutes=2)

    while seals.seal_chains(most=3):
        pass

    number = count(AuditEntry)
    assert count(AuditSeal) == -(-number // 3)
    assert db.session.scalar(select(sa.func.max(AuditSeal.entries))) == number
    assert books.faults_of_seals() == []


def test_a_removed_chain_is_named_by_its_seal_and_not_by_all_later_ones(made):
    gone = w.amira_starts(made)
    for _ in range(3):
        made.wait(minutes=2)
        seals.seal_chains()
        w.amira_starts(made)
    assert count(AuditSeal) == 3

    without_triggers("audit_entry", f"DELETE FROM audit_entry WHERE chain = 'file:{gone}'")  # noqa: S608

    assert books.faults_of_seals() == ["seal 1: counted 1 entries, there are 0"]


def statements_of(act):
    with asked_of(db.engine) as asked:
        act()
    return asked


def test_a_seal_leaves_out_what_may_still_be_waiting_for_its_commit(made):
    w.amira_starts(made)
    made.wait(seconds=30)

    assert seals.seal_chains() is False
    assert count(AuditSeal) == 0


def without_triggers(table, statement):
    """What somebody could do who owns the database server."""
    db.session.rollback()
    db.session.connection(execution_options={"writes": True})
    if db.engine.dialect.name == "sqlite":
        names = list(db.session.scalars(sa.text(
            f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'")))  # noqa: S608
        for name in names:
            db.session.execute(sa.text(f"DROP TRIGGER {name}"))
    else:
        db.session.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    db.session.execute(sa.text(statement))
    db.session.commit()


# --- days ahead --------------------------------------------------------------------------------------------------


def test_days_that_come_into_reach_are_opened_ahead_and_only_once(made):
    from appointments.models import SlotBlock

    housekeeping.open_days_ahead()
    blocks = count(SlotBlock)
    housekeeping.open_days_ahead()

    assert blocks > 0
    assert count(SlotBlock) == blocks
    assert booked(made)


def count(model):
    db.session.rollback()
    return db.session.scalar(select(sa.func.count()).select_from(model))


