from __future__ import annotations

from typing import Any, BinaryIO

from actions.dossier import Dossier
from actions.errors import NotYours, UploadRefused
from actions.unit import Unit, verb
from applications.models import Requirement
from extensions import services
from uploads import intake, quota
from uploads.models import Upload


def attach_document(
    application_id: int, requirement_id: int, stream: BinaryIO, *, claimed_name: str, limits: Any,
    actor: Any, now: Any = None, key: str | None = None,
) -> dict[str, int]:
    """Take one file in for a requirement. Stored and inspected first, then one transaction writes the row.

    Raises UploadRefused (nothing is kept), NotAllowed, NotYours. A crash between store and row leaves an
    orphan object, which the sweep takes; never a row without its object. Returns upload and requirement ids.
    """
    taken = intake.receive(stream, claimed_name=claimed_name, limits=limits, store=services().store)
    if isinstance(taken, intake.Refused):
        raise UploadRefused(taken)
    try:
        done = _attach(application_id, requirement_id, taken, actor=actor, now=now, key=key)
    except Exception:
        services().store.remove(taken.object_key)
        raise
    if done["object_key"] != taken.object_key:
        services().store.remove(taken.object_key)  # sent twice: the first one counts
    return {"upload": done["upload"], "requirement": requirement_id}


@verb
def _attach(work: Unit, application_id: int, requirement_id: int, accepted: intake.Accepted) -> dict[str, Any]:
    dossier = work.lock(application_id)
    requirement = dossier.requirement(requirement_id)
    if requirement is None:
        raise NotYours
    return attach(work, dossier, requirement, accepted)


def attach(work: Unit, dossier: Dossier, requirement: Requirement, accepted: intake.Accepted) -> dict[str, Any]:
    """The row of a file that lies in the store already, within a unit. Raises UploadRefused above a quota.

    object_key of the answer is another one when the same file lies in the same place: it was sent twice.
    """
    again = _same_page(dossier, requirement, accepted.sha256)
    if again:
        return {"upload": again.id, "object_key": again.object_key}
    _refuse_above_quota(dossier, requirement, accepted)
    doing = work.fire(dossier, "attach_document", requirement_id=requirement.id, accepted=accepted)
    return {"upload": doing.made["upload"], "object_key": accepted.object_key}


def _same_page(dossier: Dossier, requirement: Requirement, sha256: str) -> Upload | None:
    document = dossier.document_of(requirement.id)
    pages = dossier.uploads_of(document) if document else []
    return next((u for u in pages if u.sha256 == sha256), None)


def _refuse_above_quota(dossier: Dossier, requirement: Requirement, accepted: intake.Accepted) -> None:
    everything = dossier.rows(Upload)
    document = dossier.document_of(requirement.id)
    pages = dossier.uploads_of(document) if document else []
    refused = quota.refusals_for(
        quota.Usage(1, accepted.bytes), document=quota.Usage(len(pages), sum(p.bytes for p in pages)),
        application=quota.Usage(len(everything), sum(p.bytes for p in everything)), quotas=_quotas(services().settings))
    if refused:
        raise UploadRefused(refused[0])


def _quotas(settings: Any) -> quota.Quotas:
    return quota.Quotas(
        document=quota.Quota(settings.document_max_files, settings.document_max_bytes),
        application=quota.Quota(settings.application_max_files, settings.application_max_bytes))
