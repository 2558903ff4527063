"""What happens to a sent file, on the applicant's own pages: questions, booking, changes, and the ways out."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import select

from actions.appointments.move_appointment import move_appointment
from actions.clock.clock_events import lapse
from actions.clock.request_delivered import request_delivered
from actions.consultations.ask_applicant import ask_applicant
from applications.facts import Actor
from applications.models import Answer, Application
from appointments.models import Appointment
from consultations.models import ConsultationItem
from tests.support import world as w
from tests.web.applicant.test_own_pages import STATEMENTS_MOST, statements
from tests.web.applicant.walking import Walker, lead_id, sent


def clara_refuses_the_passport(amira: Walker) -> None:
    made, file_id = amira.house.made, amira.files()[0].id
    amira.house.run(w.clara_judges, made, file_id, "passport", "refused", reason_codes=["unreadable"])
    amira.house.run(ask_applicant, file_id, actor=made.by("clara"), now=made.now)


def test_she_is_asked_for_one_thing_and_sends_it(house):
    amira = sent(house)
    clara_refuses_the_passport(amira)

    page = amira.open("/file")
    assert "We need 1 thing before" in page
    page = amira.open("/file/questions")
    assert "What is wrong" in page
    assert "Passport" in page
    assert "0 of 1 ready" in page

    passport = amira.requirement("passport")
    amira.send(f"/file/papers/{passport.id}", files=[("new.jpg", w.a_photo(77))])
    assert "1 of 1 ready" in amira.page
    assert amira.files()[0].stage == "waiting_for_applicant"

    amira.send("/file/questions/send")

    assert "We have your answers" in amira.page
    assert amira.files()[0].stage == "in_review"
    assert amira.requirement("passport").status == "sent"


def test_an_explanation_lies_ready_can_be_taken_back_and_needs_words(house):
    amira = sent(house)
    clara_refuses_the_passport(amira)
    item = house.rows(select(ConsultationItem).where(ConsultationItem.status == "asked"))[0]
    house.run(_may_answer, item.id)
    answer = f"/file/questions/{item.id}/answer"

    amira.send(answer, {"kind": "cannot_get", "text": ""}, on="/file/questions")
    assert amira.status == 422
    assert "Write a line or two" in amira.page

    amira.send(answer, {"kind": "cannot_get", "text": "It was stolen."})
    assert "It was stolen." in amira.page
    assert house.rows(select(ConsultationItem.status).where(ConsultationItem.id == item.id)) == ["asked"]

    amira.send(answer)
    assert house.rows(select(ConsultationItem.answer_kind).where(ConsultationItem.id == item.id)) == [None]


def _may_answer(item_id):
    from extensions import db

    item = db.session.get(ConsultationItem, item_id)
    item.may_answer = ["file", "text", "cannot_get"]
    db.session.commit()


def test_more_time_is_given_once(house):
    amira = sent(house)
    clara_refuses_the_passport(amira)

    amira.send("/file/questions/more-time", on="/file/questions")

    assert "You have time until" in amira.page
    assert "I need more time" not in amira.page


def test_booking_is_closed_with_every_reason_while_papers_are_looked_at(house):
    amira = sent(house)

    page = amira.open("/file/booking")

    assert "You cannot book yet" in page
    assert page.count("we are still looking at it") == 3
    assert "Take this time" not in page


def accepted(house) -> Walker:
    amira = sent(house)
    house.run(w.clara_accepts_all, house.made, amira.files()[0].id)
    return amira


def book(amira: Walker) -> None:
    page = amira.open("/file/booking")
    start = re.search(r'name="starts_at" value="([^"]+)"', page).group(1)
    amira.send("/file/booking", {"starts_at": start})


def test_three_times_are_suggested_and_one_is_taken(house):
    amira = accepted(house)

    page = amira.open("/file/booking")
    assert page.count("Take this time") == 3
    book(amira)

    assert "Your time is booked" in amira.page
    assert "What to bring" in amira.page
    assert "Passport" in amira.page
    assert amira.files()[0].stage == "booked"
    assert "We meet on" in amira.open("/file")


def test_the_page_for_the_day_has_code_place_papers_and_tells_when_she_is_called(house):
    amira = accepted(house)
    assert "You cannot book yet" not in amira.open("/file/booking/day")
    book(amira)

    page = amira.open("/file/booking/day")

    for words in ("International House", "Passport", amira.files()[0].reference, "data:image/", "Amira Haddad"):
        assert words in page
    assert 'http-equiv="refresh"' not in page
    assert count_of(amira, "/file/booking/day") <= STATEMENTS_MOST


def test_after_a_move_the_calendar_file_replaces_the_one_before(house):
    amira = accepted(house)
    book(amira)
    before = amira.open("/file/booking/meeting.ics")
    house.wait(minutes=1)
    later = house.rows(select(Appointment.starts_at))[0] + timedelta(hours=1)
    house.run(move_appointment, amira.files()[0].id, later, actor=w.AMIRA, now=house.made.now)

    after = amira.open("/file/booking/meeting.ics")

    def of(file, name):
        return re.search(rf"^{name}[^:]*:(.+?)\r?$", file.partition("BEGIN:VEVENT")[2], re.M).group(1)

    assert of(after, "UID") == of(before, "UID")
    assert int(of(after, "SEQUENCE")) == int(of(before, "SEQUENCE")) + 1
    assert of(after, "DTSTAMP") > of(before, "DTSTAMP")
    assert of(after, "DTSTART") != of(before, "DTSTART")


def test_the_calendar_file_says_when_and_where(house):
    amira = accepted(house)
    book(amira)

    page = amira.open("/file/booking/meeting.ics")

    assert "BEGIN:VEVENT" in page
    assert "International House" in page
    assert amira.response.mimetype == "text/calendar"


def test_a_booked_time_is_moved_and_cancelled(house):
    amira = accepted(house)
    book(amira)
    before = house.rows(select(Appointment.starts_at))[0]

    page = amira.open("/file/booking?move=1")
    later = re.findall(r'name="starts_at" value="([^"]+)"', page)[-1]
    amira.send("/file/booking", {"starts_at": later})
    assert "Your time is moved" in amira.page
    assert house.rows(select(Appointment.starts_at))[0] > before

    amira.open("/file/booking/cancel")
    assert house.rows(select(Appointment.status)) == ["booked"]
    amira.send("/file/booking/cancel")
    assert "given back" in amira.page
    assert house.rows(select(Appointment.status)) == ["cancelled"]


def test_a_time_that_is_taken_shows_what_is_still_free(house):
    amira = accepted(house)

    amira.send("/file/booking", {"starts_at": "2026-12-06T03:00:00+00:00"}, on="/file/booking")

    assert amira.status == 409
    assert "Take this time" in amira.page
    assert house.rows(select(Appointment)) == []


def test_a_changed_answer_is_shown_before_it_counts(house):
    amira = sent(house)
    about = f"/file/answers/about/{lead_id(amira)}"

    amira.send(about, {"q_civil_status": "divorced"})
    amira.send(about, {"q_civil_status": "divorced", "q_civil_status_on": "2020-01-01", "q_civil_status_country": "ES"})
    assert "We will then need also" in amira.page
    assert "Divorce certificate" in amira.page
    assert _civil_status(house) == ["unmarried"]

    amira.send(about)

    assert "Your answers are changed" in amira.page
    assert _civil_status(house) == ["divorced"]


def _civil_status(house) -> list[str]:
    rows = house.rows(select(Answer).where(Answer.question_id == "civil_status", Answer.superseded_at.is_(None)))
    return [row.value["v"] for row in rows]


def test_ending_a_file_asks_first(house):
    amira = accepted(house)
    book(amira)

    amira.open("/file/withdraw")
    assert amira.files()[0].state == "open"
    amira.send("/file/withdraw")

    assert "You ended this file" in amira.page
    assert amira.files()[0].state == "withdrawn"
    assert house.rows(select(Appointment.status)) == ["cancelled"]


def test_a_draft_can_be_deleted(house):
    from tests.web.applicant.walking import started

    amira = started(house)

    amira.send("/file/withdraw")

    assert house.rows(select(Application.state)) == ["withdrawn"]


def test_the_pages_after_sending_need_few_statements(house):
    amira = sent(house)
    closed = count_of(amira, "/file/booking")
    clara_refuses_the_passport(amira)
    asked = count_of(amira, "/file/questions")
    passport = amira.requirement("passport")
    amira.send(f"/file/papers/{passport.id}", files=[("new.jpg", w.a_photo(77))], on="/file/questions")
    amira.send("/file/questions/send")
    house.run(w.clara_accepts_all, house.made, amira.files()[0].id)
    free = count_of(amira, "/file/booking")
    book(amira)
    meeting = count_of(amira, "/file/booking")

    assert max(closed, asked, free, meeting) <= STATEMENTS_MOST, (closed, asked, free, meeting)


def count_of(amira: Walker, path: str) -> int:
    amira.open(path)
    with statements(amira.house) as found:
        amira.open(path)
    assert amira.status == 200
    return len(found)


def test_a_file_that_rests_goes_on_when_the_missing_paper_comes(house):
    amira = sent(house)
    for item in ("proof_of_address", "eu_residence_document"):
        house.run(w.clara_judges, house.made, amira.files()[0].id, item, "accepted")
    clara_refuses_the_passport(amira)
    house.run(let_it_lapse, amira)
    amira.come_back()
    assert "This file rests" in amira.open("/file")
    passport = amira.requirement("passport")

    amira.send("/file/revive")
    assert amira.status == 409
    assert amira.files()[0].state == "lapsed"

    amira.send(
        f"/file/papers/{passport.id}", files=[("new.jpg", w.a_photo(78))], on=f"/file/papers/{passport.id}"
    )
    amira.send("/file/revive", on="/file")

    assert "We go on with your file" in amira.page
    assert amira.files()[0].state == "open"


def let_it_lapse(amira: Walker) -> None:
    made = amira.house.made
    request_delivered(amira.files()[0].id, actor=Actor("clock"), now=made.now)
    lapse(amira.files()[0].id, deadline="consultation_reply", actor=Actor("clock"), now=made.live(days=40))
