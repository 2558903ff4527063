"""Amira walking through the pages as a browser without scripts would: fields of the page she sees, then send."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

from sqlalchemy import select

from applications.models import Application, Requirement
from extensions import services
from notifications.models import Outbox
from tests.support import world

TRIAGE = {
    "stay_months": "24",
    "special_track": "none",
    "citizenship": "ES",
    "municipality": "copenhagen",
    "children_move": "no",
}
MOVE = {
    "q_moving_date": "2026-12-01",
    "q_address": "Nørregade 1, 1165 København",
    "q_address_from": "2026-12-01",
    "q_care_of": "no",
}
ABOUT = {
    "q_full_name": "Amira Haddad",
    "q_sex": "female",
    "q_birth_date": "1998-03-27",
    "q_birth_place": "Madrid, Spain",
    "q_civil_status": "unmarried",
}
BEFORE = {
    "q_last_country": "ES",
    "q_last_address": "Calle Mayor 1, Madrid",
    "q_earlier_number": "no_never",
    "q_lived_in_denmark": "no",
    "q_has_eu_document": "have_it",
}


class Fields(HTMLParser):
    """What each form of a page would send if nothing were touched: {action: [(name, value)]}."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, list[tuple[str, str]]]] = []
        self._select: str | None = None
        self._area: str | None = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        if tag == "form":
            self.forms.append((has.get("action") or "", []))
        elif tag == "input" and self.forms and has.get("name"):
            if has.get("type") in ("radio", "checkbox") and "checked" not in has:
                return
            if has.get("type") != "file":
                self._add(has["name"], has.get("value", ""))
        elif tag == "select":
            self._select = has.get("name")
        elif tag == "option" and self._select and "selected" in has:
            self._add(self._select, has.get("value", ""))
        elif tag == "textarea":
            self._area = has.get("name")
            self._add(self._area, "")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._area = None

    def handle_data(self, data):
        if self._area:
            name, _ = self.forms[-1][1].pop()
            self._add(name, data)

    def _add(self, name, value):
        self.forms[-1][1].append((name, value))

    def to(self, action: str) -> list[tuple[str, str]]:
        return next(
            fields for target, fields in reversed(self.forms) if not target or target.split("#")[0].endswith(action)
        )


class Walker:
    def __init__(self, house) -> None:
        self.house = house
        self.client = house.app.test_client()
        self.page = ""
        self.status = 0

    def open(self, path: str) -> str:
        return self._took(self.client.get(path, follow_redirects=True))

    def send(self, action: str, fields: dict | None = None, *, on: str | None = None, files=(), headers=None) -> str:
        """Send the form with this action on the page shown now (or on the page `on`), with these fields changed."""
        if on is not None:
            self.open(on)
        elif not self._has(action):
            self.open(action)
        return self.send_files(action, fields, {"files": files} if files else {}, headers)

    def send_files(self, action: str, fields: dict | None, files: dict, headers=None) -> str:
        """files: by the name of the input, one (name, content) or several."""
        sent = dict_of_lists(Fields(self.page).to(action))
        for name, value in (fields or {}).items():
            sent.update(as_sent(name, value))
        for name, chosen in files.items():
            several = [chosen] if isinstance(chosen, tuple) else chosen
            sent[name] = [(io.BytesIO(content), claimed) for claimed, content in several]
        kind = "multipart/form-data" if files else None
        how = {"content_type": kind, "headers": headers, "follow_redirects": True}
        return self._took(self.client.post(action, data=sent, **how))

    def _has(self, action: str) -> bool:
        return any(target.endswith(action) for target, _ in Fields(self.page).forms)

    def _took(self, response) -> str:
        self.page, self.status, self.response = response.text, response.status_code, response
        return self.page

    def triage(self, **other) -> None:
        answers = {**TRIAGE, "ground": "study", **other}
        self.open("/topic/dk-cpr.study")
        for _ in range(8):
            if 'name="asking"' not in self.page:
                return
            path = re.search(r'name="asking" value="([^"]+)"', self.page).group(1)
            name = path.rpartition(".")[2]
            self.send("/topic/dk-cpr.study", {f"q_{name}": answers[name]})

    def start(self, email: str) -> None:
        self.send("/start/dk-cpr.study", {"email": email})

    def come_back(self) -> None:
        """By the reference and the code that the mail brings."""
        self.send("/way-in", {"reference": self.files()[0].reference}, on="/way-in")
        sealed = self.house.rows(select(Outbox.secret_sealed).where(Outbox.kind == "way_in").order_by(Outbox.id))[-1]
        code = self.house.run(lambda: services().sealer.open(sealed))["code"]
        self.send("/way-in/code", {"code": code}, on="/way-in/code")

    def files(self) -> list[Application]:
        return self.house.rows(select(Application))

    def requirement(self, item: str) -> Requirement:
        return self.house.rows(select(Requirement).where(Requirement.item_id == item))[0]


def dict_of_lists(pairs) -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for name, value in pairs:
        made.setdefault(name, []).append(value)
    return made


def as_sent(name: str, value) -> dict[str, list[str]]:
    """Days go in three boxes."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        year, month, day = value.split("-")
        return {f"{name}-day": [day], f"{name}-month": [month], f"{name}-year": [year]}
    return {name: [value] if isinstance(value, str) else list(value)}


def started(house, email: str = "amira@example.org") -> Walker:
    amira = Walker(house)
    amira.triage()
    amira.start(email)
    return amira


def lead_id(amira: Walker) -> int:
    from applications.models import Person

    return amira.house.rows(select(Person).where(Person.role == "applicant"))[-1].id


def fill_in_everything(amira: Walker) -> None:
    answer_everything(amira)
    upload(amira, "passport", {"q_expires_on": "2030-01-01", "q_shows_birth_place": "yes"}, choice="passport")
    upload(amira, "proof_of_address", {"q_from": "2026-12-01"}, choice="rental_contract", seed=2)
    upload(amira, "eu_residence_document", {"q_issued_on": "2026-11-01"}, seed=3)


def answer_everything(amira: Walker) -> None:
    lead = lead_id(amira)
    amira.send("/file/answers/move/0", MOVE)
    amira.send(f"/file/answers/about/{lead}", ABOUT)
    amira.send(f"/file/answers/before/{lead}", BEFORE)
    amira.send(f"/file/answers/before/{lead}", BEFORE)
    amira.send("/file/answers/family/0", {"q_partner_moves": "no"})


def upload(amira: Walker, item: str, facts: dict, *, choice: str | None = None, seed: int = 1) -> None:
    """One paper in one go: which it is, what stands on it, and a picture of it."""
    paper = f"/file/papers/{amira.requirement(item).id}"
    said = {**facts, **({"choice": choice} if choice else {})}
    amira.send(paper, said, files=[("page.jpg", world.a_photo(seed))], on=paper)


def sent(house) -> Walker:
    amira = started(house)
    fill_in_everything(amira)
    amira.send("/file/send", {"declared": "y"})
    return amira
