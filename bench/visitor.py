"""An applicant as the server sees her: one connection that stays open, cookies, and the fields of the page she is on.

She follows redirects and reads csrf_token and idempotency_key from the form, as a browser without scripts would.
"""

from __future__ import annotations

import http.client
import itertools
import random
import re
import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from tests.web.applicant.walking import Fields, as_sent, dict_of_lists

_numbers = itertools.count(1)


def _address() -> str:
    """One per visitor: the limits on starts are counted by address."""
    return ".".join(["10", *(str(random.randrange(256)) for _ in range(3))])  # noqa: S311


@dataclass
class Visitor:
    port: int
    address: str = field(default_factory=_address)
    cookies: dict[str, str] = field(default_factory=dict)
    page: str = ""
    path: str = ""
    status: int = 0
    requests: int = 0
    statements: int = 0
    seen: list[tuple[str, str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("localhost", self.port, timeout=60)

    def get(self, path: str) -> str:
        return self._ask("GET", path)

    def send(self, action: str, fields: dict | None = None, *, on: str | None = None, files: list[bytes] = ()) -> str:
        """Send the form with this action; opened first (the page `on`, or the action's own) unless she is there."""
        if not any(target.split("#")[0].endswith(action) for target, _ in Fields(self.page).forms):
            self.get(on or action)
        sent = dict_of_lists(Fields(self.page).to(action))
        for name, value in (fields or {}).items():
            sent.update(as_sent(name, value))
        if not files:
            return self._ask("POST", action, urlencode(sent, doseq=True).encode(), "application/x-www-form-urlencoded")
        return self._ask("POST", action, *_multipart(sent, files))

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str | None = None) -> str:
        while True:
            self._exchange(method, path, body, kind)
            if self.status not in (302, 303):
                break
            where = urlsplit(self.location)
            method, body, kind = "GET", None, None
            path = where.path + (f"?{where.query}" if where.query else "")
        if self.status != 200:
            raise RuntimeError(f"{method} {path}: {self.status} {re.sub('<[^>]+>', ' ', self.page)[:400]}")
        return self.page

    def _exchange(self, method: str, path: str, body: bytes | None, kind: str | None) -> None:
        headers = {"X-Forwarded-For": self.address, "Accept-Language": "en",
                   "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if kind:
            headers["Content-Type"] = kind
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        self.page, self.status, self.path = answer.read().decode(errors="replace"), answer.status, path
        self.location = answer.headers.get("Location", "")
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies.update({name: one.value for name, one in SimpleCookie(line).items()})
        statements = int(answer.headers.get("X-Statements", 0))
        self.requests += 1
        self.statements += statements
        self.seen.append((method, path, statements))


def _multipart(fields: dict[str, list[str]], files: list[bytes]) -> tuple[bytes, str]:
    line = secrets.token_hex(8)
    parts = [f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
             for name, values in fields.items() for value in values]
    for number, file in enumerate(files, start=1):
        parts += [f'--{line}\r\nContent-Disposition: form-data; name="files"; filename="page {number}.jpg"\r\n'
                  "Content-Type: image/jpeg\r\n\r\n".encode(), file, b"\r\n"]
    return b"".join(parts) + f"--{line}--\r\n".encode(), f"multipart/form-data; boundary={line}"


# --- the way through ------------------------------------------------------------------------------------------------


def day(ahead: int) -> str:
    return (date.today() + timedelta(days=ahead)).isoformat()  # noqa: DTZ011 - a day on a form


TRIAGE = {"stay_months": "24", "special_track": "none", "citizenship": "ES", "municipality": "copenhagen",
          "children_move": "no", "ground": "study"}
ABOUT = {"q_full_name": "Amira Haddad", "q_sex": "female", "q_birth_date": "1998-03-27",
         "q_birth_place": "Madrid, Spain",
         "q_civil_status": "unmarried"}
BEFORE = {"q_last_country": "ES", "q_last_address": "Calle Mayor 1, Madrid", "q_earlier_number": "no_never",
          "q_lived_in_denmark": "no", "q_has_eu_document": "have_it"}


def start(amira: Visitor) -> None:
    """From the front door to a file, and on to its first page."""
    amira.get("/")
    amira.get("/topic/dk-cpr.study")
    for _ in range(8):
        asked = re.search(r'name="asking" value="([^"]+)"', amira.page)
        if not asked:
            break
        name = asked.group(1).rpartition(".")[2]
        amira.send("/topic/dk-cpr.study", {f"q_{name}": TRIAGE[name]})
    amira.send("/start/dk-cpr.study", {"email": f"amira{next(_numbers)}.{secrets.token_hex(4)}@example.org"})
    amira.get(re.search(r'<a class="k-button" href="([^"]+)"', amira.page).group(1))


def answer(amira: Visitor) -> None:
    """Page after page as she is led; a page that asks more because of her answers is answered again."""
    move = {"q_moving_date": day(6), "q_address": "Nørregade 1, 1165 København", "q_address_from": day(6),
            "q_care_of": "no"}
    answers = {"move": move, "about": ABOUT, "before": BEFORE, "family": {"q_partner_moves": "no"}}
    while page := re.match(r"/file/answers/(\w+)/\d+", amira.path):
        amira.send(page.group(), answers[page.group(1)])


PAPERS = {
    "Passport": ({"choice": "passport", "q_expires_on": "2031-01-01", "q_shows_birth_place": "yes"}, slice(0, 2)),
    "Proof": ({"choice": "rental_contract", "q_from": day(6), "q_until": day(760)}, slice(2, 3)),
    "EU residence": ({"q_issued_on": day(-20)}, slice(3, 4)),
}


def upload(amira: Visitor, photos: list[bytes]) -> None:
    """Three papers of four pages, each described and sent in one go; she is led from one to the next."""
    wanted = dict(PAPERS)
    while paper := re.fullmatch(r"(/file/papers/\d+)(\?.*)?", amira.path):
        heading = re.search(r"</span>([^<]+)</h1>|<h1>([^<]+)</h1>", amira.page)
        name = next(each for each in wanted if (heading.group(1) or heading.group(2)).strip().startswith(each))
        fields, pages = wanted.pop(name)
        amira.send(paper.group(1), fields, files=photos[pages])
    if wanted:
        raise RuntimeError(f"nobody asked for {', '.join(wanted)}; she was led to {amira.path}")


def sign_and_send(amira: Visitor) -> None:
    """She was led to it by the last paper."""
    if amira.path.split("?")[0] != "/file/send":
        raise RuntimeError(f"she was led to {amira.path}")
    amira.send("/file/send", {"declared": "y"})


def book(amira: Visitor) -> None:
    """By the link of the mail that says that everything is right."""
    page = amira.get("/file/booking")
    times = re.findall(r'name="starts_at" value="([^"]+)"', page)
    amira.send("/file/booking", {"starts_at": random.choice(times)})  # noqa: S311
