"""A time at another office than the one that keeps the file: that office's desk expects her, and meets her."""

from datetime import date

import pytest
from sqlalchemy import select

from actions.appointments.cancel_appointment import cancel_appointment
from actions.appointments.move_appointment import move_appointment
from extensions import db
from offices.models import Municipality, OfficeServes
from tests.support.world import AMIRA, person_of_staff
from tests.web.frontdesk.conftest import THURSDAY_TEN
from visits.models import Meeting, Visit


@pytest.fixture
def guest(amira):
    """Amira's file lies with the house; her time is at the other one, where Dina sits at the desk."""
    def moved():
        other = amira.made.offices["other"]
        town = db.session.scalar(select(Municipality.id).where(Municipality.code == "copenhagen"))
        db.session.add(OfficeServes(office_id=other, municipality_id=town, from_on=date(2020, 1, 1)))
        amira.made.staff["dina"] = person_of_staff(amira.made, "dina", "frontdesk", other)
        db.session.commit()
        move_appointment(amira.file_id, THURSDAY_TEN, office_id=other, actor=AMIRA, now=amira.made.now)

    amira.run(moved)
    return amira


@pytest.fixture
def dina(guest):
    browser = guest.browser()
    browser.sign_in("dina")
    return browser


def brief(house):
    return f"/desk/files/{house.reference}"


def test_the_day_of_the_office_where_she_comes_names_her_and_that_of_her_own_does_not(guest, dina):
    dora = guest.browser()
    dora.sign_in("dora")

    assert "Amira Haddad" in dina.get("/desk/").text
    assert "Amira Haddad" not in dora.get("/desk/").text


def test_she_arrives_is_met_and_leaves_at_that_office(guest, dina):
    assert dina.get(brief(guest)).status_code == 200
    assert dina.send(f"{brief(guest)}/arrive", form=brief(guest)).status_code == 303
    assert [visit.office_id for visit in guest.rows(select(Visit))] == [guest.made.offices["other"]]
    assert "Amira Haddad" in dina.get("/desk/").text

    assert dina.send(f"{brief(guest)}/start", form=brief(guest)).status_code == 303

    assert [m.office_id for m in guest.rows(select(Meeting))] == [guest.made.offices["other"]]
    assert dina.get(brief(guest)).status_code == 200


def test_the_back_office_of_that_office_and_other_desks_see_nothing_of_the_file(guest, dina):
    otto = guest.browser()
    otto.sign_in("otto")

    assert otto.get(f"/office/files/{guest.reference}").status_code == 404
    assert dina.get(f"/office/files/{guest.reference}").status_code == 404


def test_once_her_time_there_is_given_back_the_desk_does_not_reach_the_file(guest, dina):
    guest.run(cancel_appointment, guest.file_id, actor=AMIRA, now=guest.made.now)

    assert dina.get(brief(guest)).status_code == 404
    assert "Amira Haddad" not in dina.get("/desk/").text
