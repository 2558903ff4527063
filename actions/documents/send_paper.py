from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from sqlalchemy.exc import DBAPIError

from actions.documents.attach_document import attach
from actions.documents.describe_paper import describe
from actions.dossier import Dossier
from actions.errors import NotYours, UploadRefused
from actions.unit import Unit, verb
from applications.models import Requirement
from extensions import services
from uploads import intake


@dataclass(frozen=True)
class Offered:
    """One file of the form. item: of the requirement it is for, where a paper has several parts."""

    stream: BinaryIO
    name: str
    item: str | None = None


@dataclass
class Sent:
    """refused: (name, coded reason) of each file that was not taken. again: names of files that lay there already."""

    refused: list[tuple[str, intake.Refused]] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    taken: int = 0


@dataclass(frozen=True)
class _Kept:
    name: str
    item: str | None
    accepted: intake.Accepted


def send_paper(
    application_id: int, requirement_id: int, *, choice: str | None = None, facts: dict[str, Any] | None = None,
    files: Iterable[Offered] = (), limits: Any = None, actor: Any, now: Any = None, key: str | None = None,
) -> Sent:
    """One paper as its sender hands it in: which kind it is, what stands on it, and its pages, in one transaction.

    A file that is refused keeps nothing else back. Raises NotAllowed, NotYours; then nothing at all was kept.
    key: of the form. It counts together with what was sent, so that the same form with something else is not lost.
    """
    sent, kept = Sent(), []
    for each in files:
        taken = intake.receive(each.stream, claimed_name=each.name, limits=limits, store=services().store)
        if isinstance(taken, intake.Refused):
            sent.refused.append((each.name, taken))
        else:
            kept.append(_Kept(each.name, each.item, taken))
    if not kept and choice is None and not facts:
        return sent
    done = _in_one_unit(application_id, requirement_id, choice, facts or {}, kept, actor=actor, now=now, key=key)
    return _told(sent, kept, done)


def _in_one_unit(application_id: int, requirement_id: int, choice: str | None, facts: dict[str, Any],
                 kept: list[_Kept], *, key: str | None, **who: Any) -> list[Any]:
    """The objects of pages that got no row leave the store again."""
    said = [key, requirement_id, choice, facts, [(each.item, each.accepted.sha256) for each in kept]]
    whole = hashlib.sha256(json.dumps(said, default=str, sort_keys=True).encode()).hexdigest() if key else None
    try:
        used = _send(application_id, requirement_id, choice, facts, kept, key=whole, **who)
    except DBAPIError:
        raise  # Nobody knows whether the rows are there: the sweep looks, an hour later.
    except Exception:
        _let_go(kept, used=())
        raise
    _let_go(kept, used)
    return used


def _let_go(kept: list[_Kept], used: Iterable[Any]) -> None:
    in_rows = {each for each in used if isinstance(each, str)}
    for each in kept:
        if each.accepted.object_key not in in_rows:
            services().store.remove(each.accepted.object_key)


@verb
def _send(work: Unit, application_id: int, requirement_id: int, choice: str | None, facts: dict[str, Any],
          kept: list[_Kept]) -> list[Any]:
    """For each file the key of the object that has the row, or the quota's [code, values]."""
    dossier = work.lock(application_id)
    requirement = dossier.requirement(requirement_id)
    if requirement is None or requirement.kind != "document":
        raise NotYours
    if choice is not None or facts:
        describe(work, dossier, requirement.person_id, requirement.terms.get("document"), choice=choice, facts=facts)
    done: list[Any] = []
    for each in kept:
        try:
            done.append(attach(work, dossier, _row_for(dossier, requirement, each.item), each.accepted)["object_key"])
        except UploadRefused as no:
            done.append([no.refusal.code, dict(no.refusal.values)])
    return done


def _row_for(dossier: Dossier, opened: Requirement, item: str | None) -> Requirement:
    """The part it was sent for. The kind that was just chosen may have other parts than the page was opened with."""
    live = [r for r in dossier.rows(Requirement) if r.status != "not_needed" and r.person_id == opened.person_id]
    named = next((r for r in live if r.item_id == item), None)
    if named is not None or opened in live:
        return named or opened
    document, attachment = opened.terms.get("document"), opened.terms.get("attachment")
    same = (r for r in live if (r.terms.get("document"), r.terms.get("attachment")) == (document, attachment))
    return next(same, opened)


def _told(sent: Sent, kept: list[_Kept], done: list[Any]) -> Sent:
    for each, used in zip(kept, done, strict=True):
        if not isinstance(used, str):
            sent.refused.append((each.name, intake.Refused(*used)))
        elif used == each.accepted.object_key:
            sent.taken += 1
        else:
            sent.again.append(each.name)
    return sent
