"""Once a file was sent: what the office asks for again, and the meeting. A hold stays silent here, too."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from applications.models import Application, Flag
from consultations.models import ConsultationItem
from extensions import db
from tests.support import world
from tests.web.api.filling import hand_in, requirements, sent
from web.problems import CHECKING


def file_of(house):
    return house.rows(select(Application))[-1].id


def refused(house, item="passport"):
    from actions.consultations.ask_applicant import ask_applicant

    def act():
        world.clara_judges(house.made, file_of(house), item, "refused", reason_codes=["unreadable"])
        ask_applicant(file_of(house), actor=house.made.by("clara"), now=house.made.now)

    house.run(act)


@pytest.fixture
def complete(house, system):
    file = sent(system)
    house.run(lambda: world.clara_accepts_all(house.made, file_of(house)))
    return file


def test_what_is_asked_for_is_told_with_its_words_and_answered_by_a_better_file(house, system):
    file = sent(system)
    assert system.get(f"{file}/consultation").json["items"] == []
    refused(house)
    asked = system.get(f"{file}/consultation").json

    assert asked["due_on"]
    assert asked["items"][0]["wrong"]
    assert system.get(file).json["stage"] == "waiting_for_applicant"
    hand_in(system, file, requirements(system, file)["passport"]["id"], files=[("new.jpg", world.a_photo(9))])
    answer = system.call("POST", f"{file}/consultation/replies")
    assert (answer.status_code, answer.json["ball"]) == (201, "office")
    assert system.get(f"{file}/consultation").json["items"] == []


def test_another_answer_than_a_file_lies_ready_until_it_is_sent(house, system):
    file = sent(system)
    refused(house)
    item = system.get(f"{file}/consultation").json["items"][0]
    way = next(each for each in item["may_answer"] if each in ("text", "cannot_get"))
    told = system.call("PUT", f"{file}/consultation/items/{item['id']}",
                       json={"kind": way, "text": "It is at the embassy."})

    assert told.json["items"][0]["answer"] == way
    assert house.rows(select(ConsultationItem.status)) == ["asked"]
    assert system.call("PUT", f"{file}/consultation/items/{item['id'] + 1}", json={"kind": None}).status_code == 404


def test_nothing_is_sent_where_nothing_is_asked(system):
    file = sent(system)

    assert system.call("POST", f"{file}/consultation/replies").status_code == 409


def test_more_time_is_given_once(house, system):
    file = sent(system)
    refused(house)
    first, second = (system.call("POST", f"{file}/consultation/more-time") for _ in range(2))

    assert first.status_code == 201
    assert second.json["refusals"][0]["code"] == "more_time_used"


def test_times_are_shown_only_once_every_paper_is_accepted_and_before_it_is_told_why_not(system):
    found = system.get(f"{sent(system)}/free-times").json

    assert found["days"] == []
    assert {each["code"] for each in found["closed_because"]} == {"complete_on_slot_day"}


def test_a_time_is_taken_moved_and_given_back(system, complete):
    free = system.get(f"{complete}/free-times").json
    first, later = free["days"][0]["starts"][0], free["days"][1]["starts"][0]

    booked = system.call("POST", f"{complete}/appointment", json={"starts_at": first}, idempotency="book")
    again = system.call("POST", f"{complete}/appointment", json={"starts_at": first}, idempotency="book")
    assert (booked.status_code, again.status_code) == (201, 201)
    assert same(booked.json["appointment"]["starts_at"], first)
    assert booked.json["stage"] == "booked"

    moved = system.call("PUT", f"{complete}/appointment", json={"starts_at": later})
    assert same(moved.json["appointment"]["starts_at"], later)

    assert system.call("DELETE", f"{complete}/appointment").status_code == 204
    assert system.get(complete).json["appointment"] is None


def same(one, other):
    return datetime.fromisoformat(one) == datetime.fromisoformat(other)


def test_the_gate_refuses_a_time_that_is_none_with_every_reason(system, complete):
    answer = system.call("POST", f"{complete}/appointment", json={"starts_at": "2026-11-29T02:00:00+01:00"})

    assert answer.status_code == 409
    assert "slot_open" in {each["code"] for each in answer.json["refusals"]}
    assert system.get(complete).json["appointment"] is None


@pytest.mark.parametrize("starts_at", ["0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-23:00", "2026-12-01T10:00:00",
                                       "soon", 5, None])
def test_what_is_no_time_is_refused(system, complete, starts_at):
    assert system.call("POST", f"{complete}/appointment", json={"starts_at": starts_at}).status_code == 422


def test_a_hold_is_told_neither_by_its_name_nor_by_its_values(house, system, complete):
    starts_at = system.get(f"{complete}/free-times").json["days"][0]["starts"][0]
    hold(house)
    answer = system.call("POST", f"{complete}/appointment", json={"starts_at": starts_at})

    assert [each["code"] for each in answer.json["refusals"]] == [CHECKING]
    assert "hold" not in answer.text
    assert "hold" not in system.get(f"{complete}/free-times").text


def hold(house):
    with house.app.app_context():
        file = db.session.scalars(select(Application)).one()
        db.session.add(Flag(application_id=file.id, kind="hold", opened_at=house.made.now, opened_by="staff:1"))
        file.version += 1
        db.session.commit()
        from extensions import services

        services().memory.forget(file.id)
