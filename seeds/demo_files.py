"""A file in every stage, made by the same actions that people use: what can be seen here can happen."""

from __future__ import annotations

import io
import itertools
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from PIL import Image, ImageDraw
from sqlalchemy import select

from actions.applications.save_answers import save_answers
from actions.applications.sign import sign
from actions.applications.start_application import start_application
from actions.applications.submit import submit
from actions.applications.withdraw import withdraw
from actions.appointments.book_appointment import book_appointment
from actions.consultations.answer import send_answers
from actions.consultations.ask_applicant import ask_applicant
from actions.decisions.judge import judge_document
from actions.decisions.refuse import confirm_decision, propose_refusal
from actions.documents.attach_document import attach_document
from actions.documents.describe_paper import describe_paper
from actions.documents.promise import say_cannot_get
from actions.meetings.meeting import end_meeting, record_outcome, start_meeting, tick
from actions.meetings.visits import arrive
from applications.facts import Actor
from applications.models import Application, Person, Requirement
from checklists.situation import EMPTY
from extensions import db
from offices import queries as offices
from seeds.demo_house import House
from uploads.intake import Limits

NAMES = ("Lucía Fernández García", "Jean-Baptiste Nguyễn", "Zofia Wiśniewska", "Matteo D'Angelo", "Ingrid Þórsdóttir",
         "João da Silva e Souza", "Anneliese Müller-Lüdenscheidt", "Oksana Шевченко", "Ólafur Jónsson", "Marie Curie",
         "Andreas Papadopoulos", "Réka Szabó")
_numbers = itertools.count()


class DemoFile:
    """One file on its way, step by step, at a time that passes."""

    def __init__(self, house: House, now: datetime, *, office: str = "copenhagen", municipality: str = "copenhagen"):
        self.house, self.now, self.office = house, now, office
        self.clerk = house.staff["otto" if office == "roskilde" else "clara"]
        number = next(_numbers)
        self.name = NAMES[number % len(NAMES)]
        self.email = f"demo{number + 1}@example.org"
        self.municipality = municipality
        self.moves_on = (now + timedelta(days=3)).date()
        self.id, self.grant_id = self._start()
        self.actor = Actor("applicant", self.grant_id)

    def _start(self) -> tuple[int, int]:
        answers = {"stay_months": 24, "special_track": "none", "municipality": self.municipality,
                   "children_move": False, "applicant.citizenship": ["ES"]}
        made = start_application(checklist="dk-cpr", answers=answers, language="en", email=self.email, topic="study",
                                 municipality=self.municipality, actor=Actor("applicant"), now=self.now)
        return made["id"], made["grant_id"]

    @property
    def lead(self) -> int:
        return db.session.scalar(select(Person.id).where(Person.application_id == self.id))

    def rows(self) -> dict[str, Requirement]:
        db.session.rollback()
        return {r.item_id: r for r in db.session.scalars(
            select(Requirement).where(Requirement.application_id == self.id))}

    def answers(self) -> DemoFile:
        day = self.moves_on.isoformat()
        about = {"full_name": self.name, "sex": "female", "birth_date": "1998-03-14", "birth_place": "Valencia, Spain",
                 "ground": "study", "civil_status": "unmarried", "last_country": "ES",
                 "last_address": "Calle Mayor 1, Valencia", "earlier_number": "no_never", "lived_in_denmark": False,
                 "has_eu_document": "have_it"}
        of_file = {"moving_date": day, "address": "Nørrebrogade 20, 2200 København N", "address_from": day,
                   "care_of": False, "partner_moves": False}
        save_answers(self.id, {**{(None, k): v for k, v in of_file.items()},
                               **{(self.lead, k): v for k, v in about.items()}}, actor=self.actor, now=self.now)
        return self

    def papers(self, *, without: str | None = None) -> DemoFile:
        self.paper("proof_of_address", None, "rental_contract", {"from": self.moves_on.isoformat(), "until": EMPTY})
        self.paper("eu_residence_document", self.lead, None,
                   {"issued_on": (self.now - timedelta(days=20)).date().isoformat()})
        if without:
            say_cannot_get(self.id, self.rows()[without].id, told="It is at the embassy to be renewed.",
                           actor=self.actor, now=self.now)
        else:
            self.passport()
        return self

    def passport(self) -> DemoFile:
        return self.paper("passport", self.lead, "passport", {"expires_on": "2031-05-01", "shows_birth_place": True})

    def paper(self, document: str, person: int | None, choice: str | None, facts: dict[str, Any]) -> DemoFile:
        describe_paper(self.id, person, document, choice=choice, facts=facts, actor=self.actor, now=self.now)
        attach_document(self.id, self.rows()[document].id, io.BytesIO(picture_of(document, self.name)),
                        claimed_name=f"{document}.jpg", limits=Limits(), actor=self.actor, now=self.now)
        return self

    def sends(self) -> DemoFile:
        sign(self.id, self.lead, actor=self.actor, now=self.now)
        submit(self.id, actor=self.actor, now=self.now)
        return self

    def after(self, **span: float) -> DemoFile:
        self.now += timedelta(**span)
        return self

    def judged(self, *, refuse: dict[str, list[str]] | None = None) -> DemoFile:
        for item, row in self.rows().items():
            codes = (refuse or {}).get(item)
            if row.status in ("sent", "recheck") or (codes and row.status == "cannot_get"):
                judge_document(self.id, row.id, verdict="refused" if codes else "accepted", reason_codes=codes,
                               seen_hash=row.document_hash, seen_verdict_id=row.current_verdict_id, actor=self.clerk,
                               now=self.now)
        return self

    def asked(self) -> DemoFile:
        ask_applicant(self.id, actor=self.clerk, now=self.now)
        return self

    def replies(self) -> DemoFile:
        self.passport()
        send_answers(self.id, actor=self.actor, now=self.now)
        return self

    def books(self, starts_at: datetime) -> DemoFile:
        book_appointment(self.id, starts_at, actor=self.actor, now=self.now)
        return self

    def meets(self) -> DemoFile:
        desk, office_id = self.house.staff["dora"], self.house.offices[self.office]
        arrive(self.id, office_id=office_id, actor=desk, now=self.now)
        start_meeting(self.id, office_id=office_id, actor=desk, now=self.now)
        return self

    def gets_number(self) -> DemoFile:
        desk, lead = self.house.staff["dora"], self.lead
        tick(self.id, person_id=lead, identity=True, requirement_ids=[r.id for r in self.rows().values()], actor=desk,
             now=self.now)
        record_outcome(self.id, lead, outcome="issued", number="140398-1234", actor=desk, now=self.now)
        end_meeting(self.id, actor=desk, now=self.after(minutes=9).now)
        return self


def make(house: House, now: datetime) -> dict[str, str]:
    """Returns stage -> reference of one file in it."""
    for build in _BUILDERS:
        build(house, now)
    db.session.rollback()
    rows = db.session.execute(select(Application.stage, Application.reference).order_by(Application.id))
    found: dict[str, str] = {}
    for stage, reference in rows:
        found.setdefault(stage, reference)
    return found


def _draft(house: House, now: datetime) -> None:
    DemoFile(house, now - timedelta(days=1)).answers()


def _submitted(house: House, now: datetime) -> None:
    for hours, municipality in ((70, "frederiksberg"), (26, "copenhagen"), (3, "copenhagen")):
        DemoFile(house, now - timedelta(hours=hours), municipality=municipality).answers().papers().sends()
    DemoFile(house, now - timedelta(hours=30), office="roskilde", municipality="roskilde").answers().papers().sends()


def _waiting(house: House, now: datetime) -> None:
    file = DemoFile(house, now - timedelta(days=4)).answers().papers(without="passport").sends()
    file.after(days=1).judged(refuse={"passport": ["unreadable"]}).asked()


def _in_review(house: House, now: datetime) -> None:
    file = DemoFile(house, now - timedelta(days=6)).answers().papers().sends()
    file.after(days=1).judged(refuse={"passport": ["cut_off"]}).asked().after(days=2).replies()


def _complete(house: House, now: datetime) -> None:
    DemoFile(house, now - timedelta(days=5)).answers().papers().sends().after(days=2).judged()


def _booked(house: House, now: datetime) -> None:
    for number in (0, 3):
        file = DemoFile(house, now - timedelta(days=5)).answers().papers().sends().after(days=2).judged()
        file.books(free_start(house, now + timedelta(days=4), number))


def _in_meeting(house: House, now: datetime) -> None:
    DemoFile(house, now - timedelta(days=8)).answers().papers().sends().after(days=2).judged().after(days=6).meets()


def _issued(house: House, now: datetime) -> None:
    file = DemoFile(house, now - timedelta(days=20)).answers().papers().sends().after(days=2).judged()
    file.after(days=6).meets().gets_number()


def _refused(house: House, now: datetime) -> None:
    file = DemoFile(house, now - timedelta(days=15)).answers().papers().sends().after(days=2)
    decision = propose_refusal(file.id, file.lead, reason_codes=["no_lawful_stay"], why="The stay is too short.",
                               actor=house.staff["clara"], now=file.now)
    confirm_decision(file.id, decision, actor=house.staff["carl"], now=file.after(hours=5).now)


def _withdrawn(house: House, now: datetime) -> None:
    file = DemoFile(house, now - timedelta(days=9)).answers()
    withdraw(file.id, confirmed=True, actor=file.actor, now=file.after(days=1).now)


_BUILDERS: tuple[Callable[[House, datetime], None], ...] = (
    _draft, _submitted, _waiting, _in_review, _complete, _booked, _issued, _in_meeting, _refused, _withdrawn)


def free_start(house: House, after: datetime, number: int) -> datetime:
    """The start of the nth block of the first open day from then on."""
    calendar = offices.calendar_of(db.session, house.offices["copenhagen"])
    day = calendar.next_open_day(calendar.day_of(after))
    return calendar.spans_of(day)[0].opens_at + timedelta(minutes=20 * number)


def _in_plain_letters(name: str) -> str:
    """The font that is at hand knows no others: M\u00fcller becomes Muller, other scripts are left out."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


def picture_of(document: str, name: str) -> bytes:
    """A drawn paper, so that the pages of the house have something to show. It looks like no real document."""
    size = {"passport": (1250, 880)}.get(document, (1000, 1400))
    image = Image.new("RGB", size, (250, 248, 240))
    pen = ImageDraw.Draw(image)
    pen.rectangle((30, 30, size[0] - 30, size[1] - 30), outline=(18, 38, 58), width=4)
    pen.text((80, 80), f"SPECIMEN  {document.replace('_', ' ').upper()}", fill=(15, 110, 132), font_size=44)
    pen.text((80, 180), _in_plain_letters(name), fill=(18, 38, 58), font_size=36)
    for line in range(12):
        end = size[0] - 90 - (line * 67 % 240)
        pen.line((80, 280 + line * 44, end, 280 + line * 44), fill=(150, 160, 170), width=8)
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=80)
    return kept.getvalue()
