"""One file read for a page of the back office: rows once each, and what the rules say. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import abort, g

import clock
from actions.dossier import Dossier
from actions.errors import NotYours
from actions.situation import situation_of
from applications import file_page
from applications.models import Paper, Person, Requirement
from checklists import rules
from checklists.definition import Definition
from checklists.worked_out import Demand, WorkedOut
from consultations import queries as consultations
from extensions import db, services
from web import language


@dataclass
class StaffRead:
    """dossier: for reading only; a table is read when a page first asks for it."""

    dossier: Dossier
    head: file_page.Head
    owed: consultations.Owed
    language: str

    @property
    def file(self) -> Any:
        return self.dossier.file

    @property
    def definition(self) -> Definition:
        return self.dossier.definition

    @cached_property
    def found(self) -> WorkedOut:
        return rules.work_out(self.definition, situation_of(self.dossier))

    @cached_property
    def people(self) -> dict[int, Person]:
        """By id, without who has left."""
        return {p.id: p for p in self.dossier.rows(Person) if p.left_at is None}

    @cached_property
    def requirements(self) -> list[Requirement]:
        """What is demanded now, in the checklist's order; staff's own last."""
        order = {(demand.person, item): number for number, demand in enumerate(self.found.demands)
                 for item in demand.items}
        rows = [r for r in self.owed.requirements if r.status != "not_needed" and r.person_id in (None, *self.people)]
        return sorted(rows, key=lambda r: (order.get((key_of(r.person_id), r.item_id), len(order)), r.id))

    @cached_property
    def log(self) -> list[file_page.Happened]:
        return file_page.log(db.session(), self.file.id)

    @cached_property
    def sheets(self) -> list[file_page.Sheet]:
        return file_page.sheets(db.session(), self.file.id)

    def demand_of(self, row: Requirement) -> Demand | None:
        return self.found.demand(key_of(row.person_id), row.item_id)

    def paper_of(self, row: Requirement) -> Paper | None:
        return self.dossier.paper(row.person_id, (row.terms or {}).get("document", row.item_id))

    def of(self, what: str) -> list[file_page.Happened]:
        return [one for one in self.log if one.what == what]


def key_of(person_id: int | None) -> str | None:
    return None if person_id is None else str(person_id)


def file_here() -> StaffRead:
    """The file of this address (guard: staff_file). Raises NotYours when it is gone."""
    head = file_page.head(db.session(), g.application_id)
    if head is None:
        raise NotYours
    dossier = Dossier(db.session(), head.file, services=services(), now=clock.now())
    dossier.__dict__["office"] = head.office
    owed = consultations.owed(db.session(), g.application_id)
    dossier._rows[Requirement] = owed.requirements
    return StaffRead(dossier, head, owed, language.code())


def requirement_here(read: StaffRead, requirement_id: int) -> Requirement:
    """A paper of this file; anybody else's answers 404."""
    row = next((r for r in read.owed.requirements if r.id == requirement_id), None)
    if row is None or row.kind != "document":
        abort(404)
    return row


def person_here(read: StaffRead, person_id: int) -> Person:
    if person_id not in read.people:
        abort(404)
    return read.people[person_id]
