"""A file that a system fills in for Amira, call by call."""

from __future__ import annotations

import io
import json

from tests.support import world

TRIAGE = {"stay_months": 24, "special_track": "none", "municipality": "copenhagen", "children_move": False,
          "applicant.citizenship": ["ES"]}
ABOUT_FILE = {"moving_date": "2026-12-01", "address": "Nørregade 1, København", "address_from": "2026-12-01",
              "care_of": False, "partner_moves": False}
ABOUT_HER = {
    "full_name": "Amira Haddad", "sex": "female", "birth_date": "1990-05-05", "birth_place": "Madrid, Spain",
    "civil_status": "unmarried", "last_country": "ES", "last_address": "Calle Mayor 1, Madrid",
    "earlier_number": "no_never", "lived_in_denmark": False, "has_eu_document": "have_it",
}
PAPERS = {"passport": {"choice": "passport", "facts": {"expires_on": "2031-01-01", "shows_birth_place": True}},
          "proof_of_address": {"choice": "rental_contract", "facts": {"from": "2026-12-01", "until": "2028-12-01"}},
          "eu_residence_document": {"facts": {"issued_on": "2026-11-01"}}}


def begun(system, **more):
    answer = system.call("POST", "/applications", json={
        "checklist": "dk-cpr", "email": "amira@example.org", "topic": "study", "answers": TRIAGE, **more})
    assert answer.status_code == 201, answer.text
    return f"/applications/{answer.json['reference']}"


def answered(system, file):
    lead = next(one["id"] for one in system.get(file).json["people"] if one["role"] == "applicant")
    given = [{"question": question, "value": value} for question, value in ABOUT_FILE.items()]
    given += [{"question": question, "value": value, "person": lead} for question, value in ABOUT_HER.items()]
    answer = system.call("PATCH", f"{file}/answers", json={"answers": given})
    assert answer.status_code == 200, answer.text
    return answer.json


def requirements(system, file):
    return {each["item"]: each for each in system.get(f"{file}/requirements").json["requirements"]}


def hand_in(system, file, requirement_id, *, files=(), choice=None, facts=None, **more):
    data = {"files": [(io.BytesIO(content), name) for name, content in files]}
    if choice:
        data["choice"] = choice
    if facts is not None:
        data["facts"] = json.dumps(facts)
    return system.call("POST", f"{file}/requirements/{requirement_id}/documents", data=data,
                       content_type="multipart/form-data", **more)


def filled_in(system):
    file = begun(system)
    answered(system, file)
    for seed, (item, said) in enumerate(PAPERS.items(), 1):
        paper = requirements(system, file)[item]
        answer = hand_in(system, file, paper["id"], files=[("page.jpg", world.a_photo(seed))], **said)
        assert answer.status_code == 201, answer.text
    return file


def sent(system):
    file = filled_in(system)
    answer = system.call("POST", f"{file}/submission", json={"declared": True})
    assert answer.status_code == 201, answer.text
    return file
