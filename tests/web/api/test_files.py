"""Beginning a file, answering it, and sending it: by the same actions as the pages, with every refusal at once."""

from __future__ import annotations

from sqlalchemy import func, select

from accounts.models import AccessGrant
from applications.models import Application, Signature
from audit.models import AuditEntry
from notifications.models import Outbox
from offices.models import Municipality
from tests.web.api.conftest import System
from tests.web.api.filling import TRIAGE, answered, begun, filled_in, requirements, sent


def test_a_file_is_begun_with_the_answers_of_triage(house, system):
    file = system.get(begun(system)).json

    assert (file["state"], file["stage"], file["ball"]) == ("draft", "draft", "applicant")
    assert {"kind": "answer", "question": "moving_date"}.items() <= next(
        each for each in file["missing"] if each["question"] == "moving_date").items()
    grants = house.rows(select(AccessGrant).order_by(AccessGrant.id))
    assert [grant.role for grant in grants] == ["applicant", "system"]
    assert grants[1].contact_sealed is None


def test_everything_that_triage_lacks_is_told_at_once(house, system):
    answers = {"stay_months": "soon", "municipality": "atlantis", "shoe_size": 38}
    answer = system.call("POST", "/applications",
                         json={"checklist": "dk-cpr", "email": "amira@example.org", "answers": answers})

    assert answer.status_code == 422
    told = {each["where"]: each["code"] for each in answer.json["refusals"]}
    assert told == {"answers/stay_months": "not_a_number", "answers/municipality": "not_a_municipality",
                    "answers/shoe_size": "not_asked"}
    assert house.rows(select(func.count()).select_from(Application)) == [0]


def test_who_belongs_at_another_door_is_told_which_and_no_file_is_begun(house, system):
    answer = system.call("POST", "/applications", json={
        "checklist": "dk-cpr", "email": "amira@example.org", "topic": "study", "answers": {**TRIAGE, "stay_months": 1}})

    assert answer.status_code == 409
    assert answer.json["refusals"][0]["code"] == "door_closed"
    assert house.rows(select(Application)) == []


def test_a_file_for_another_office_is_not_begun(house):
    answer = System(house, office="other").call("POST", "/applications", json={
        "checklist": "dk-cpr", "email": "amira@example.org", "topic": "study", "answers": TRIAGE})

    assert (answer.status_code, answer.json["code"]) == (403, "out_of_scope")
    assert house.rows(select(Application)) == []


def test_a_key_of_a_municipality_begins_files_of_that_one_and_loses_one_that_moves_away(house):
    places = {one.code: one.id for one in house.rows(select(Municipality))}
    system = System(house, office=None, municipality=places["furesoe"])
    body = {"checklist": "dk-cpr", "email": "amira@example.org", "topic": "study"}
    elsewhere = system.call("POST", "/applications", json={**body, "answers": TRIAGE})
    file = begun(system, answers={**TRIAGE, "municipality": "furesoe"})
    moved = system.call("PATCH", f"{file}/answers",
                        json={"answers": [{"question": "municipality", "value": "copenhagen"}]})

    assert (elsewhere.status_code, moved.status_code) == (403, 200)
    assert system.get(file).status_code == 404


def test_the_same_key_begins_one_file_however_often_it_is_sent(house, system):
    body = {"checklist": "dk-cpr", "email": "amira@example.org", "topic": "study", "answers": TRIAGE}
    first, again = (system.call("POST", "/applications", json=body, idempotency="one") for _ in range(2))
    other = system.call("POST", "/applications", json={**body, "email": "b@example.org"}, idempotency="one")

    assert first.json["reference"] == again.json["reference"] != other.json["reference"]
    assert len(house.rows(select(Application))) == 2


def test_a_file_is_open_to_the_key_that_began_it_and_to_no_other(house, system):
    file = begun(system)
    other = System(house, name="Another portal")

    assert other.get(file).status_code == 404
    assert other.call("POST", f"{file}/withdrawal", json={"confirmed": True}).status_code == 404
    assert system.get(file).json["state"] == "draft"


def test_a_key_without_the_scope_opens_no_part_of_a_file(house, system):
    file = begun(system)
    reader = System(house, scopes=("checklists",), name="Reader")

    assert reader.get(file).status_code == 403


def test_answers_are_kept_and_open_further_questions(system):
    file = begun(system)
    kept = answered(system, file)

    values = {each["id"]: each["value"] for each in kept["questions"]}
    assert values["full_name"] == "Amira Haddad"
    assert values["care_of"] is False
    assert not [each for each in system.get(file).json["missing"] if each["kind"] == "answer"]


def test_an_answer_that_cannot_be_taken_keeps_the_others_back_and_says_which(system):
    file = begun(system)
    answer = system.call("PATCH", f"{file}/answers", json={"answers": [
        {"question": "address", "value": "Nørregade 1"}, {"question": "moving_date", "value": "31.02.2027"},
        {"question": "nonsense", "value": 1}, {"question": "address", "person": 77, "value": "x"}]})

    assert answer.status_code == 422
    assert {each["where"]: each["code"] for each in answer.json["refusals"]} == {
        "answers/1": "not_a_date", "answers/2": "not_asked", "answers/3": "not_asked"}
    values = {each["id"]: each["value"] for each in system.get(f"{file}/questions").json["questions"]}
    assert values["address"] is None


def test_what_somebody_else_wrote_since_is_not_overwritten(house, system):
    file = begun(system)
    seen = system.get(f"{file}/questions").json["seen"]
    from actions.applications.save_answers import save_answers
    from tests.support.world import AMIRA

    row = house.rows(select(Application))[0]
    house.run(lambda: save_answers(row.id, {(None, "address"): "Typed by Amira"}, pen="page:1", actor=AMIRA,
                                   now=house.made.now))
    change = {"answers": [{"question": "address", "value": "Typed by a system"}]}
    refused = system.call("PATCH", f"{file}/answers", json={**change, "seen": seen})
    newest = system.get(f"{file}/questions").json["seen"]

    assert refused.json["refusals"][0]["code"] == "somebody_else_writes"
    assert system.call("PATCH", f"{file}/answers", json={**change, "seen": newest}).status_code == 200


def test_people_join_and_leave(system):
    file = begun(system, answers={**TRIAGE, "children_move": True})
    added = system.call("POST", f"{file}/people", json={"role": "child"})
    assert [one["role"] for one in system.get(file).json["people"]] == ["applicant", "child"]
    removed = system.call("DELETE", f"{file}/people/{added.json['id']}")

    assert (added.status_code, removed.status_code) == (201, 204)
    assert [one["role"] for one in system.get(file).json["people"]] == ["applicant"]
    assert system.call("POST", f"{file}/people", json={"role": "dog"}).status_code == 422


def test_a_file_with_gaps_is_not_sent_and_every_gap_is_told(system):
    file = begun(system)
    answer = system.call("POST", f"{file}/submission", json={"declared": True}, language="ar")

    assert answer.status_code == 409
    assert "answer_missing" in {each["code"] for each in answer.json["refusals"]}
    assert len(answer.json["refusals"]) > 5
    assert answer.json["refusals"][0]["words"] != "A question is not answered yet."
    assert system.get(file).json["state"] == "draft"


def test_a_whole_file_is_sent_and_the_applicant_gets_the_mail(house, system):
    file = filled_in(system)
    assert system.get(file).json["missing"] == []
    answer = system.call("POST", f"{file}/submission", json={"declared": True}, idempotency="send")
    again = system.call("POST", f"{file}/submission", json={"declared": True}, idempotency="send")

    assert (answer.status_code, again.status_code) == (201, 201)
    assert (answer.json["state"], answer.json["ball"]) == ("open", "office")
    assert house.rows(select(Outbox.kind)).count("application_received") == 1


def test_the_history_names_the_systems_own_grant(house, system):
    begun(system)
    system_grant = house.rows(select(AccessGrant.id).where(AccessGrant.role == "system"))[0]
    answered(system, f"/applications/{house.rows(select(Application.reference))[0]}")

    assert f"system:{system_grant}" in house.rows(select(AuditEntry.actor))


def test_a_file_is_ended_only_by_saying_so(system):
    file = sent(system)

    assert system.call("POST", f"{file}/withdrawal", json={"confirmed": False}).status_code == 422
    assert system.get(file).json["state"] == "open"
    assert system.call("POST", f"{file}/withdrawal", json={"confirmed": True}).json["state"] == "withdrawn"


def test_papers_that_are_wanted_say_what_and_why(system):
    file = begun(system)
    answered(system, file)
    passport = requirements(system, file)["passport"]

    assert passport["status"] == "missing"
    assert "passport" in [each["value"] for each in passport["choices"]]
    assert passport["name"]


def test_json_that_is_nested_without_end_is_no_fault_of_ours(system):
    file = begun(system)
    for body in ("[" * 60_000, '{"answers":' + "[" * 20 + "]" * 20 + "}", "1" * 9_000, '{"answers": "\\ud800"}', "{"):
        answer = system.call("PATCH", f"{file}/answers", data=body, content_type="application/json")
        assert answer.status_code in (400, 422), body[:20]


def test_the_declaration_is_kept_as_one_that_a_system_made_for_her(house, system):
    sent(system)

    signed = house.rows(select(Signature))
    assert [(one.method, one.signer_grant_id) for one in signed] == [
        ("api", house.rows(select(AccessGrant.id).where(AccessGrant.role == "system"))[0])]


def test_a_draft_that_lapsed_comes_back(house, system):
    from jobs import deadlines

    file = begun(system)
    house.run(lambda: house.made.live(days=200))
    house.run(deadlines.fire_due)
    assert system.get(file).json["state"] == "lapsed"

    assert system.call("POST", f"{file}/revival").json["state"] == "draft"


def test_who_must_come_along_cannot_be_put_off(system):
    file = sent(system)
    lead = system.get(file).json["people"][0]["id"]

    answer = system.call("POST", f"{file}/people/{lead}/later")

    assert answer.status_code == 409
    assert system.call("DELETE", f"{file}/people/{lead}/later").json["refusals"][0]["code"] == "person_not_deferred"
    assert system.call("POST", f"{file}/people/777/later").status_code == 404


def test_an_address_with_signs_that_no_reference_has_is_not_there(system):
    assert system.get("/applications/%00").status_code == 404
    assert system.get("/applications/%ff%fe").status_code == 404


def test_staff_see_that_another_system_did_it(house, system):
    file = sent(system)
    clara = house.browser()
    clara.sign_in("clara")

    assert "another system" in clara.get(f"/office/files/{file.rpartition('/')[2]}").text
