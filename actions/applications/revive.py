from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from actions.dossier import Dossier
from actions.unit import Unit, verb
from applications.completeness import OWED
from applications.models import Requirement
from consultations.models import ConsultationItem


@verb
def revive(work: Unit, application_id: int) -> None:
    """A late answer brings a lapsed file back: the pages that came, and the words that lay ready when it lapsed."""
    dossier = work.lock(application_id)
    work.fire(dossier, "revive", answered=_lay_ready(dossier))


def _lay_ready(dossier: Dossier) -> list[dict[str, Any]]:
    """Answers that are no pages, from the newest item of each paper that is still owed and of which no page came.

    The items themselves ended with the file: a finished file asks nobody for anything.
    """
    newest = (select(func.max(ConsultationItem.id)).where(ConsultationItem.application_id == dossier.file.id)
              .group_by(ConsultationItem.requirement_id))
    rows = dossier.session.scalars(select(ConsultationItem).where(
        ConsultationItem.id.in_(newest), ConsultationItem.status == "withdrawn",
        ConsultationItem.answer_kind.in_(("text", "cannot_get", "promise"))).order_by(ConsultationItem.id))
    wanted = [(row, dossier.requirement(row.requirement_id)) for row in rows]
    return [{"requirement_id": row.requirement_id, "kind": row.answer_kind, "text": row.answer_text}
            for row, requirement in wanted if _still_answers(row, requirement)]


def _still_answers(row: ConsultationItem, requirement: Requirement) -> bool:
    promised_before = row.answer_kind == "promise" and requirement.promises > 0
    return requirement.status in OWED and not requirement.gathered and not promised_before
