"""What happened in a span of time, for the lead: how many files a day, why papers are refused, and which files it was.

Each function is one statement. A number counts files, so that the list behind it is as long as the number says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, and_, case, cast, func, select
from sqlalchemy.orm import Session

from accounts.scope import Place, within
from applications import worklists
from applications.models import Application, Requirement, StateChange, Verdict

_OVER = ("issued", "refused", "lapsed", "withdrawn")
# Which change of stage is meant; all of them are changes, as the partial index wants.
_REACHED: dict[str, ColumnElement[bool]] = {
    "sent": StateChange.event == "submit",
    "asked": StateChange.new_stage == "waiting_for_applicant",
    "complete": and_(StateChange.new_stage == "complete", StateChange.old_stage.not_in(("booked", "in_meeting"))),
    "closed": StateChange.new_stage.in_(_OVER),
}
KINDS = tuple(_REACHED)
LIST_ROWS = 50


@dataclass(frozen=True, slots=True)
class Span:
    """since included, until not."""

    since: datetime
    until: datetime


def per_span(session: Session, places: Iterable[Place], spans: Sequence[Span]) -> dict[str, list[int]]:
    """kind -> files in each span. spans: one after the other, without gaps, oldest first."""
    number = case(*((StateChange.at < span.until, n) for n, span in enumerate(spans)))
    counted = [func.count(case((reached, StateChange.application_id)).distinct()) for reached in _REACHED.values()]
    rows = session.execute(
        select(number, *counted).join(Application, Application.id == StateChange.application_id)
        .where(*_changed(Span(spans[0].since, spans[-1].until)), *_here(places)).group_by(number)
    )
    found = {kind: [0] * len(spans) for kind in KINDS}
    for n, *numbers in rows:
        for kind, counted_now in zip(KINDS, numbers, strict=True):
            found[kind][n] = counted_now
    return found


@dataclass(frozen=True, slots=True)
class Cause:
    """Why papers were refused. item: of the checklist; files: on how many."""

    checklist: str
    version: str
    origin: str
    item: str
    reason: str
    files: int


def causes(session: Session, places: Iterable[Place], span: Span) -> list[Cause]:
    """Most frequent first. Refused twice on the same file counts once."""
    rows = session.execute(
        select(Verdict.application_id, Requirement.origin, Requirement.item_id, Verdict.reason_codes,
               Application.checklist, Application.checklist_version)
        .join(Requirement, Requirement.id == Verdict.requirement_id)
        .join(Application, Application.id == Verdict.application_id).where(*_refused(span), *_here(places))
    )
    files: dict[tuple[str, str, str, str], set[int]] = defaultdict(set)
    versions: dict[tuple[str, str, str, str], str] = {}
    for file_id, origin, item, codes, checklist, version in rows:
        for code in codes or ():
            key = (checklist, origin, item if origin == "rule" else "", code)
            files[key].add(file_id)
            versions[key] = max(version, versions.get(key, ""))
    found = [Cause(key[0], versions[key], *key[1:], len(ids)) for key, ids in files.items()]
    return sorted(found, key=lambda cause: (-cause.files, cause.item, cause.reason))


def files_that(session: Session, places: Iterable[Place], kind: str, span: Span, *, before: int | None = None,
               ) -> list[worklists.Row]:
    """The files behind a number of per_span(), newest first; one more than a page, to know whether it goes on."""
    ids = select(StateChange.application_id).where(*_changed(span), _REACHED[kind])
    return _listed(session, places, Application.id.in_(ids), before)


def refused_files(session: Session, places: Iterable[Place], span: Span, cause: tuple[str, str, str, str], *,
                  before: int | None = None) -> list[worklists.Row]:
    """The files behind a number of causes(). cause: checklist, origin, item ("" for staff's own), reason."""
    checklist, origin, item, reason = cause
    ids = (select(Verdict.application_id).join(Requirement, Requirement.id == Verdict.requirement_id)
           .where(*_refused(span), Requirement.origin == origin,
                  # The list of codes is kept as JSON text: a code stands in it between quotes.
                  cast(Verdict.reason_codes, String).contains(f'"{reason}"', autoescape=True)))
    if item:
        ids = ids.where(Requirement.item_id == item)
    return _listed(session, places, and_(Application.checklist == checklist, Application.id.in_(ids)), before)


def _listed(session: Session, places: Iterable[Place], wanted: ColumnElement[bool], before: int | None,
            ) -> list[worklists.Row]:
    query = worklists.file_rows().where(wanted, *_here(places)).order_by(Application.id.desc()).limit(LIST_ROWS + 1)
    if before is not None:
        query = query.where(Application.id < before)
    return [worklists.Row(*row) for row in session.execute(query)]


def _changed(span: Span) -> tuple[ColumnElement[bool], ...]:
    return (StateChange.new_stage != StateChange.old_stage, StateChange.at >= span.since, StateChange.at < span.until)


def _refused(span: Span) -> tuple[ColumnElement[bool], ...]:
    return (Verdict.kind == "refused", Verdict.at >= span.since, Verdict.at < span.until)


def _here(places: Iterable[Place]) -> tuple[ColumnElement[bool], ...]:
    return (Application.erased_at.is_(None), within(places, Application.office_id, Application.municipality_id))
