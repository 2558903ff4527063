"""The same people in every test: Amira applies, Ben is another applicant, Clara and Otto work the back office of
two different houses, Lena leads, Dora sits at the desk, Ada keeps offices and accounts."""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

import config
from accounts import passwords
from accounts.models import Staff, StaffRole
from actions.applications.save_answers import save_answers
from actions.applications.sign import sign
from actions.applications.start_application import start_application
from actions.applications.submit import submit
from actions.decisions.judge import judge_document
from actions.documents.attach_document import attach_document
from actions.documents.describe_paper import describe_paper
from actions.documents.promise import say_cannot_get
from app import create_app
from applications.facts import Actor
from applications.models import Application, Person, Requirement
from checklists import compiler, library
from extensions import db
from jobs import deadlines
from offices.models import Municipality, Office, OfficeHours, OfficeServes
from uploads.intake import Limits

AMIRA = Actor("applicant", 1)
PASSWORD = "a long password for tests"


@dataclass
class World:
    """An app on a database of its own with two offices and their people."""

    app: Flask
    now: datetime
    staff: dict[str, Actor] = field(default_factory=dict)
    offices: dict[str, int] = field(default_factory=dict)

    def wait(self, **span: float) -> datetime:
        """Let time pass; the product's clock is set by the fixture from world.now."""
        self.now += timedelta(**span)
        return self.now

    def live(self, **span: float) -> datetime:
        """The same with the worker at its desk: whoever is to be reminded is reminded on the day."""
        until = self.now + timedelta(**span)
        while self.now < until:
            self.now = min(until, self.now + timedelta(days=1))
            deadlines.remind_due()
        return self.now

    def by(self, name: str) -> Actor:
        return self.staff[name]

    def file(self, application_id: int) -> Application:
        db.session.rollback()
        return db.session.get(Application, application_id)

    def people(self, application_id: int) -> dict[str, int]:
        rows = db.session.scalars(select(Person).where(Person.application_id == application_id))
        return {f"{p.role}": p.id for p in rows if p.left_at is None}

    def requirements(self, application_id: int) -> dict[str, Requirement]:
        db.session.rollback()
        rows = db.session.scalars(select(Requirement).where(Requirement.application_id == application_id))
        return {r.item_id: r for r in rows}


@contextmanager
def world(database_url: str, folder: Path, now: datetime, **settings: Any):
    app = create_app(settings_for(database_url, folder, **settings))
    compile_once(folder)
    with app.app_context():
        made = World(app, now)
        populate(made)
        yield made
        db.session.remove()
        db.engine.dispose()


def settings_for(database_url: str, folder: Path, **more: Any) -> config.Settings:
    environ = {"DATABASE_URL": database_url, "KLARSAG_PRODUCTION": "no", **more}
    return config.embedded(folder, environ)


_compiled: list[Path] = []


def compile_once(folder: Path) -> None:
    """Compile the checklists for this run of the tests, wherever ./dev has put its own."""
    if not _compiled:
        target = folder / "compiled"
        compiler.compile_all(target)
        _compiled.append(target)
    library.use(_compiled[0])


def populate(made: World) -> None:
    session = db.session
    house = office("copenhagen", "International House", counters=2)
    other = office("aarhus", "Another House", counters=1)
    session.add_all([house, other])
    places = [Municipality(code="copenhagen", name="København"), Municipality(code="furesoe", name="Furesø")]
    session.add_all(places)
    session.flush()
    session.add_all([OfficeServes(office_id=house.id, municipality_id=p.id, from_on=date(2020, 1, 1)) for p in places])
    for one, counters in ((house, 2), (other, 1)):
        session.add_all([OfficeHours(office_id=one.id, weekday=day, opens="09:00", closes="15:00", counters=counters)
                         for day in range(5)])
    made.offices = {"house": house.id, "other": other.id}
    for name, role, place in (("clara", "caseworker", house), ("otto", "caseworker", other),
                              ("dora", "frontdesk", house), ("lena", "lead", house), ("ada", "admin", house),
                              ("carl", "caseworker", house)):
        made.staff[name] = person_of_staff(made, name, role, place.id)
    session.commit()


def office(code: str, name: str, *, counters: int) -> Office:
    return Office(code=code, name=name, zone="Europe/Copenhagen", country="DK", address="Gyldenløvesgade 11",
                  grid_minutes=10, opens_ahead_days=60, modes=["office"])


_hash: list[str] = []


def person_of_staff(made: World, name: str, role: str, office_id: int) -> Actor:
    if not _hash:
        _hash.append(passwords.hashed(PASSWORD))  # argon2 is slow on purpose: once is enough
    row = Staff(email=f"{name}@house.example", name=name.title(), password_hash=_hash[0], language="en",
                created_at=made.now)
    db.session.add(row)
    db.session.flush()
    db.session.add(StaffRole(staff_id=row.id, role=role, office_id=office_id))
    return Actor("staff", row.id, frozenset({role}), frozenset({office_id}))


ABOUT_AMIRA = {
    "moving_date": "2026-12-01", "address": "Nørregade 1, København", "address_from": "2026-12-01", "care_of": False,
    "partner_moves": False,
    "applicant.full_name": "Amira Haddad", "applicant.sex": "female", "applicant.birth_date": "1990-05-05",
    "applicant.birth_place": "Madrid, Spain", "applicant.ground": "study", "applicant.civil_status": "unmarried",
    "applicant.last_country": "ES", "applicant.last_address": "Calle Mayor 1, Madrid",
    "applicant.earlier_number": "no_never", "applicant.lived_in_denmark": False, "applicant.has_eu_document": "have_it",
}
PAPERS = {
    "passport": ("applicant", "passport", {"expires_on": "2031-01-01", "shows_birth_place": True}),
    "proof_of_address": (None, "rental_contract", {"from": "2026-12-01", "until": "2028-12-01"}),
    "eu_residence_document": ("applicant", None, {"issued_on": "2026-11-01"}),
}


# --- a file, in a few words -------------------------------------------------------------------------------------

SPANISH_STUDENT = {
    "stay_months": 24, "special_track": "none", "municipality": "copenhagen", "children_move": False,
    "applicant.citizenship": ["ES"],
}


def amira_starts(made: World, *, email: str = "amira@example.org", **more: Any) -> int:
    """A draft with the answers of triage. Returns the file's id."""
    done = start_application(checklist="dk-cpr", answers={**SPANISH_STUDENT, **more}, language="en", email=email,
                             municipality="copenhagen", actor=AMIRA, now=made.now)
    return done["id"]


def amira_answers(made: World, file_id: int, answers: dict[str, Any]) -> None:
    """answers: "question" for the file, "applicant.question" for a person by role."""
    people = made.people(file_id)
    owned = {}
    for path, value in answers.items():
        role, _, question = path.rpartition(".")
        owned[(people[role] if role else None, question)] = value
    save_answers(file_id, owned, actor=AMIRA, now=made.now)


def a_photo(seed: int = 1) -> bytes:
    """A real JPEG, different for each seed."""
    from PIL import Image

    kept = io.BytesIO()
    Image.new("RGB", (300, 200), (seed * 37 % 255, seed * 91 % 255, 120)).save(kept, "JPEG")
    return kept.getvalue()


def amira_uploads(made: World, file_id: int, item: str, *, seed: int | None = None) -> int:
    return upload_for(made, file_id, made.requirements(file_id)[item].id, seed=seed)


def upload_for(made: World, file_id: int, requirement_id: int, *, seed: int | None = None) -> int:
    done = attach_document(file_id, requirement_id, io.BytesIO(a_photo(seed or requirement_id)),
                           claimed_name="page.jpg", limits=Limits(), actor=AMIRA, now=made.now)
    return done["upload"]


def rows_of(file_id: int) -> list[Requirement]:
    """Every requirement of the file, of all persons."""
    db.session.rollback()
    return list(db.session.scalars(select(Requirement).where(Requirement.application_id == file_id)
                                   .order_by(Requirement.id)))


def amira_sends(made: World, *, without: tuple[str, ...] = (), **more: Any) -> int:
    """A file with every answer and every paper but those left out, signed and sent. Returns its id."""
    file_id = amira_fills_in(made, without=without, **more)
    sign(file_id, made.people(file_id)["applicant"], actor=AMIRA, now=made.now)
    submit(file_id, actor=AMIRA, now=made.now)
    return file_id


def amira_fills_in(made: World, *, without: tuple[str, ...] = (), **more: Any) -> int:
    """A draft that only has to be signed and sent. Returns its id."""
    file_id = amira_starts(made, **more)
    amira_answers(made, file_id, ABOUT_AMIRA)
    for document, said in PAPERS.items():
        if document not in without:
            amira_describes(made, file_id, document, said)
            amira_uploads(made, file_id, document)
    for document in without:
        say_cannot_get(file_id, made.requirements(file_id)[document].id, told="It is being renewed.",
                       actor=AMIRA, now=made.now)
    return file_id


def amira_describes(made: World, file_id: int, document: str, said: tuple[Any, Any, dict[str, Any]]) -> None:
    role, choice, facts = said
    person_id = made.people(file_id)[role] if role else None
    describe_paper(file_id, person_id, document, choice=choice, facts=facts, actor=AMIRA, now=made.now)


def clara_accepts_all(made: World, file_id: int) -> None:
    for row in rows_of(file_id):
        if row.status in ("sent", "recheck"):
            judge_row(made, file_id, row, "accepted")


def clara_judges(made: World, file_id: int, item: str, verdict: str, **more: Any) -> None:
    judge_row(made, file_id, made.requirements(file_id)[item], verdict, **more)


def judge_row(made: World, file_id: int, row: Requirement, verdict: str, **more: Any) -> None:
    judge_document(file_id, row.id, verdict=verdict, seen_hash=row.document_hash,
                   seen_verdict_id=row.current_verdict_id, actor=made.by("clara"), now=made.now, **more)


# --- a family ---------------------------------------------------------------------------------------------------

FROM_SPAIN = {"issuing_country": "ES", "language": ["es"], "multilingual_form": True}
FAMILY_PAPERS = {**{item: (choice, facts) for item, (_role, choice, facts) in PAPERS.items()},
                 "birth_certificate": (None, FROM_SPAIN), "marriage_certificate": (None, FROM_SPAIN)}


def file_by(made: World, reference: str) -> Application:
    db.session.rollback()
    return db.session.scalars(select(Application).where(Application.reference == reference)).one()


def sends_for(made: World, file_id: int, row: Requirement) -> None:
    """One paper of one person, described and with a page."""
    choice, facts = FAMILY_PAPERS[row.item_id]
    describe_paper(file_id, row.person_id, row.item_id, choice=choice, facts=facts, actor=AMIRA, now=made.now)
    upload_for(made, file_id, row.id)
