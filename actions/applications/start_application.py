from __future__ import annotations

from typing import Any

from accounts.models import AccessGrant
from actions.dossier import Dossier
from actions.effects.answers import add_person, new_reference
from actions.unit import Unit, verb
from applications.models import Application
from checklists import library
from checklists.definition import Definition
from extensions import services
from offices import queries as offices


@verb
def start_application(
    work: Unit, *, checklist: str, answers: dict[str, Any], language: str, email: str | None = None,
    topic: str | None = None, channel: str = "web", municipality: str | None = None, triage_passed: bool = True,
    api_key_id: int | None = None,
) -> dict[str, Any]:
    """Keep a new draft with what triage asked. answers: by path, e.g. "stay_months" or "applicant.citizenship".

    email: where the way back in is sent; None only for a file that staff keep. Returns id, grant_id, reference.
    api_key_id: of the system that begins it for her, and may go on with it.
    """
    definition = library.newest(checklist, work.now.date())
    contact = services().sealer.seal({"email": email}) if email else None
    dossier = new_draft(work, definition, municipality=municipality, language=language, channel=channel, topic=topic)
    lead, grant = dossier.lead, new_grant(dossier, contact)
    if api_key_id is not None:
        dossier.add(AccessGrant(application_id=dossier.file.id, role="system", may=["everything"],
                                granted_at=work.now, api_key_id=api_key_id))
    owned = {_owner(path, lead.id): value for path, value in answers.items()}
    work.fire(dossier, "start_application", answers=owned, triage_passed=triage_passed)
    return {"id": dossier.file.id, "grant_id": grant.id, "reference": dossier.file.reference}


def new_draft(work: Unit, definition: Definition, *, municipality: str | None, **file: Any) -> Dossier:
    """An empty file with its applicant, before the event that starts it. file: language, channel, topic."""
    place = _place(work, definition, municipality)
    row = Application(
        reference=new_reference(), state="draft", version=0, workflow=definition.workflow, checklist=definition.name,
        checklist_version=definition.version, started_at=work.now, **file,
        municipality_id=place.municipality_id, office_id=place.office_id,
        rules={}, stage="draft", queue="none", office_todo="", act_by_at=work.now,
    )
    dossier = work.open(row)
    work.session.add(row)
    work.session.flush()
    add_person(dossier, "applicant")
    return dossier


def _place(work: Unit, definition: Definition, municipality: str | None) -> offices.Place:
    """Nowhere yet, while the municipality is still to be asked."""
    if municipality:
        return offices.place_of(work.session, municipality, work.now)
    asks = any(one.type == "municipality" and one.per_file for one in definition.questions.values())
    return offices.Place() if asks else offices.place_without_municipality(work.session, work.now)


def new_grant(dossier: Dossier, contact_sealed: str | None) -> AccessGrant:
    """The applicant's own way into the file."""
    return dossier.add(AccessGrant(application_id=dossier.file.id, role="applicant", may=["everything"],
                                   granted_at=dossier.now, contact_sealed=contact_sealed), flush=True)


def _owner(path: str, lead_id: int) -> tuple[int | None, str]:
    owner, _, question = path.rpartition(".")
    return (lead_id if owner == "applicant" else None, question)
