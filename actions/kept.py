"""Files as they were last read or written, kept in this process until their version moves on.

Whoever sends a form has just seen the page before it, so the file's rows are mostly here already. Only rows of tables
that never change without the file's version are kept (a unit holds itself to that), and they count only for the
version that the database told in the same transaction: for a unit, under its lock. Rows are kept detached, shared by
all threads and never written to.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from actions.dossier import CURRENT, Dossier
from actions.errors import NotYours
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
    SearchWord,
)
from appointments.models import Appointment
from consultations.models import Consultation, ConsultationItem
from visits.models import Meeting, Visit

T = TypeVar("T")
FILES_MAX = 64
# Not pages of papers (a worker makes their pictures), and not who may get in.
KEPT = frozenset({
    Answer, Appointment, ClockSegment, Consultation, ConsultationItem, Deadline, Decision, Document, DocumentServes,
    Flag, Meeting, Paper, Person, Requirement, SearchWord, Visit,
})


@dataclass
class Kept:
    """One version of one file. worked: what a page worked out from the rows, by a name that it chooses."""

    version: int
    file: Application
    rows: dict[type, list[Any]] = field(default_factory=dict)
    worked: dict[Any, Any] = field(default_factory=dict)


class Memory:
    """The files last seen, at most files_max of them."""

    def __init__(self, files_max: int = FILES_MAX) -> None:
        self.files_max = files_max
        self._files: OrderedDict[int, Kept] = OrderedDict()
        self._lock = Lock()

    def find(self, application_id: int, version: int, *, or_newer: bool = False) -> Kept | None:
        """or_newer: for a page, which may show what came after it was asked for."""
        with self._lock:
            found = self._files.get(application_id)
            if found is None or found.version < version or (found.version > version and not or_newer):
                return None
            self._files.move_to_end(application_id)
            return found

    def keep(self, application_id: int, kept: Kept) -> None:
        """The newer version stays, whoever comes last."""
        with self._lock:
            before = self._files.get(application_id)
            if before is not None and before.version > kept.version:
                return
            self._files[application_id] = kept
            self._files.move_to_end(application_id)
            while len(self._files) > self.files_max:
                self._files.popitem(last=False)

    def forget(self, application_id: int) -> None:
        with self._lock:
            self._files.pop(application_id, None)


class DossierOfPage(Dossier):
    """A dossier for reading only. What several requests may share stands in kept; the rest is this request's own."""

    def __init__(self, session: Session, kept: Kept, *, zone: str | None, **given: Any) -> None:
        super().__init__(session, kept.file, **given)
        self.kept = kept
        self._zone = zone
        self._unseen: set[type] = set()

    @property
    def zone(self) -> str:
        return self._zone or super().zone

    def rows(self, model: type[Any]) -> list[Any]:
        if model in self._unseen:
            return []
        if model not in KEPT:
            return super().rows(model)
        if model not in self.kept.rows:
            self.kept.rows[model] = _detached(self.session, super().rows(model))
        return self.kept.rows[model]

    def worked(self, name: Any, work_out: Callable[[], T]) -> T:
        """What follows from kept rows alone (and from what the name says, such as the day): worked out once."""
        if name not in self.kept.worked:
            self.kept.worked[name] = work_out()
        return self.kept.worked[name]

    def leave_out(self, *models: type) -> None:
        """A question that never looks at these tables need not load them."""
        self._unseen |= set(models)


def dossier_of_page(
    session: Session, application_id: int, version: int, *, zone: str | None, services: Any, now: datetime
) -> DossierOfPage:
    """The file in the version that the session's row just told. Raises NotYours when it is gone."""
    kept = services.memory.find(application_id, version, or_newer=True)
    if kept is None:
        file = session.get(Application, application_id)
        if file is None or file.erased_at is not None:
            raise NotYours
        kept = Kept(version, _detached(session, [file])[0])
        services.memory.keep(application_id, kept)
    return DossierOfPage(session, kept, zone=zone, services=services, now=now)


def after_writing(session: Session, dossier: Dossier) -> Kept:
    """What a unit that has committed knows about its file: complete tables, without what is no longer current."""
    rows = {
        model: _detached(session, [row for row in known if CURRENT.get(model, _always)(row)])
        for model, known in dossier.known().items() if model in KEPT
    }
    _detached(session, [dossier.file])
    return Kept(dossier.file.version, dossier.file, rows)


def _always(_row: Any) -> bool:
    return True


def _detached(session: Session, rows: list[Any]) -> list[Any]:
    """A row that stayed in a session would be emptied when that session is rolled back.

    What a new row left out is NULL by now; said, so that nobody asks the database for it.
    """
    for row in rows:
        if row in session:
            session.expunge(row)
        for name in _columns(type(row)) - row.__dict__.keys():
            set_committed_value(row, name, None)
    return rows


@cache
def _columns(model: type) -> frozenset[str]:
    return frozenset(attribute.key for attribute in inspect(model).column_attrs)
