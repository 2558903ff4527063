"""Three offices, what they serve, and a person of staff for each role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from accounts import passwords
from accounts.scope import Place
from actions.accounts.add_staff import add_staff
from applications.facts import CLOCK, Actor
from checklists import library
from extensions import db
from offices.models import Municipality, Office, OfficeHours, OfficeServes

PASSWORD = "klarsag for everyone"  # noqa: S105 - of the demo, told on its own page
LOGINS = (
    ("clara@klarsag.example", "caseworker, Copenhagen"),
    ("carl@klarsag.example", "caseworker, Copenhagen (the second person)"),
    ("dora@klarsag.example", "front desk, Copenhagen"),
    ("lena@klarsag.example", "team lead, Copenhagen and Lyngby"),
    ("otto@klarsag.example", "caseworker, Roskilde"),
    ("ada@klarsag.example", "admin"),
)
_OFFICES = (
    # code, name, address, counters, municipalities
    ("copenhagen", "International House Copenhagen", "Gyldenløvesgade 11, 1502 København V", 4,
     ("copenhagen", "frederiksberg", "taarnby", "dragoer", "hvidovre", "roedovre", "broendby", "furesoe")),
    ("lyngby", "International House Lyngby", "Lyngby Torv 17, 2800 Kongens Lyngby", 2,
     ("lyngby_taarbaek", "gentofte", "gladsaxe", "rudersdal", "hoersholm", "ballerup")),
    ("roskilde", "International House Roskilde", "Rådhusbuen 1, 4000 Roskilde", 1,
     ("roskilde", "greve", "koege", "hoeje_taastrup", "albertslund")),
)


@dataclass(frozen=True)
class House:
    offices: dict[str, int]
    staff: dict[str, Actor]


def make(now: datetime) -> House:
    definition = library.newest("dk-cpr", now.date())
    places = {code: Municipality(code=code, name=says["name"]) for code, says in definition.municipalities.items()}
    db.session.rollback()
    db.session.connection(execution_options={"writes": True})
    db.session.add_all(places.values())
    offices = {code: _office(code, name, address, counters, [places[m] for m in serves if m in places])
               for code, name, address, counters, serves in _OFFICES}
    db.session.commit()
    return House(offices, _staff(offices, now))


def _office(code: str, name: str, address: str, counters: int, serves: list[Municipality]) -> int:
    office = Office(code=code, name=name, zone="Europe/Copenhagen", country="DK", address=address, grid_minutes=10,
                    opens_ahead_days=60, modes=["office"], directions="Two minutes from the station. Ring the bell.")
    db.session.add(office)
    db.session.flush()
    begun = date(2020, 1, 1)
    db.session.add_all(OfficeServes(office_id=office.id, municipality_id=m.id, from_on=begun) for m in serves)
    for weekday in range(5):
        closes = "18:00" if weekday == 3 else "15:00"
        db.session.add(OfficeHours(office_id=office.id, weekday=weekday, opens="09:00", closes=closes,
                                   counters=counters))
    return office.id


def _staff(offices: dict[str, int], now: datetime) -> dict[str, Actor]:
    hashed = passwords.hashed(PASSWORD)
    house, lyngby, roskilde = (offices[code] for code in ("copenhagen", "lyngby", "roskilde"))
    roles = {
        "clara": [("caseworker", house)], "carl": [("caseworker", house)], "dora": [("frontdesk", house)],
        "lena": [("lead", house), ("lead", lyngby)], "otto": [("caseworker", roskilde)], "ada": [("admin", None)],
    }
    made = {}
    for name, held in roles.items():
        places = [Place(role=role, office_id=office_id, municipality_id=None) for role, office_id in held]
        staff_id = add_staff(email=f"{name}@klarsag.example", name=f"{name.title()} Demo", password_hash=hashed,
                             places=places, actor=CLOCK, now=now)
        made[name] = Actor("staff", staff_id, frozenset(role for role, _ in held),
                           frozenset(office for _, office in held if office))
    return made
