"""One unit is one person doing one thing: one transaction, one lock on the file, one audit entry.

    @verb
    def submit(work, application_id, ...):
        file = work.lock(application_id)
        work.fire(file, "submit", ...)

is called submit(application_id, ..., actor=actor, now=now, key=key). key comes from the form: the same
key again gets the first answer back and does nothing, so that a double press or a retry is harmless.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import bindparam, event, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

import clock
from actions import kept, transitions, turns
from actions.doing import Doing
from actions.dossier import Dossier
from actions.errors import AlreadyDone, NotAllowed, NotYours, StaleApplication, UploadRefused
from actions.models import Idempotency
from applications import workflow
from applications.facts import Actor
from applications.models import Application
from audit import chain as audit_chain
from audit.models import AuditEntry
from extensions import db, services
from offices.models import Office

# Put together once. The office comes along, because every act asks which day it is there.
_LOCK = (
    select(Application, Office).outerjoin(Office, Office.id == Application.office_id)
    .where(Application.id == bindparam("file"))
    .with_for_update(of=Application).execution_options(populate_existing=True)
)
_AUDIT_HEAD = (
    select(AuditEntry.seq, AuditEntry.mac).where(AuditEntry.chain == bindparam("chain"))
    .order_by(AuditEntry.seq.desc()).limit(1)
)
P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Unit:
    session: Session
    actor: Actor
    now: datetime
    touched: dict[int, Dossier] = field(default_factory=dict)
    result: dict[str, Any] = field(default_factory=dict)
    heads: dict[str, tuple[int, str] | None] = field(default_factory=dict)  # the last entry of each audit chain

    def lock(self, application_id: int) -> Dossier:
        """Take the file's row before anything of the file is read. Raises NotYours if there is none."""
        if application_id in self.touched:
            return self.touched[application_id]
        found = self.session.execute(_LOCK, {"file": application_id}).first()
        if found is None or found.Application.erased_at is not None:
            raise NotYours
        row = found.Application
        seen = services().memory.find(row.id, row.version)
        dossier = self.open(row, seen_before=seen.rows if seen else {})
        dossier.__dict__["office"] = found.Office
        return dossier

    def open(self, file: Application, **more: Any) -> Dossier:
        dossier = Dossier(self.session, file, services=services(), now=self.now, **more)
        self.touched[file.id] = dossier
        return dossier

    def fire(self, dossier: Dossier, event: str, **given: Any) -> Doing:
        """Ask the workflow, then do what the event says. Raises NotAllowed with every reason."""
        doing = Doing(work=self, dossier=dossier, event=workflow.load().events[event], given=given)
        transitions.fire(doing)
        return doing

    def audit(self, chain: str, action: str, subject: str, details: dict[str, Any] | None = None) -> None:
        """chain: of a file whose row is locked, or another one, for which this unit stands in line now."""
        if chain not in self.heads:
            if not chain.startswith("file:"):
                turns.take(self.session, chain)
            with self.session.no_autoflush:
                head = self.session.execute(_AUDIT_HEAD, {"chain": chain}).first()
            self.heads[chain] = tuple(head) if head else None
        entry = audit_chain.next_entry(
            services().settings.audit_key, self.heads[chain], chain=chain, action=action, actor=str(self.actor),
            subject=subject, details=details or {}, at=self.now,
        )
        self.session.add(entry)
        self.heads[chain] = (entry.seq, entry.mac)

    def finish(self) -> None:
        for dossier in self.touched.values():
            transitions.finish(self, dossier)
        self.session.flush()
        files = {dossier.file.id: dossier for dossier in self.touched.values()}
        for file_id in self.session.info.pop("changed_files", set()):
            # Also where it was no event: what changed without the version, pages and acts would not see.
            if file_id not in files:
                raise RuntimeError("rows of a file were changed without its lock")
            if not files[file_id].version_moved:
                transitions.raise_version(self, files[file_id], by=1)

    def keep_for_pages(self) -> None:
        for dossier in self.touched.values():
            if dossier.version_moved and dossier.file.erased_at is None:
                services().memory.keep(dossier.file.id, kept.after_writing(self.session, dossier))
            else:
                services().memory.forget(dossier.file.id)

    def today(self, dossier: Dossier) -> date:
        return clock.day_in(dossier.zone, self.now)


@event.listens_for(Session, "after_flush")
def _note_changed_files(session: Session, _context: Any) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        file_id = row.id if type(row) is Application else getattr(row, "application_id", None)
        if file_id is not None and (type(row) in kept.KEPT or type(row) is Application):
            session.info.setdefault("changed_files", set()).add(file_id)


@contextmanager
def unit(actor: Actor, now: datetime | None = None, *, action: str = "", key: str | None = None) -> Iterator[Unit]:
    """The only place that commits."""
    session = db.session()
    session.rollback()  # a page may have read before: on SQLite that transaction could not become a writing one
    session.info.pop("changed_files", None)
    session.connection(execution_options={"writes": True})
    work = Unit(session, actor, now or clock.now())
    ticket = _ticket(actor, action, key)
    try:
        yield work
        work.finish()
        if ticket:
            _keep_answer(work, action, ticket)
        session.commit()
        work.keep_for_pages()
    except (NotAllowed, NotYours, StaleApplication, UploadRefused) as refused:
        session.rollback()
        # A second press may find that the first one has left nothing to do: then it gets the first one's answer.
        before = _answer_before(session, ticket)
        session.rollback()
        if before is not None:
            raise AlreadyDone(before.get("answer")) from refused
        raise
    except BaseException:
        session.rollback()
        raise


def verb(function: Callable[Concatenate[Unit, P], R]) -> Callable[..., R]:
    """Turn the body of an action into the action: it runs inside a unit, and a repeated key replays its answer."""

    @functools.wraps(function)
    def action(*args: Any, actor: Actor, now: datetime | None = None, key: str | None = None, **named: Any) -> R:
        try:
            with unit(actor, now, action=function.__name__, key=key) as work:
                answer = function(work, *args, **named)
                work.result["answer"] = answer
                return answer
        except AlreadyDone as done:
            return done.result

    return action


def _as_kept(result: dict[str, Any]) -> Any:
    """As JSON keeps it: days become ISO text."""
    return json.loads(json.dumps(result, default=str))


def _ticket(actor: Actor, action: str, key: str | None) -> str | None:
    return hashlib.sha256(json.dumps([str(actor), action, key]).encode()).hexdigest() if key else None


def _keep_answer(work: Unit, action: str, ticket: str) -> None:
    """Written with everything else, so it stands for what was done. Raises AlreadyDone if somebody was faster."""
    dialect = sqlite if work.session.get_bind().dialect.name == "sqlite" else postgresql
    kept_one = work.session.execute(
        dialect.insert(Idempotency)
        .values(key=ticket, actor=str(work.actor), action=action, result=_as_kept(work.result), at=work.now)
        .on_conflict_do_nothing().returning(Idempotency.key)  # an INSERT's rowcount is not told on PostgreSQL
    )
    if kept_one.scalar() is None:
        before = _answer_before(work.session, ticket) or {}
        raise AlreadyDone(before.get("answer"))


def _answer_before(session: Session, ticket: str | None) -> dict[str, Any] | None:
    if ticket is None:
        return None
    return session.scalar(select(Idempotency.result).where(Idempotency.key == ticket))
