"""Somebody stands at the desk: staff begin her file, and it lies with their own house."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select, update

from accounts.models import StaffRole
from actions.accounts.end_staff import end_staff
from applications.models import Answer, Application, Person, StateChange
from audit.models import AuditEntry
from checklists import library
from extensions import db
from offices.models import Municipality, OfficeServes
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


ABOUT = {"q_full_name": "Noor Haddad", "q_sex": "female", "q_birth_date-day": "1", "q_birth_date-month": "3",
         "q_birth_date-year": "1998", "q_birth_place": "Madrid", "q_civil_status": "unmarried",
         "shown": ["full_name", "sex", "birth_date", "birth_place", "civil_status"]}  # fmt: skip


def begun_by_dora(house):
    dora = signed_in(house, "dora")
    dora.send("/office/walk-in", SPANISH_STUDENT)
    return dora, f"/file/answers/about/{house.rows(select(Person.id))[0]}"


def test_what_staff_fill_in_is_written_down_as_theirs_and_not_as_the_applicants(house):
    dora, page = begun_by_dora(house)

    assert dora.send(page, ABOUT).status_code < 400

    assert {"v": "Noor Haddad"} in house.rows(select(Answer.value).where(Answer.question_id == "full_name"))
    staff = f"staff:{house.made.by('dora').id}"
    assert set(house.rows(select(Answer.given_by))) == {staff}
    assert {(c.event, c.actor) for c in house.rows(select(StateChange))} == {
        ("start_application", staff), ("save_answers", staff)}
    assert {entry.actor for entry in house.rows(select(AuditEntry).where(AuditEntry.chain.like("file:%")))} == {staff}


def test_whoever_works_here_no_more_fills_in_nothing_more(house):
    dora, page = begun_by_dora(house)
    house.run(end_staff, house.made.by("dora").id, actor=house.made.by("ada"), now=house.made.now)

    assert dora.get(page).status_code == 303
    assert house.rows(select(Answer).where(Answer.question_id == "full_name")) == []


def test_roles_that_were_taken_away_are_gone_on_the_applicants_pages_too(house):
    dora, page = begun_by_dora(house)

    def otherwise():
        db.session.execute(update(StaffRole).where(StaffRole.staff_id == house.made.by("dora").id)
                           .values(office_id=house.made.offices["other"]))
        db.session.commit()

    house.run(otherwise)

    assert dora.get(page).status_code == 303


def test_the_desk_may_begin_with_every_checklist_that_its_office_works_for(house):
    def works_for(code):
        town = Municipality(code=code, name=code)
        db.session.add(town)
        db.session.flush()
        db.session.add(OfficeServes(office_id=house.made.offices["house"], municipality_id=town.id,
                                    from_on=date(2020, 1, 1)))
        db.session.commit()

    def title(name):
        return library.newest(name, date(2026, 11, 25)).text("title", "en")

    other = "nl-bsn"
    dora = signed_in(house, "dora")
    assert title(other) not in dora.get("/office/walk-in").text
    house.run(works_for, next(iter(library.newest(other, date(2026, 11, 25)).municipalities)))

    first = dora.get("/office/walk-in").text
    assert title("dk-cpr") in first
    assert f"/office/walk-in?checklist={other}" in first
    assert title(other) in dora.get(f"/office/walk-in?checklist={other}").text


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
