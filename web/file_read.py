"""The file of who asks, read for a page: rows once each, and what the rules say about them. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flask import abort, g

import clock
from actions.kept import DossierOfPage, dossier_of_page
from actions.situation import situation_of
from applications import queries
from applications.models import Deadline, Person, Requirement
from checklists import rules
from checklists.definition import Definition
from checklists.situation import Paper as PaperSaid
from checklists.situation import Situation
from checklists.worked_out import Demand, WorkedOut
from extensions import db, services
from web import language

IN = frozenset({"sent", "recheck", "accepted", "waived", "promised", "cannot_get"})
WITH_US = frozenset({"sent", "recheck", "accepted", "waived"})


@dataclass
class FileRead:
    """dossier: for reading only; its rows are loaded when a page first asks for them."""

    dossier: DossierOfPage
    language: str

    @property
    def definition(self) -> Definition:
        return self.dossier.definition

    @property
    def file(self) -> Any:
        return self.dossier.file

    @property
    def is_draft(self) -> bool:
        return self.file.state == "draft"

    @cached_property
    def situation(self) -> Situation:
        return self.dossier.worked(("situation", self.dossier.today), lambda: situation_of(self.dossier))

    @cached_property
    def found(self) -> WorkedOut:
        return self.dossier.worked(
            ("found", self.dossier.today), lambda: rules.work_out(self.definition, self.situation)
        )

    @cached_property
    def people(self) -> dict[str, Person]:
        """By key of the situation, without who has left."""
        return {str(p.id): p for p in self.dossier.rows(Person) if p.left_at is None}

    @cached_property
    def requirements(self) -> dict[tuple[str | None, str], Requirement]:
        """By person key and item, without what is not needed any more."""
        rows = (r for r in self.dossier.rows(Requirement) if r.status != "not_needed")
        return {(None if r.person_id is None else str(r.person_id), r.item_id): r for r in rows}

    def rows_of(self, demand: Demand) -> list[Requirement]:
        found = (self.requirements.get((demand.person, item)) for item in demand.items)
        return [row for row in found if row is not None]

    def demand_of(self, requirement: Requirement) -> Demand | None:
        key = None if requirement.person_id is None else str(requirement.person_id)
        return self.found.demand(key, requirement.item_id)

    def is_in(self, demand: Demand) -> bool:
        """Everything the sender owes for it is there, as far as she can do it from afar."""
        rows = self.rows_of(demand)
        if demand.attends or demand.sent_as == "bring":
            return True
        settled = all(r.status in WITH_US or r.status in ("promised", "cannot_get") for r in rows)
        return bool(rows) and (
            settled or (all(r.gathered or r.status in IN for r in rows) and not demand.missing_facts)
        )

    def due_on(self, kind: str) -> Any:
        row = next((d for d in self.dossier.rows(Deadline) if d.kind == kind and d.done_at is None), None)
        return row.due_on if row else None

    def pages(self, requirement_ids: list[int] | None = None) -> list[queries.SentPage]:
        return queries.pages_of(db.session(), self.file.id, requirement_ids)

    def overlaid(self, answers: dict[tuple[int | None, str], Any]) -> WorkedOut:
        """What the rules would say with these answers on top; nothing is kept."""
        return rules.work_out(self.definition, overlay(self.situation, answers))

    def overlaid_paper(self, person: str | None, document: str, choice: str) -> WorkedOut:
        """What the rules would say if this paper were of that kind; nothing is kept."""
        said = self.situation.papers.get((person, document)) or PaperSaid()
        papers = {**self.situation.papers, (person, document): replace(said, choice=choice)}
        return rules.work_out(self.definition, replace(self.situation, papers=papers))


def overlay(situation: Situation, answers: dict[tuple[int | None, str], Any]) -> Situation:
    own = {key: value for (owner, key), value in answers.items() if owner is None}
    people = tuple(
        replace(person, answers={**person.answers, **_of(person.key, answers)}) for person in situation.people
    )
    return replace(situation, answers={**situation.answers, **own}, people=people)


def _of(key: str, answers: dict[tuple[int | None, str], Any]) -> dict[str, Any]:
    return {question: value for (owner, question), value in answers.items() if owner is not None and str(owner) == key}


def file_here() -> FileRead:
    """The file that was got into (guards: applicant, system_file). Raises NotYours when it is gone."""
    dossier = dossier_of_page(db.session(), g.file.id, g.file.version, zone=g.file.zone, services=services(),
                              now=clock.now())
    return FileRead(dossier, language.code())


def requirement_here(read: FileRead, requirement_id: int) -> Requirement:
    """A paper of this file; anybody else's answers 404."""
    row = read.dossier.requirement(requirement_id)
    if row is None or row.kind != "document":
        abort(404)
    return row


def person_here(read: FileRead, person_id: int) -> Person:
    person = read.people.get(str(person_id))
    if person is None:
        abort(404)
    return person
