"""`flask verify` finds each fault that was planted, and finds none in a sound house."""

import sqlalchemy as sa
from sqlalchemy import select, update

from applications.models import Application, Deadline, QueueCount
from appointments.models import AppointmentBlock, SlotBlock
from extensions import db, services
from jobs import deliver_outbox, housekeeping, make_pictures, seals
from jobs.commands import doctor, verify
from tests.jobs.test_housekeeping import without_triggers
from tests.jobs.told import asked_for_the_passport, booked
from tests.support import world as w
from uploads.models import PageImage, Upload


def said(made, command=verify):
    """(exit code, lines) of a command, run as from the shell."""
    db.session.rollback()
    result = made.app.test_cli_runner().invoke(command, catch_exceptions=False)
    return result.exit_code, result.output.splitlines()


def plant(statement):
    db.session.rollback()
    db.session.connection(execution_options={"writes": True})
    db.session.execute(statement.execution_options(synchronize_session=False))
    db.session.commit()


def test_a_sound_house_has_no_differences(made_on_each):
    made = made_on_each
    booked(made)
    asked_for_the_passport(made)
    w.amira_starts(made)
    deliver_outbox.deliver_due()
    make_pictures.make_waiting()
    housekeeping.fold_queue_counts()
    made.wait(minutes=5)
    seals.seal_chains()

    assert said(made) == (0, ["All books agree: store, seats, files, counts, chains, seals."])


def test_bytes_that_are_gone_are_found(made):
    w.amira_sends(made)
    key = db.session.scalar(select(Upload.object_key).order_by(Upload.id).limit(1))
    services().store.remove(key)

    code, lines = said(made)
    assert (code, lines) == (1, ["store: upload 1: its bytes are missing", "1 differences."])


def test_bytes_that_are_others_than_were_stored_are_found(made):
    w.amira_sends(made)
    key = db.session.scalar(select(Upload.object_key).order_by(Upload.id).limit(1))
    (services().store.root / "accepted" / key[:2] / key).write_bytes(b"swapped")

    assert said(made)[1][0] == "store: upload 1: its bytes are not those that were stored"


def test_a_picture_that_is_gone_is_found(made):
    w.amira_sends(made)
    make_pictures.make_waiting()
    key = db.session.scalar(select(PageImage.object_key).order_by(PageImage.upload_id).limit(1))
    (services().store.root / "derived" / key[:2] / key).unlink()

    assert said(made)[1] == ["store: picture 1 of upload 1: its bytes are missing", "1 differences."]


def test_a_seat_that_is_counted_and_not_held_is_found(made):
    booked(made)
    block = db.session.scalar(select(AppointmentBlock.slot_block_id).limit(1))
    plant(sa.delete(AppointmentBlock).where(AppointmentBlock.slot_block_id == block))

    code, lines = said(made)
    assert (code, lines[0]) == (1, f"seats: block {block}: 1 taken, 0 held")


def test_a_counter_that_was_turned_is_found(made):
    booked(made)
    plant(update(SlotBlock).where(SlotBlock.id == 1).values(taken=SlotBlock.taken + 1))

    assert said(made)[1][0].startswith("seats: block 1: ")


def test_kept_columns_that_are_not_what_the_facts_say_are_found(made):
    file_id = w.amira_sends(made)
    plant(update(Application).where(Application.id == file_id).values(stage="complete", office_todo=""))

    lines = said(made)[1]
    assert f"files: file {file_id}: stage is complete, should be submitted" in lines
    assert f"files: file {file_id}: office_todo is (), should be ('sent',)" in lines


def test_a_deadline_that_should_run_and_does_not_is_found(made):
    file_id = w.amira_starts(made)
    plant(sa.delete(Deadline).where(Deadline.application_id == file_id))

    assert f"files: file {file_id}: deadline draft_idle absent, should be running" in said(made)[1]


def test_a_count_that_is_not_the_number_of_files_is_found(made):
    w.amira_sends(made)
    housekeeping.fold_queue_counts()
    plant(update(QueueCount).values(n=7))

    assert said(made)[1][0].endswith("7 noted, 1 there")


def test_an_entry_that_was_changed_is_found(made_on_each):
    made = made_on_each
    file_id = w.amira_starts(made)
    without_triggers("audit_entry", "UPDATE audit_entry SET actor = 'staff:1'")

    assert f"chains: file:{file_id}: entry 1 was changed" in said(made)[1]


def test_a_chain_that_was_removed_is_found(made):
    file_id = w.amira_starts(made)
    made.wait(minutes=2)
    seals.seal_chains()
    without_triggers("audit_entry", f"DELETE FROM audit_entry WHERE chain = 'file:{file_id}'")  # noqa: S608

    assert "seals: seal 1: counted 1 entries, there are 0" in said(made)[1]


# --- doctor ------------------------------------------------------------------------------------------------------


def look(made):
    """What the doctor marks: {name: what it says}."""
    lines = said(made, doctor)[1]
    return {line[5:].partition(":")[0]: line.partition(": ")[2] for line in lines if line.startswith("LOOK")}


def test_the_doctor_names_the_journal_and_why_and_what_shuts_the_parsers_in(made):
    _, lines = said(made, doctor)

    text = "\n".join(lines)
    assert "ok   database: SQLite" in text
    assert "write-ahead log" in text
    assert "ok   isolation of parsers: limits" in text
    assert "ok   migrations: at " in text


def test_the_doctor_sees_a_worker_that_fell_silent(made):
    from jobs import lease

    assert look(made)["worker"] == "never ran here"
    lease.take("mail", "one")
    assert "worker" not in look(made)

    made.wait(minutes=30)
    assert look(made)["worker"].startswith("mail silent since 29 minutes ago: nothing is sent")


def test_the_doctor_sees_mail_that_waits_too_long_and_mail_that_was_given_up(made, smtp):
    w.amira_sends(made)
    assert "outbox" not in look(made)
    made.wait(minutes=20)
    assert look(made)["outbox"] == "1 waiting, the oldest since 20 minutes ago"

    smtp.refuse_next("550 no such mailbox")
    deliver_outbox.deliver_due()
    assert look(made)["mails given up"] == "1"


def test_the_doctor_sees_a_role_nobody_has(made):
    from accounts.models import Staff

    assert "staff with a role" not in look(made)
    plant(update(Staff).where(Staff.id == made.by("lena").id).values(ended_at=made.now))

    assert "lead 0" in look(made)["staff with a role"]

