"""What happens to times that are booked when the file or the office changes, on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from actions.applications.save_answers import change_answers
from actions.appointments.book_appointment import book_appointment
from actions.errors import NotAllowed
from actions.meetings.visits import arrive
from actions.offices.cancel_closed_day import cancel_closed_day, cancel_closed_days
from actions.offices.edit_office import edit_office
from actions.offices.open_day import open_day
from actions.offices.shut_day import shut_day
from actions.people.people import add_person, remove_person
from appointments import queries
from appointments.models import Appointment, AppointmentBlock, SlotBlock
from audit.models import AuditEntry
from extensions import db
from offices import queries as offices
from offices.calendar import WeeklySpan
from offices.models import OfficeClosure
from tests.support import world as w
from tests.support.world import AMIRA

TEN = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
DAY = date(2026, 12, 3)
A_WEEK = [WeeklySpan(day, "09:00", "15:00", 2) for day in range(5)]


@pytest.fixture
def file_id(made):
    """Amira's file, booked for Thursday at ten."""
    done = w.amira_sends(made)
    w.clara_accepts_all(made, done)
    book_appointment(done, TEN, actor=AMIRA, now=made.now)
    return done


def appointment(file_id):
    db.session.rollback()
    return db.session.scalars(select(Appointment).where(Appointment.application_id == file_id)).one()


def block(starts_at):
    db.session.rollback()
    return db.session.scalar(select(SlotBlock).where(SlotBlock.starts_at == starts_at))


def seats_agree():
    db.session.rollback()
    held = select(func.count()).where(AppointmentBlock.slot_block_id == SlotBlock.id).scalar_subquery()
    wrong = select(SlotBlock.id).where((SlotBlock.taken != held) | (SlotBlock.taken > SlotBlock.capacity))
    return not list(db.session.scalars(wrong))


def entry_of(action):
    return db.session.scalars(select(AuditEntry).where(AuditEntry.action == action)).one()


def free(made, minutes=10):
    db.session.rollback()
    calendar = offices.calendar_of(db.session, made.offices["house"])
    window = queries.window_of(calendar, made.now, from_on=[DAY], until_on=[DAY])
    return queries.free_times(db.session, calendar, minutes, window, made.now)


def a_child_moves_too(made, file_id):
    change_answers(file_id, {(None, "children_move"): True}, confirmed=True, actor=made.by("clara"), now=made.now)


# --- the file changes


def test_another_person_lengthens_the_appointment_where_it_is(made, file_id):
    a_child_moves_too(made, file_id)

    child = add_person(file_id, "child", actor=made.by("clara"), now=made.now)

    row = appointment(file_id)
    assert (row.starts_at, row.people, row.refit_needed_at) == (TEN, 2, None)
    assert row.ends_at == TEN + timedelta(minutes=20)
    assert block(TEN + timedelta(minutes=10)).taken == 1
    assert seats_agree()

    remove_person(file_id, child, actor=made.by("clara"), now=made.now)
    assert appointment(file_id).ends_at == TEN + timedelta(minutes=10)
    assert block(TEN + timedelta(minutes=10)).taken == 0
    assert seats_agree()


def test_where_the_next_block_is_full_the_old_time_is_kept_and_a_new_one_is_asked_for(made, file_id):
    next_one = block(TEN + timedelta(minutes=10))
    db.session.execute(update(SlotBlock).where(SlotBlock.id == next_one.id).values(shut_at=made.now))
    db.session.commit()
    a_child_moves_too(made, file_id)

    add_person(file_id, "child", actor=made.by("clara"), now=made.now)

    row = appointment(file_id)
    assert row.refit_needed_at is not None
    assert (row.status, row.starts_at, row.ends_at) == ("booked", TEN, TEN + timedelta(minutes=10))
    assert block(TEN).taken == 1


# --- a day is shut


def test_a_day_that_is_shut_cannot_be_booked_and_nobody_loses_a_time_by_it_alone(made, file_id):
    other = w.amira_sends(made)
    w.clara_accepts_all(made, other)
    assert free(made)

    shut_day(made.offices["house"], DAY, "Burst pipe", actor=made.by("lena"), now=made.now)

    assert not free(made)
    with pytest.raises(NotAllowed) as refused:
        book_appointment(other, TEN + timedelta(minutes=30), actor=AMIRA, now=made.now)
    assert "slot_open" in refused.value.codes
    assert appointment(file_id).status == "booked"
    assert block(TEN).shut_at is not None
    assert block(TEN).capacity == 2
    assert seats_agree()


def test_the_lead_sees_whom_it_hits_and_each_of_them_is_told(made, file_id):
    house, lena = made.offices["house"], made.by("lena")
    calendar = offices.calendar_of(db.session, house)
    assert [row.application_id for row in queries.whom_a_closure_hits(db.session, calendar, DAY)] == [file_id]
    shut_day(house, DAY, "Burst pipe", actor=lena, now=made.now)

    assert cancel_closed_day(house, DAY, actor=lena, now=made.now) == {"cancelled": [file_id], "kept": []}

    row = appointment(file_id)
    assert (row.status, row.because) == ("cancelled", "office_cancels")
    assert made.file(file_id).stage == "complete"
    assert block(TEN).taken == 0
    assert cancel_closed_day(house, DAY, actor=lena, now=made.now) == {"cancelled": [], "kept": []}


def test_who_is_in_the_building_keeps_the_time(made, file_id):
    made.now = TEN
    arrive(file_id, office_id=made.offices["house"], actor=made.by("dora"), now=made.now)
    shut_day(made.offices["house"], DAY, "Burst pipe", actor=made.by("lena"), now=made.now)

    done = cancel_closed_day(made.offices["house"], DAY, actor=made.by("lena"), now=made.now)

    assert done == {"cancelled": [], "kept": [file_id]}
    assert appointment(file_id).status == "booked"


def test_an_admin_who_shuts_a_day_touches_no_file_and_yet_everybody_is_told(made, file_id):
    shut_day(made.offices["house"], DAY, "Burst pipe", actor=made.by("ada"), now=made.now)

    done = cancel_closed_day(made.offices["house"], DAY, actor=made.by("ada"), now=made.now)

    assert done == {"cancelled": [file_id], "kept": []}
    assert entry_of("shut_day").actor == str(made.by("ada"))
    assert entry_of("office_cancels").actor == "clock"


def test_the_worker_finishes_what_a_crash_left_half_told(made, file_id):
    shut_day(made.offices["house"], DAY, "Burst pipe", actor=made.by("lena"), now=made.now)
    assert cancel_closed_days(made.now) == 0  # the lead may still be looking at the list

    assert cancel_closed_days(made.wait(minutes=11)) == 1

    assert appointment(file_id).status == "cancelled"
    assert cancel_closed_days(made.now) == 0


def test_nobody_is_cancelled_on_a_day_that_is_open(made, file_id):
    assert cancel_closed_day(made.offices["house"], DAY, actor=made.by("lena"), now=made.now)["cancelled"] == []
    assert appointment(file_id).status == "booked"


def test_a_closure_that_is_taken_back_opens_the_day_again(made, file_id):
    shut_day(made.offices["house"], DAY, "Burst pipe", actor=made.by("lena"), now=made.now)

    open_day(made.offices["house"], DAY, actor=made.by("lena"), now=made.now)

    assert free(made)
    assert block(TEN).shut_at is None
    assert block(TEN).taken == 1


def test_only_the_lead_of_the_house_or_an_admin_shuts_a_day(made):
    for who in ("clara", "dora", "otto"):
        with pytest.raises(NotAllowed) as refused:
            shut_day(made.offices["house"], DAY, "No reason", actor=made.by(who), now=made.now)
        assert refused.value.codes == {"not_for_this_role"}

    assert db.session.scalar(select(func.count()).select_from(OfficeClosure)) == 0


def test_a_lead_shuts_no_day_of_another_house_and_no_day_that_is_over(made):
    lena = made.by("lena")
    with pytest.raises(NotAllowed):
        shut_day(made.offices["other"], DAY, "Burst pipe", actor=lena, now=made.now)
    with pytest.raises(NotAllowed) as refused:
        shut_day(made.offices["house"], date(2026, 11, 24), "Burst pipe", actor=lena, now=made.now)
    assert refused.value.codes == {"day_is_over"}


# --- hours change


def test_fewer_counters_never_drop_a_seat_that_is_taken(made, file_id):
    other = w.amira_sends(made)
    w.clara_accepts_all(made, other)
    book_appointment(other, TEN, actor=AMIRA, now=made.now)
    one_counter = [WeeklySpan(day, "09:00", "15:00", 1) for day in range(5)]

    edit_office(made.offices["house"], hours=one_counter, actor=made.by("ada"), now=made.now)

    assert (block(TEN).taken, block(TEN).capacity) == (2, 2)
    assert block(TEN + timedelta(minutes=10)).capacity == 1
    assert appointment(other).status == appointment(file_id).status == "booked"


def test_shorter_hours_shut_what_lies_outside_and_longer_ones_open_it_again(made, file_id):
    ada, house = made.by("ada"), made.offices["house"]
    afternoons = [WeeklySpan(day, "12:00", "15:00", 2) for day in range(5)]

    edit_office(house, hours=afternoons, actor=ada, now=made.now)
    assert block(TEN).shut_at is not None
    assert appointment(file_id).status == "booked"
    assert free(made).days[0].morning == ()

    edit_office(house, hours=A_WEEK, actor=ada, now=made.now)
    assert block(TEN).shut_at is None
    assert seats_agree()


def test_a_new_grid_leaves_promised_times_alone(made, file_id):
    edit_office(made.offices["house"], {"grid_minutes": 15}, actor=made.by("ada"), now=made.now)

    assert appointment(file_id).starts_at == TEN
    assert (block(TEN).taken, block(TEN).minutes) == (1, 10)
    assert TEN not in free(made).days[0].morning
    assert TEN + timedelta(minutes=15) in free(made).days[0].morning
    assert seats_agree()


def test_every_fault_of_an_edit_is_told_at_once_and_nothing_is_changed(made):
    with pytest.raises(NotAllowed) as refused:
        edit_office(made.offices["house"], {"zone": "Nowhere", "grid_minutes": 1, "code": "mine"},
                    [WeeklySpan(0, "9", "10", 1)], actor=made.by("ada"), now=made.now)  # fmt: skip

    assert refused.value.codes == {"zone_unknown", "grid_minutes_out_of_range", "not_editable", "time_unknown"}
    assert db.session.scalar(select(func.count()).where(AuditEntry.action == "edit_office")) == 0
    assert offices.calendar_of(db.session, made.offices["house"]).grid_minutes == 10


def test_editing_the_address_writes_one_entry_and_leaves_the_hours(made):
    edit_office(made.offices["house"], {"address": "New Street 2"}, actor=made.by("ada"), now=made.now)

    db.session.rollback()
    assert db.session.scalar(select(func.count()).where(AuditEntry.action == "edit_office")) == 1
    assert len(offices.calendar_of(db.session, made.offices["house"]).hours) == 5
