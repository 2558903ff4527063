"""Somebody stands at the desk: staff begin her file, and it lies with their own house."""

from __future__ import annotations

from sqlalchemy import select

from applications.models import Application
from tests.web.caseworker.conftest import signed_in

SPANISH_STUDENT = {
    "channel": "desk", "language": "en", "email": "", "q_stay_months": "24", "q_special_track": "none",
    "q_municipality": "copenhagen", "q_children_move": "no", "q_applicant__citizenship": ["ES"],
}


def files(house):
    return [(f.channel, f.state, f.queue) for f in house.rows(select(Application))]


def test_a_file_begun_at_the_desk_opens_the_applicants_pages_and_stays_in_sight_of_staff(house):
    dora = signed_in(house, "dora")

    answer = dora.send("/office/walk-in", SPANISH_STUDENT)

    assert (answer.status_code, answer.location) == (303, "/file")
    assert dora.get("/file").status_code == 200
    assert [(channel, state) for channel, state, _queue in files(house)] == [("desk", "draft")]
    reference = house.rows(select(Application.reference))[0]
    clara = signed_in(house, "clara")
    assert clara.get(f"/office/files/{reference}").status_code == 200
    assert clara.send(f"/office/files/{reference}/fill-in", form=f"/office/files/{reference}").location == "/file"


def test_a_municipality_of_another_house_is_not_begun_here(house):
    otto = signed_in(house, "otto")

    answer = otto.send("/office/walk-in", SPANISH_STUDENT)

    assert answer.status_code == 422
    assert "another office" in answer.text
    assert files(house) == []


def test_staff_do_not_enter_a_file_that_its_applicant_keeps_herself(house, sent):
    clara, here = signed_in(house), f"/office/files/{sent[1]}"

    assert "fill-in" not in clara.get(here).text
    assert clara.send(f"{here}/fill-in", form=here).status_code == 404
    assert clara.get("/file").status_code == 303
