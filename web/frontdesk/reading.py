"""One file as the desk needs it with a person in front of it, in few statements. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from flask import abort, g

import clock
import i18n
from actions.errors import NotAllowed
from applications.models import Answer, Application, Person, Requirement
from appointments.models import Appointment
from checklists import library
from checklists.definition import Definition
from checklists.situation import EMPTY, NOT_SURE
from extensions import db, services
from offices.calendar import instant_of
from offices.models import Office
from visits import queries
from visits.models import Meeting, MeetingPerson, Visit
from web.frontdesk import saying
from web.frontdesk.blueprint import DESK_ROLES
from web.words import all_words

NOT_READY = frozenset({"missing", "sent", "recheck", "refused", "cannot_get"})
DEFAULT_ZONE = "Europe/Copenhagen"


@dataclass(frozen=True, slots=True)
class Paper:
    """Something to be seen at the desk. kind: promised, original, bring, attends or judged (nothing to see)."""

    id: int
    name: str
    kind: str
    status: str
    optional: bool
    seen: bool
    person_id: int | None

    @property
    def status_words(self) -> str | None:
        return saying.STATUS.get(self.status) if self.status in NOT_READY or self.status == "promised" else None


@dataclass
class Guest:
    """A person on the file. met: she takes part in the meeting. faults: why her outcome was not taken."""

    person: Person
    name: str
    here: MeetingPerson | None
    birth: Answer | None
    papers: list[Paper] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.person.id

    @property
    def outcome(self) -> str | None:
        return self.here.outcome if self.here else None

    @property
    def settled(self) -> bool:
        """Nothing more can be recorded for her now."""
        return self.outcome in ("issued", "proposed", "withdrawn") or self.person.outcome != "pending"

    @property
    def confirms(self) -> frozenset[str]:
        return frozenset((self.here.ticks or {}).get("confirms", ())) if self.here else frozenset()


@dataclass
class Brief:
    file: Application
    office: Office | None
    municipality: str | None
    visit: Visit | None
    appointment: Appointment | None
    meeting: Meeting | None
    officer: str | None
    people: list[Guest]
    papers: list[Paper]
    remarks: list[tuple[str, str, datetime]]
    now: datetime

    @cached_property
    def definition(self) -> Definition:
        return library.get(self.file.checklist, self.file.checklist_version)

    @property
    def zone(self) -> str:
        return self.office.zone if self.office else DEFAULT_ZONE

    @property
    def today(self) -> date:
        return clock.day_in(self.zone, self.now)

    @property
    def may_be_met(self) -> bool:
        """Whether a meeting on this file can lead to anything."""
        return self.file.state == "open"

    @property
    def in_meeting(self) -> bool:
        return self.meeting is not None and self.meeting.ended_at is None

    @property
    def lead(self) -> Guest:
        return next((guest for guest in self.people if guest.person.role == "applicant"), self.people[0])

    @property
    def of_file(self) -> list[Paper]:
        return [paper for paper in self.papers if paper.person_id is None]

    @property
    def not_ready(self) -> list[Paper]:
        return [p for p in self.papers if p.status in NOT_READY and not p.optional and p.kind in ("judged", "original")]

    @property
    def live(self) -> Appointment | None:
        return self.appointment if self.appointment and self.appointment.status == "booked" else None

    @property
    def live_is_today(self) -> bool:
        return self.live is not None and clock.day_in(self.live.zone, self.live.starts_at) == self.today

    @property
    def missed_today(self) -> bool:
        missed = self.appointment
        return bool(missed and missed.status == "no_show" and clock.day_in(missed.zone, missed.starts_at) == self.today)

    @property
    def minutes(self) -> int | None:
        """Measured: of the meeting that runs, or of the newest one."""
        if self.meeting is None:
            return None
        return saying.minutes_between(self.meeting.started_at, self.meeting.ended_at or self.now)

    @property
    def ended_today(self) -> bool:
        ended = self.meeting.ended_at if self.meeting else None
        return bool(ended and clock.day_in(self.zone, ended) == self.today)

    @property
    def confirms(self) -> list[str]:
        """What is ticked per person besides identity and originals, which have their own ticks."""
        return [code for code in self.definition.meeting.confirm if code not in ("identity", "originals")]

    def item_name(self, item: str) -> str:
        return saying.item_name(self.definition, item)

    def guest(self, person_id: int) -> Guest | None:
        return next((guest for guest in self.people if guest.id == person_id), None)

    def flags(self) -> list[str]:
        said = [str(saying.FLAGS[kind]) for kind, _text, _at in self.remarks if kind in saying.FLAGS]
        for rule, key in (self.file.rules or {}).get("flags", ()):
            guest = self.guest(int(key)) if key else None
            said.append(saying.rule_words(self.definition, rule, guest.person if guest else None) or "")
        return [each for each in dict.fromkeys(said) if each]

    def note(self) -> str | None:
        return next((text for kind, text, _at in self.remarks if kind == "note"), None)


def brief_here() -> Brief:
    """The file that the guard let this person open."""
    session = db.session()
    file, office, municipality, visit = queries.head_of(session, g.application_id)
    definition = library.get(file.checklist, file.checklist_version)
    everybody = queries.people_of(session, file.id)
    people = [_guest(definition, *row) for row in everybody if row[0].role in definition.applying]
    parties = {row[0].id for row in everybody if row[0].role not in definition.applying}
    papers = [_paper(definition, row, parties) for row in queries.papers_of(session, file.id) if row.status != "waived"]
    for guest in people:
        guest.papers = [paper for paper in papers if paper.person_id == guest.id]
    meeting = queries.meeting_of(session, file.id)
    return Brief(file, office, municipality, visit, queries.appointment_of(session, file.id),
                 meeting[0] if meeting else None, meeting[1] if meeting else None, people, papers,
                 queries.remarks_of(session, file.id), clock.now())


def _guest(definition: Definition, person: Person, here: MeetingPerson | None, birth: Answer | None) -> Guest:
    return Guest(person, saying.person_name(definition, person), here, birth)


def _paper(definition: Definition, row: Requirement, parties: set[int]) -> Paper:
    """parties: who gives papers and gets no number; their papers are shown with the file's own."""
    terms = row.terms or {}
    kind = "judged"
    for name, holds in (("attends", terms.get("attends")), ("promised", row.status == "promised"),
                        ("bring", terms.get("sent_as") == "bring"), ("original", terms.get("original"))):
        if holds:
            kind = name
            break
    return Paper(row.id, saying.paper_name(definition, row), kind, row.status, bool(terms.get("optional")),
                 row.seen_at_desk_at is not None, None if row.person_id in parties else row.person_id)


def birth_on(guest: Guest) -> date | None:
    """The day of birth as the file has it; None when nobody said or nobody can read it."""
    value: Any = guest.birth.value if guest.birth else None
    if isinstance(value, dict):
        value = services().sealer.open(value["s"]) if "s" in value else value.get("v")
    if not isinstance(value, str) or value in (NOT_SURE, EMPTY):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def language_words(code: str) -> str:
    return i18n.own_name(code)


# --- the day ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Day:
    """One office's day in the order in which the desk needs it."""

    office: Office
    offices: list[Office]
    day_on: date
    now: datetime
    here: list[queries.Present]
    soon: list[queries.Booked]
    later: list[queries.Booked]
    over: list[queries.Booked]

    @property
    def waiting(self) -> list[queries.Present]:
        return [each for each in self.here if each.meeting_since_at is None]

    @property
    def next(self) -> queries.Present | None:
        """Who is called next: the longest wait of somebody with a file."""
        return next((each for each in self.waiting if each.reference), None)


SOON = timedelta(minutes=60)


def day_of(wanted_office: int | None) -> Day:
    """An office where this person sits at the desk, her first one unless she asks for another; else 404."""
    session, now = db.session(), clock.now()
    mine = queries.offices_of(session, g.staff.offices(*DESK_ROLES))
    office = next((each for each in mine if wanted_office in (None, each.id)), None)
    if office is None:
        abort(404)
    day_on = clock.day_in(office.zone, now)
    begins_at, ends_at = (instant_of(day, "00:00", office.zone) for day in (day_on, day_on + timedelta(days=1)))
    booked = queries.booked_between(session, g.places, office.id, begins_at, ends_at)
    open_ones = [each for each in booked if each.status == "booked" and each.visit_id is None]
    return Day(
        office, mine, day_on, now, queries.in_the_house(session, g.places, office.id),
        soon=[each for each in open_ones if each.starts_at <= now + SOON],
        later=[each for each in open_ones if each.starts_at > now + SOON],
        over=[each for each in booked if each.status != "booked"],
    )



def desk_office() -> int:
    """Where this file is met: at the office of its booked time, if this person sits at the desk there, else its own."""
    booked_at = queries.office_of_meeting(db.session(), g.application_id)
    return booked_at if booked_at in g.staff.offices(*DESK_ROLES) else g.file.office_id


# --- visits without a file ----------------------------------------------------------------------------------------


def my_offices() -> list[Office]:
    return queries.offices_of(db.session(), g.staff.offices(*DESK_ROLES))


def visit_without_file(visit_id: int | None) -> Visit | None:
    """An open one in a house where this person sits at the desk."""
    if visit_id is None:
        return None
    return queries.open_visit(db.session(), visit_id, g.staff.offices(*DESK_ROLES))


def zone_of(office_id: int) -> str:
    return next((office.zone for office in my_offices() if office.id == office_id), DEFAULT_ZONE)


def waited(visit: Visit) -> int:
    return saying.minutes_between(visit.arrived_at, clock.now())


def reasons(refused: NotAllowed | None, item_name: Any = None) -> list[str]:
    return all_words(refused.refusals, "staff", item_name) if refused else []
