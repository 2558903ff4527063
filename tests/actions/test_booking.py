"""Booking, moving, cancelling and closing by the actions, on both databases; and what did not happen."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from actions.applications.withdraw import withdraw
from actions.appointments.book_appointment import book_appointment
from actions.appointments.cancel_appointment import cancel_appointment
from actions.appointments.mark_no_show import mark_no_show
from actions.appointments.move_appointment import move_appointment
from actions.appointments.undo_no_show import undo_no_show
from actions.errors import NotAllowed, NotYours
from actions.meetings.visits import arrive
from applications.facts import CLOCK
from applications.models import Application
from applications.workflow import load
from appointments.models import Appointment, AppointmentBlock, SlotBlock
from audit.models import AuditEntry
from extensions import db, services
from notifications.models import Outbox
from offices.models import OfficeHours
from tests.support import world as w
from tests.support.world import AMIRA

TEN = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)  # a Thursday, on the wall in Copenhagen
HALF_PAST = TEN + timedelta(minutes=30)


@pytest.fixture
def file_id(made):
    """Amira's file, complete: she may book."""
    done = w.amira_sends(made)
    w.clara_accepts_all(made, done)
    assert made.file(done).stage == "complete"
    return done


def appointments(file_id):
    db.session.rollback()
    return list(db.session.scalars(
        select(Appointment).where(Appointment.application_id == file_id).order_by(Appointment.id)))


def taken_at(starts_at):
    db.session.rollback()
    return db.session.scalar(select(SlotBlock.taken).where(SlotBlock.starts_at == starts_at)) or 0


def seats_agree():
    """Every counter says what is really held."""
    db.session.rollback()
    held = select(func.count()).where(AppointmentBlock.slot_block_id == SlotBlock.id).scalar_subquery()
    wrong = select(SlotBlock.id).where((SlotBlock.taken != held) | (SlotBlock.taken > SlotBlock.capacity))
    return not list(db.session.scalars(wrong))


def mails(file_id, kind):
    rows = select(func.count()).where(Outbox.application_id == file_id, Outbox.kind == kind)
    return db.session.scalar(rows)


def needs_minutes(file_id, minutes):
    file = db.session.get(Application, file_id)
    file.rules = {**file.rules, "minutes": minutes}
    db.session.commit()


def entries(action):
    return db.session.scalar(select(func.count()).where(AuditEntry.action == action))


# --- booking


def test_booking_takes_the_seats_keeps_the_promised_hour_and_writes_one_entry_and_one_message(made, file_id):
    appointment_id = book_appointment(file_id, TEN, actor=AMIRA, now=made.now)

    (row,) = appointments(file_id)
    assert row.id == appointment_id
    assert (row.status, row.starts_at, row.wall_time) == ("booked", TEN, "2026-12-03T10:00")
    assert row.ends_at > TEN
    assert taken_at(TEN) == 1
    assert seats_agree()
    assert made.file(file_id).stage == "booked"
    assert entries("book_appointment") == mails(file_id, "appointment_booked") == 1


def test_the_second_person_for_the_last_seat_is_told_so_and_her_file_is_unchanged(made, file_id):
    others = [w.amira_sends(made) for _ in range(2)]
    for other in others:
        w.clara_accepts_all(made, other)
        book_appointment(other, TEN, actor=AMIRA, now=made.now)
    before = made.file(file_id).version

    with pytest.raises(NotAllowed) as refused:
        book_appointment(file_id, TEN, actor=AMIRA, now=made.now)

    assert refused.value.codes == {"seats_left"}
    assert appointments(file_id) == []
    assert (made.file(file_id).version, made.file(file_id).stage) == (before, "complete")
    assert mails(file_id, "appointment_booked") == 0
    assert seats_agree()


def test_a_double_press_books_once_and_answers_the_same(made, file_id):
    first = book_appointment(file_id, TEN, actor=AMIRA, now=made.now, key="one press")
    second = book_appointment(file_id, TEN, actor=AMIRA, now=made.now, key="one press")

    assert first == second
    assert len(appointments(file_id)) == 1
    assert taken_at(TEN) == 1


def test_a_file_has_one_live_appointment(made, file_id):
    book_appointment(file_id, TEN, actor=AMIRA, now=made.now)

    with pytest.raises(NotAllowed) as refused:
        book_appointment(file_id, HALF_PAST, actor=AMIRA, now=made.now)

    assert refused.value.codes == {"has_appointment"}
    assert taken_at(HALF_PAST) == 0


IMPOSSIBLE = {
    TEN + timedelta(minutes=5): "slot_open",  # between two blocks
    TEN.replace(hour=20): "slot_open",  # after closing
    TEN + timedelta(days=2): "slot_open",  # a Saturday
    datetime(2026, 12, 25, 9, 0, tzinfo=UTC): "slot_open",  # a public holiday
    datetime(2027, 6, 3, 8, 0, tzinfo=UTC): "slot_open",  # further ahead than the office books
    datetime(9999, 12, 30, 9, 0, tzinfo=UTC): "slot_open",
    datetime(2026, 11, 25, 8, 0, tzinfo=UTC): "slot_in_future",
    datetime(2026, 11, 26, 9, 0, tzinfo=UTC): "complete_on_slot_day",  # before she lives here
}


def test_a_time_that_cannot_be_is_refused_with_its_reason_and_leaves_no_row(made, file_id):
    for starts_at, code in IMPOSSIBLE.items():
        with pytest.raises(NotAllowed) as refused:
            book_appointment(file_id, starts_at, actor=AMIRA, now=made.now)
        assert code in refused.value.codes, starts_at

    assert appointments(file_id) == []
    assert db.session.scalar(select(func.count()).select_from(SlotBlock)) == 0


def test_a_long_meeting_does_not_fit_in_before_closing(made, file_id):
    needs_minutes(file_id, 30)
    closing = datetime(2026, 12, 3, 14, 0, tzinfo=UTC)

    with pytest.raises(NotAllowed) as refused:
        book_appointment(file_id, closing - timedelta(minutes=20), actor=AMIRA, now=made.now)
    assert refused.value.codes == {"slot_long_enough"}

    book_appointment(file_id, closing - timedelta(minutes=30), actor=AMIRA, now=made.now)
    assert appointments(file_id)[0].ends_at == closing


def test_an_office_that_does_not_serve_her_municipality_or_her_way_of_meeting_is_refused(made, file_id):
    with pytest.raises(NotAllowed) as refused:
        book_appointment(file_id, TEN, made.offices["other"], "video", actor=AMIRA, now=made.now)

    assert {"office_serves_municipality", "mode_allowed", "slot_open"} <= refused.value.codes
    with pytest.raises(NotYours):
        book_appointment(file_id, TEN, 4711, actor=AMIRA, now=made.now)
    assert appointments(file_id) == []


# --- moving and cancelling


def moved(made, file_id, times):
    for number in range(times):
        move_appointment(file_id, (HALF_PAST, TEN)[number % 2], actor=AMIRA, now=made.now)


def test_an_applicant_moves_as_often_as_the_workflow_says_and_staff_once_more(made, file_id):
    book_appointment(file_id, TEN, actor=AMIRA, now=made.now)
    most = load().moves
    moved(made, file_id, most)

    with pytest.raises(NotAllowed) as no:
        moved(made, file_id, 1)
    assert no.value.codes == {"no_moves_left"}
    kept = appointments(file_id)[0]
    assert (kept.moves, kept.starts_at) == (most, (TEN, HALF_PAST)[most % 2])

    move_appointment(file_id, TEN + timedelta(hours=1), actor=made.by("dora"), now=made.now)
    assert (appointments(file_id)[0].moves, appointments(file_id)[0].starts_at) == (most, TEN + timedelta(hours=1))


def test_a_time_that_became_too_short_may_be_moved_and_that_does_not_count(made, file_id):
    book_appointment(file_id, TEN, actor=AMIRA, now=made.now)
    most = load().moves
    moved(made, file_id, most)
    db.session.execute(update(Appointment).values(refit_needed_at=made.now))
    db.session.commit()
    services().memory.forget(file_id)  # changed behind the house's back

    move_appointment(file_id, TEN + timedelta(hours=1), actor=AMIRA, now=made.now)

    assert (appointments(file_id)[0].moves, appointments(file_id)[0].refit_needed_at) == (most, None)


def test_moving_keeps_the_appointment_and_swaps_its_seats(made, file_id):
    first = book_appointment(file_id, TEN, actor=AMIRA, now=made.now)

    assert move_appointment(file_id, HALF_PAST, actor=AMIRA, now=made.now) == first

    (row,) = appointments(file_id)
    assert (row.starts_at, row.wall_time, row.sequence, row.moves) == (HALF_PAST, "2026-12-03T10:30", 1, 1)
    assert (taken_at(TEN), taken_at(HALF_PAST)) == (0, 1)
    assert seats_agree()
    assert mails(file_id, "appointment_moved") == 1


def test_a_time_may_move_by_less_than_its_own_length_where_everything_else_is_taken(made, file_id):
    needs_minutes(file_id, 30)
    db.session.execute(update(OfficeHours).values(counters=1))
    db.session.commit()
    book_appointment(file_id, TEN, actor=AMIRA, now=made.now)
    next_block = TEN + timedelta(minutes=10)

    move_appointment(file_id, next_block, actor=AMIRA, now=made.now)

    assert appointments(file_id)[0].starts_at == next_block
    assert [taken_at(TEN + timedelta(minutes=m)) for m in (0, 10, 20, 30, 40)] == [0, 1, 1, 1, 0]
    assert seats_agree()


def test_who_cannot_have_the_new_time_keeps_the_old_one(made, file_id):
    book_appointment(file_id, TEN, actor=AMIRA, now=made.now)

    with pytest.raises(NotAllowed):
        move_appointment(file_id, TEN.replace(hour=20), actor=AMIRA, now=made.now)

    (row,) = appointments(file_id)
    assert (row.starts_at, row.moves, row.sequence) == (TEN, 0, 0)
    assert taken_at(TEN) == 1


def test_cancelling_gives_the_seat_back_and_she_may_book_again(made, file_id):
    book_appointment(file_id, TEN, actor=AMIRA, now=made.now)

    cancel_appointment(file_id, actor=AMIRA, now=made.now)

    assert taken_at(TEN) == 0
    assert made.file(file_id).stage == "complete"
    assert mails(file_id, "appointment_cancelled") == 1
    book_appointment(file_id, TEN, actor=AMIRA, now=made.now)
    assert [row.status for row in appointments(file_id)] == ["cancelled", "booked"]
    assert seats_agree()


def test_an_applicant_cannot_cancel_a_time_that_has_begun(made, file_id):
    book_appointment(file_id, TEN, actor=AMIRA, now=made.now)

    with pytest.raises(NotAllowed) as refused:
        cancel_appointment(file_id, actor=AMIRA, now=TEN)

    assert refused.value.codes == {"begun"}
    assert taken_at(TEN) == 1


def test_withdrawing_gives_the_seat_back_in_the_same_act(made, file_id):
    book_appointment(file_id, TEN, actor=AMIRA, now=made.now)

    withdraw(file_id, confirmed=True, actor=AMIRA, now=made.now)

    assert [row.status for row in appointments(file_id)] == ["cancelled"]
    assert taken_at(TEN) == 0
    assert seats_agree()


# --- nobody came


def test_a_no_show_gives_the_seat_back_and_can_be_undone_the_same_day(made, file_id):
    book_appointment(file_id, TEN, actor=AMIRA, now=made.now)
    made.now = TEN + timedelta(minutes=20)

    mark_no_show(file_id, actor=made.by("dora"), now=made.now)
    assert [row.status for row in appointments(file_id)] == ["no_show"]
    assert taken_at(TEN) == 0

    undo_no_show(file_id, actor=made.by("dora"), now=made.now)
    assert [row.status for row in appointments(file_id)] == ["booked"]
    assert taken_at(TEN) == 1
    assert seats_agree()


def test_a_no_show_cannot_be_undone_the_next_day(made, file_id):
    book_appointment(file_id, TEN, actor=AMIRA, now=made.now)
    mark_no_show(file_id, actor=CLOCK, now=TEN + timedelta(hours=6))

    with pytest.raises(NotAllowed):
        undo_no_show(file_id, actor=made.by("dora"), now=TEN + timedelta(days=1))

    assert [row.status for row in appointments(file_id)] == ["no_show"]


@pytest.mark.parametrize("arrived", [True, False])
def test_nobody_is_marked_as_missing_before_the_start_or_while_in_the_building(made, file_id, arrived):
    book_appointment(file_id, TEN, actor=AMIRA, now=made.now)
    made.now = TEN + timedelta(minutes=20) if arrived else TEN - timedelta(minutes=1)
    if arrived:
        arrive(file_id, office_id=made.offices["house"], actor=made.by("dora"), now=made.now)

    with pytest.raises(NotAllowed) as refused:
        mark_no_show(file_id, actor=CLOCK, now=made.now)

    assert refused.value.codes == ({"has_arrived"} if arrived else {"not_begun"})
    assert [row.status for row in appointments(file_id)] == ["booked"]

