"""A file from the first question to a booked time. Run: client.py HOUSE KEY passport.jpg contract.pdf residence.jpg"""

import json
import sys
import time
import uuid
from urllib.error import HTTPError
from urllib.request import Request, urlopen

WHO = {"checklist": "dk-cpr", "topic": "study", "email": "amira@example.org"}
TRIAGE = {"stay_months": 24, "special_track": "none", "municipality": "copenhagen", "children_move": False,
          "applicant.citizenship": ["ES"]}
ANSWERS = {"moving_date": "2026-12-01", "address": "Nørregade 1, København", "address_from": "2026-12-01",
           "care_of": False, "partner_moves": False, "full_name": "Amira Haddad", "sex": "female", "last_country": "ES",
           "birth_date": "1990-05-05", "birth_place": "Madrid, Spain", "civil_status": "unmarried",
           "last_address": "Calle Mayor 1", "earlier_number": "no_never", "lived_in_denmark": False,
           "has_eu_document": "have_it"}
PAPERS = {"passport": ("passport", {"expires_on": "2031-01-01", "shows_birth_place": True}),
          "proof_of_address": ("rental_contract", {"from": "2026-12-01", "until": "2028-12-01"}),
          "eu_residence_document": (None, {"issued_on": "2026-11-01"})}


def call(method, path, body=None, kind="application/json"):
    """JSON in, JSON out. With its Idempotency-Key, a call whose answer was lost may be sent again without harm."""
    data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": kind, "Idempotency-Key": uuid.uuid4().hex}
    try:
        with urlopen(Request(f"{HOUSE}/api/v1{path}", data, headers, method=method), timeout=60) as answer:
            return json.loads(answer.read() or b"null")
    except HTTPError as problem:
        said = json.load(problem)
        sys.exit("\n".join([said["title"], *(f"- {each['code']}: {each['words']}" for each in said["refusals"])]))


def form(fields, path):
    """A form with one file, as bytes."""
    line, parts = uuid.uuid4().hex, [(f'name="{name}"', text.encode()) for name, text in fields.items()]
    with open(path, "rb") as file:
        parts.append((f'name="files"; filename="{path.rsplit("/", 1)[-1]}"', file.read()))
    body = b"".join(b"--%b\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n" % (line.encode(), name.encode(), value)
                    for name, value in parts)
    return body + f"--{line}--\r\n".encode(), f"multipart/form-data; boundary={line}"


HOUSE, KEY, *paths = sys.argv[1:]
started = call("POST", "/applications", {**WHO, "answers": TRIAGE})
file, lead = f"/applications/{started['reference']}", started["people"][0]["id"]
of = {each["id"]: each["of"] for each in call("GET", "/checklists/dk-cpr")["questions"]}
given = [{"question": q, "value": a, "person": None if "file" in of[q] else lead} for q, a in ANSWERS.items()]
call("PATCH", f"{file}/answers", {"answers": given})
wanted = {each["item"]: each["id"] for each in call("GET", f"{file}/requirements")["requirements"]}
for (item, (choice, facts)), path in zip(PAPERS.items(), paths, strict=True):
    fields = {"facts": json.dumps(facts)} | ({"choice": choice} if choice else {})
    call("POST", f"{file}/requirements/{wanted[item]}/documents", *form(fields, path))
call("POST", f"{file}/submission", {"declared": True})
while (now := call("GET", file))["stage"] != "complete":
    print(now["reference"], now["stage"], flush=True)
    time.sleep(1)
first = call("GET", f"{file}/free-times")["suggested"][0]
print(call("POST", f"{file}/appointment", {"starts_at": first})["appointment"])
