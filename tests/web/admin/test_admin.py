"""Offices, accounts, failed messages and days off: who may change them, and what stays as it was."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from accounts.models import Staff, StaffRole, WebSession
from actions.appointments.book_appointment import book_appointment
from appointments.models import Appointment, SlotBlock
from extensions import db
from notifications import enqueue
from notifications.models import Outbox
from offices.models import Municipality, Office, OfficeClosure, OfficeHours, OfficeServes
from tests.support import world as w
from tests.support.world import AMIRA

THURSDAY_TEN = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
THURSDAY = "2026-12-03"


@pytest.fixture
def ada(house):
    browser = house.browser()
    browser.sign_in("ada")
    return browser


@pytest.fixture
def lena(house):
    browser = house.browser()
    browser.sign_in("lena")
    return browser


def office_path(house, more=""):
    return f"/admin/offices/{house.made.offices['house']}{more}"


def office_of(house):
    return next(o for o in house.rows(select(Office)) if o.id == house.made.offices["house"])


SETTINGS = {"name": "House of the World", "address": "Kaj 1", "directions": "Ring", "zone": "Europe/Copenhagen",
            "country": "dk", "subdivision": "", "grid_minutes": "15", "opens_ahead_days": "30"}


# --- who may --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["clara", "otto", "dora"])
@pytest.mark.parametrize("path", ["/admin/", "/admin/people", "/admin/messages", "/admin/offices/1",
                                  "/admin/offices/1/days"])
def test_nobody_else_administers(house, name, path):
    browser = house.browser()
    browser.sign_in(name)

    assert browser.get(path).status_code == 404


def test_a_lead_sees_her_office_and_neither_people_nor_settings(house, lena):
    page = lena.get("/admin/").text

    assert "International House" in page
    assert "Another House" not in page
    assert lena.get(office_path(house)).status_code == 404
    assert lena.get("/admin/people").status_code == 404
    assert lena.get(f"/admin/offices/{house.made.offices['other']}/days").status_code == 404


def test_an_admin_closes_no_day_and_sees_no_reference(house, ada):
    assert ada.get(office_path(house, "/days")).status_code == 404
    assert ada.get(office_path(house, f"/days/{THURSDAY}")).status_code == 404
    assert ada.get("/office/").status_code == 404


# --- offices --------------------------------------------------------------------------------------------------------


def test_an_office_is_changed_as_a_whole(house, ada):
    done = ada.send(office_path(house), SETTINGS)

    assert done.status_code == 303
    office = office_of(house)
    assert (office.name, office.grid_minutes, office.country) == ("House of the World", 15, "DK")


@pytest.mark.parametrize(("field", "value", "words"), [
    ("zone", "Mars/Base", "There is no such time zone"), ("name", " ", "Give a name."),
    ("grid_minutes", "2", "between 5 and 60 minutes"), ("grid_minutes", "ten", "Not a valid integer"),
    ("country", "ZZ", "no public holidays")])
def test_a_bad_setting_is_told_and_what_was_typed_stays(house, ada, field, value, words):
    refused = ada.send(office_path(house), {**SETTINGS, field: value})

    assert refused.status_code == 422
    assert words in refused.text
    assert 'value="Kaj 1"' in refused.text
    assert office_of(house).name == "International House"


def test_hours_are_replaced_and_times_may_be_typed_short(house, ada):
    done = ada.send(office_path(house, "/hours"), {"weekday": ["0", "", "4"], "opens": ["9:00", "", "10.00"],
                    "closes": ["12:00", "", "14:00"], "counters": ["3", "", "1"]}, form=office_path(house))

    assert done.status_code == 303
    rows = [h for h in house.rows(select(OfficeHours)) if h.office_id == house.made.offices["house"]]
    assert [(h.weekday, h.opens, h.counters) for h in rows] == [(0, "09:00", 3), (4, "10:00", 1)]


@pytest.mark.parametrize("row", [("0", "noon", "12:00", "3"), ("0", "12:00", "09:00", "3"),
                                 ("0", "09:00", "12:00", "-1"), ("9", "09:00", "12:00", "3")])
def test_hours_that_make_no_sense_are_refused_and_stay_on_the_page(house, ada, row):
    before = len(house.rows(select(OfficeHours)))
    fields = dict(zip(("weekday", "opens", "closes", "counters"), row, strict=True))
    refused = ada.send(office_path(house, "/hours"), fields, form=office_path(house))

    assert refused.status_code == 422
    assert f'value="{row[1]}"' in refused.text
    assert len(house.rows(select(OfficeHours))) == before


def test_an_office_works_for_municipalities_from_one_day_to_another(house, ada):
    place = house.rows(select(Municipality).order_by(Municipality.id))[0].id
    fields = {"municipality": [str(place), ""], "from_on": ["2026-01-01", ""], "until_on": ["2027-12-31", ""]}
    assert ada.send(office_path(house, "/served"), fields, form=office_path(house)).status_code == 303
    served = [(s.from_on, s.until_on) for s in house.rows(select(OfficeServes))]
    assert served == [(date(2026, 1, 1), date(2027, 12, 31))]

    wrong = ada.send(office_path(house, "/served"), {**fields, "until_on": ["2025-01-01", ""]}, form=office_path(house))
    assert wrong.status_code == 422
    assert "must not lie before" in wrong.text
    empty = ada.send(office_path(house, "/served"), {**fields, "from_on": ["", ""]}, form=office_path(house))
    assert empty.status_code == 422
    assert "needs a first day" in empty.text
    assert len(house.rows(select(OfficeServes))) == 1


def test_an_office_is_added_once_however_often_the_button_is_pressed(house, ada):
    fields = {"name": "Nykøbing House", "address": "Torv 1", "zone": "Europe/Copenhagen", "country": "DK",
              "subdivision": "", "idempotency_key": "b" * 32}
    first, again = (ada.send("/admin/offices/new", fields) for _ in range(2))

    assert first.location == again.location
    assert [o.name for o in house.rows(select(Office))].count("Nykøbing House") == 1


# --- people ---------------------------------------------------------------------------------------------------------


def test_a_new_person_gets_a_password_shown_once_that_works(house, ada):
    fields = {"name": "Nora Nye", "email": "nora@house.example", "language": "en", "role": ["frontdesk", ""],
              "office": [str(house.made.offices["house"]), ""], "municipality": ["", ""], "idempotency_key": "c" * 32}
    shown = ada.send("/admin/people/new", fields)
    again = ada.send("/admin/people/new", fields)

    password = re.search(r'translate="no">([0-9a-f-]{24})<', shown.text).group(1)
    assert password in again.text
    assert len([p for p in house.rows(select(Staff)) if p.name == "Nora Nye"]) == 1
    nora = house.browser()
    assert nora.sign_in("nora", password).status_code == 303
    assert nora.get("/desk/").status_code == 200


@pytest.mark.parametrize(("change", "words"), [
    ({"role": ["", ""]}, "Give at least one role."), ({"office": ["", ""]}, "belongs to an office"),
    ({"email": "clara@house.example"}, "There is an account"), ({"email": "nobody"}, "does not look like"),
    ({"role": ["king", ""]}, "")])
def test_an_account_that_cannot_be_is_refused_and_what_was_typed_stays(house, ada, change, words):
    before = len(house.rows(select(Staff)))
    fields = {"name": "Nora Nye", "email": "nora@house.example", "language": "en", "role": ["frontdesk", ""],
              "office": [str(house.made.offices["house"]), ""], "municipality": ["", ""], **change}
    refused = ada.send("/admin/people/new", fields)

    assert refused.status_code == 422
    assert words in refused.text
    assert 'value="Nora Nye"' in refused.text
    assert len(house.rows(select(Staff))) == before


def test_new_roles_sign_her_out(house, ada):
    dora = house.browser()
    dora.sign_in("dora")
    who = house.made.staff["dora"].id
    done = ada.send(f"/admin/people/{who}/roles", {"role": ["caseworker"], "office": [str(house.made.offices["house"])],
                    "municipality": [""]}, form=f"/admin/people/{who}")

    assert done.status_code == 303
    assert dora.get("/desk/").status_code == 303
    assert [r.role for r in house.rows(select(StaffRole)) if r.staff_id == who] == ["caseworker"]


def test_the_last_admin_can_neither_end_nor_demote_herself(house, ada):
    me = house.made.staff["ada"].id
    ended = ada.send(f"/admin/people/{me}/end", form=f"/admin/people/{me}")
    demoted = ada.send(f"/admin/people/{me}/roles", {"role": ["lead"], "office": [str(house.made.offices["house"])],
                       "municipality": [""]}, form=f"/admin/people/{me}")

    assert (ended.status_code, demoted.status_code) == (422, 422)
    assert "last admin" in ended.text
    assert "last admin" in demoted.text
    assert ada.get("/admin/people").status_code == 200


def test_an_ended_account_is_out_at_once(house, ada):
    dora = house.browser()
    dora.sign_in("dora")
    who = house.made.staff["dora"].id
    ada.send(f"/admin/people/{who}/end", form=f"/admin/people/{who}")

    assert dora.get("/desk/").status_code == 303
    assert dora.sign_in("dora").status_code == 422
    assert all(s.revoked_at for s in house.rows(select(WebSession)) if s.staff_id == who)


def test_who_waits_after_wrong_passwords_is_let_in_again(house, ada):
    for _ in range(8):
        house.browser().sign_in("dora", "wrong password here")
    assert house.browser().sign_in("dora").status_code == 429

    who = house.made.staff["dora"].id
    ada.send(f"/admin/people/{who}/unlock", form=f"/admin/people/{who}")

    assert house.browser().sign_in("dora").status_code == 303


# --- messages -------------------------------------------------------------------------------------------------------


def test_a_message_that_was_given_up_is_tried_again_and_shows_no_address(house, ada):
    with house.app.app_context():
        row = enqueue.put(db.session, kind="application_received", language="en", now=house.made.now, dedup_key="x")
        row.status, row.last_error, row.tries = "dead", "recipient refused (550)", 9
        db.session.commit()
        number = row.id
    page = ada.get("/admin/messages").text
    assert "recipient refused (550)" in page
    assert "@" not in re.sub(r"<[^>]+>", "", page)

    assert ada.send(f"/admin/messages/{number}/again", form="/admin/messages").status_code == 303
    assert [(m.status, m.tries) for m in house.rows(select(Outbox))] == [("queued", 0)]
    ada.send(f"/admin/messages/{number}/again", form="/admin/messages")
    assert [m.status for m in house.rows(select(Outbox))] == ["queued"]


# --- days off -------------------------------------------------------------------------------------------------------


@pytest.fixture
def booked(house):
    with house.app.app_context():
        house.file_id = w.amira_sends(house.made)
        w.clara_accepts_all(house.made, house.file_id)
        book_appointment(house.file_id, THURSDAY_TEN, actor=AMIRA, now=house.made.now)
        house.reference = house.made.file(house.file_id).reference
        db.session.remove()
    return house


def day_path(house, more=""):
    return office_path(house, f"/days/{THURSDAY}{more}")


def test_the_lead_sees_whom_a_closed_day_hits_before_anything_happens(booked, lena):
    page = lena.send(office_path(booked, "/days"), {"day-day": "3", "day-month": "12", "day-year": "2026"})
    shown = lena.get(page.location).text

    assert "1 person has a time that day" in shown
    assert booked.reference in shown
    assert "Amira" not in shown
    assert booked.rows(select(OfficeClosure)) == []


def test_closing_wants_a_reason_and_that_she_is_sure(booked, lena):
    unsure = lena.send(day_path(booked, "/shut"), {"because": "moving"}, form=day_path(booked))
    assert unsure.status_code == 422
    assert 'value="moving"' in unsure.text
    silent = lena.send(day_path(booked, "/shut"), {"because": " ", "sure": "y"}, form=day_path(booked))
    assert silent.status_code == 422
    assert "Please give a reason." in silent.text

    assert booked.rows(select(OfficeClosure)) == []
    assert booked.rows(select(Appointment))[0].status == "booked"


def test_a_closed_day_takes_no_booking_and_tells_everybody(booked, lena):
    done = lena.send(day_path(booked, "/shut"), {"because": "moving", "sure": "y"}, form=day_path(booked))

    assert done.status_code == 303
    assert [c.because for c in booked.rows(select(OfficeClosure))] == ["moving"]
    assert booked.rows(select(Appointment))[0].status == "cancelled"
    assert all(b.shut_at for b in booked.rows(select(SlotBlock)) if b.starts_at.date() == date(2026, 12, 3))
    assert "office_closed_day" in [m.kind for m in booked.rows(select(Outbox))]
    assert "1 of 1 people are told" in lena.get(day_path(booked)).text


def test_a_day_is_opened_again_and_who_was_cancelled_stays_cancelled(booked, lena):
    lena.send(day_path(booked, "/shut"), {"because": "moving", "sure": "y"}, form=day_path(booked))
    lena.send(day_path(booked, "/open"), form=day_path(booked))

    assert booked.rows(select(OfficeClosure)) == []
    assert booked.rows(select(Appointment))[0].status == "cancelled"
    assert not any(b.shut_at for b in booked.rows(select(SlotBlock)) if b.starts_at.date() == date(2026, 12, 3))


@pytest.mark.parametrize("day", ["2026-13-01", "tomorrow", "1999-01-01", "2099-01-01"])
def test_a_day_that_is_none_answers_404(house, lena, day):
    assert lena.get(office_path(house, f"/days/{day}")).status_code == 404


def test_no_act_is_an_address_that_can_be_opened(house, ada, lena):
    who = house.made.staff["dora"].id
    for browser, path in [(ada, f"/admin/people/{who}/end"), (ada, f"/admin/people/{who}/roles"),
                          (ada, office_path(house, "/hours")), (lena, day_path(house, "/shut")),
                          (lena, day_path(house, "/tell")), (ada, "/admin/messages/1/again")]:
        assert browser.get(path).status_code == 405


@pytest.mark.parametrize("path", ["/admin/offices/" + "9" * 30, "/admin/people/" + "9" * 30, "/admin/offices/x",
                                  "/admin/messages?before=" + "9" * 30])
def test_an_absurd_address_answers_404_or_the_usual_page(house, ada, path):
    assert ada.get(path).status_code in (200, 404)
