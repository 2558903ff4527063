"""Everything of one file, each table read once and only when somebody asks; rows that are added are seen at once.

Without it every effect would ask the database again for what the effect before it has just written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

import clock
from accounts.models import AccessGrant
from applications.models import (
    Answer,
    Application,
    ClockSegment,
    Deadline,
    Decision,
    Document,
    DocumentServes,
    Flag,
    Paper,
    Person,
    Requirement,
)
from appointments.models import Appointment
from checklists import library
from consultations.models import Consultation, ConsultationItem
from offices.models import Municipality, Office
from uploads.models import Upload
from visits.models import Meeting, MeetingPerson, Visit

if TYPE_CHECKING:
    from applications.deadlines import OfficeCalendar
    from checklists.library import Definition

T = TypeVar("T")
_OPEN_ITEMS = ("unsent", "asked", "answered")
DEFAULT_ZONE = "Europe/Copenhagen"

# What a file that was never sent cannot have: not asked for, so that saving an answer stays cheap.
_ONLY_AFTER_SENDING = frozenset({
    Appointment, Consultation, ConsultationItem, Decision, Meeting, MeetingPerson, ClockSegment,
})

_WHICH: dict[type, Callable[[Any], Any]] = {
    Answer: lambda file: (Answer.application_id == file) & Answer.superseded_at.is_(None),
    Appointment: lambda file: (Appointment.application_id == file),
    Consultation: lambda file: (Consultation.application_id == file) & Consultation.closed_at.is_(None),
    ConsultationItem: lambda file: (ConsultationItem.application_id == file)
    & ConsultationItem.status.in_(_OPEN_ITEMS),
    Deadline: lambda file: (Deadline.application_id == file) & Deadline.done_at.is_(None),
    Decision: lambda file: (Decision.application_id == file),
    Document: lambda file: (Document.application_id == file) & (Document.status != "dropped"),
    Flag: lambda file: (Flag.application_id == file) & Flag.closed_at.is_(None),
    Meeting: lambda file: (Meeting.application_id == file) & Meeting.ended_at.is_(None),
    Visit: lambda file: (Visit.application_id == file) & Visit.left_at.is_(None),
    AccessGrant: lambda file: (AccessGrant.application_id == file) & AccessGrant.ended_at.is_(None),
}
# The same in memory, for rows that were changed since they were read.
CURRENT: dict[type, Callable[[Any], bool]] = {
    Answer: lambda row: row.superseded_at is None,
    Consultation: lambda row: row.closed_at is None,
    ConsultationItem: lambda row: row.status in _OPEN_ITEMS,
    Deadline: lambda row: row.done_at is None,
    Document: lambda row: row.status != "dropped",
    Flag: lambda row: row.closed_at is None,
    Meeting: lambda row: row.ended_at is None,
    Visit: lambda row: row.left_at is None,
}


@cache
def _question(model: Any) -> Select[Any]:
    """Made once: putting a statement together and naming it costs more than the database takes to answer it."""
    if model is MeetingPerson:
        chosen = MeetingPerson.meeting_id == bindparam("meeting")
    elif model is DocumentServes:
        chosen = DocumentServes.document_id.in_(bindparam("documents", expanding=True))
    elif model in _WHICH:
        chosen = _WHICH[model](bindparam("file"))
    else:
        chosen = model.application_id == bindparam("file")
    return select(model).where(chosen).order_by(*model.__table__.primary_key.columns)


class Dossier:
    """rows(Model): the file's rows of a table (open or current ones where the table keeps a history)."""

    def __init__(
        self, session: Session, file: Application, *, services: Any, now: datetime,
        seen_before: Mapping[type, list[Any]] = MappingProxyType({}),
    ) -> None:
        self.session = session
        self.seen_before = seen_before  # rows of this very version of the file, kept by actions/kept.py
        self.file = file
        self.services = services
        self.now = now
        self.steps: list[Any] = []
        self.version_moved = False
        self.calendar: OfficeCalendar | None = None  # filled by actions/timers.py when a deadline needs it
        self._rows: dict[type, list[Any]] = {}
        self.is_new = file.id is None

    def rows(self, model: type[T]) -> list[T]:
        if model not in self._rows:
            self._rows[model] = self._first(model)
        return self._rows[model]

    def _first(self, model: Any) -> list[Any]:
        if self.is_new or (self.file.state == "draft" and model in _ONLY_AFTER_SENDING):
            return []
        if model in self.seen_before:
            # Copies: the kept rows are shared with pages that are being shown at this moment.
            return [self.session.merge(row, load=False) for row in self.seen_before[model]]
        return self._load(model)

    def _load(self, model: Any) -> list[Any]:
        given: dict[str, Any] = {"file": self.file.id}
        if model is MeetingPerson:
            if not self.meeting:
                return []
            given = {"meeting": self.meeting.id}
        elif model is DocumentServes:
            given = {"documents": [document.id for document in self.rows(Document)]}
            if not given["documents"]:
                return []
        # Rows of this table that are new were added by add(), after the table was read: nothing waits to be found.
        with self.session.no_autoflush:
            return list(self.session.scalars(_question(model), given))

    def known(self) -> dict[type, list[Any]]:
        """The tables that were read so far, whole."""
        return self._rows

    def add(self, row: T, *, flush: bool = False) -> T:
        """Add a row to the transaction and to what is known. flush: when its id is needed at once."""
        known = self.rows(type(row))
        self.session.add(row)
        known.append(row)
        if flush:
            self.session.flush()
        return row

    def flush_new(self) -> None:
        """Give rows their ids if there are new ones. What only changed waits, so that it is written once."""
        if self.session.new:
            self.session.flush()

    # --- short names -----------------------------------------------------------------------------------------

    def person(self, person_id: int | None) -> Person | None:
        return next((p for p in self.rows(Person) if p.id == person_id), None)

    def requirement(self, requirement_id: int) -> Requirement | None:
        return next((r for r in self.rows(Requirement) if r.id == requirement_id), None)

    @property
    def lead(self) -> Person:
        return next(p for p in self.rows(Person) if p.role == "applicant" and p.left_at is None)

    @property
    def live_appointment(self) -> Appointment | None:
        return next((a for a in self.rows(Appointment) if a.status == "booked"), None)

    @property
    def meeting(self) -> Meeting | None:
        return next((m for m in self.rows(Meeting) if m.ended_at is None), None)

    @property
    def visit(self) -> Visit | None:
        return next((v for v in self.rows(Visit) if v.left_at is None), None)

    @property
    def consultation(self) -> Consultation | None:
        return next((c for c in self.rows(Consultation) if c.closed_at is None), None)

    def flag(self, kind: str) -> Flag | None:
        return next((f for f in self.rows(Flag) if f.kind == kind and f.closed_at is None), None)

    def paper(self, person_id: int | None, document_id: str) -> Paper | None:
        papers = self.rows(Paper)
        return next((p for p in papers if (p.person_id, p.document_id) == (person_id, document_id)), None)

    def document_of(self, requirement_id: int, status: str = "gathering") -> Document | None:
        """The document in this status that serves the requirement."""
        serving = {s.document_id for s in self.rows(DocumentServes) if s.requirement_id == requirement_id}
        return next((d for d in self.rows(Document) if d.id in serving and d.status == status), None)

    def uploads_of(self, document: Document) -> list[Upload]:
        return sorted((u for u in self.rows(Upload) if u.document_id == document.id), key=lambda u: u.position)

    @cached_property
    def office(self) -> Office | None:
        return self.session.get(Office, self.file.office_id) if self.file.office_id else None

    @cached_property
    def municipality_code(self) -> str | None:
        if self.file.municipality_id is None:
            return None
        found = self.session.get(Municipality, self.file.municipality_id)
        return found.code if found else None

    @property
    def zone(self) -> str:
        return self.office.zone if self.office else DEFAULT_ZONE

    @cached_property
    def definition(self) -> Definition:
        return library.get(self.file.checklist, self.file.checklist_version)

    @property
    def today(self) -> date:
        """The day it is at the file's office."""
        return clock.day_in(self.zone, self.now)

    def forget(self, *models: type) -> None:
        """Read these tables again when they are next asked for."""
        for model in models:
            self._rows.pop(model, None)
