from dataclasses import replace
from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from appointments.calendar_file import Entry, calendar_file

ENTRY = Entry(
    appointment_id=4711, host="example.org", starts_at=datetime(2026, 11, 26, 9, tzinfo=UTC),
    ends_at=datetime(2026, 11, 26, 9, 20, tzinfo=UTC), zone="Europe/Copenhagen", sequence=0,
    stamped_at=datetime(2026, 11, 25, tzinfo=UTC), title="Appointment at the office", location="Long Street 1, 1000 X",
)  # fmt: skip


def read(entry: Entry):
    calendar = Calendar.from_ical(calendar_file(entry))
    return calendar, calendar.walk("VEVENT")[0]


def test_the_time_is_the_one_on_the_wall_with_its_zone_described():
    calendar, event = read(ENTRY)
    assert event.decoded("dtstart") == ENTRY.starts_at
    assert event["dtstart"].params["TZID"] == "Europe/Copenhagen"
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Copenhagen"]
    assert calendar["method"] == "PUBLISH"


def test_the_second_half_past_two_of_the_night_in_autumn_stays_itself():
    """The file can only say 02:30; a reader takes the first. What counts is that the end is never before the start."""
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    _, event = read(replace(ENTRY, starts_at=second, ends_at=second + timedelta(minutes=20)))
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=20)


def test_a_moved_time_replaces_the_old_one():
    _, first = read(ENTRY)
    _, moved = read(replace(ENTRY, sequence=1, starts_at=ENTRY.starts_at + timedelta(days=1)))
    assert first["uid"] == moved["uid"]
    assert moved["sequence"] > first["sequence"]


def test_a_cancelled_time_is_taken_out_and_reminds_nobody():
    calendar, event = read(replace(ENTRY, sequence=1, cancelled=True))
    assert calendar["method"] == "CANCEL"
    assert event["status"] == "CANCELLED"
    assert event["uid"] == read(ENTRY)[1]["uid"]
    assert calendar.walk("VALARM") == []


def test_a_name_of_an_office_cannot_add_lines_to_the_file():
    calendar, event = read(replace(ENTRY, location="Street 1\r\nATTENDEE:mailto:x@example.org\r\nBEGIN:VALARM"))
    assert "attendee" not in event
    assert len(calendar.walk("VALARM")) == 1
    assert "ATTENDEE" in event["location"]
