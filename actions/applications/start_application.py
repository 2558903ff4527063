from __future__ import annotations

from typing import Any

from accounts.models import AccessGrant
from actions.effects.answers import add_person, new_reference
from actions.unit import Unit, verb
from applications.models import Application
from checklists import library
from extensions import services
from offices import queries as offices


@verb
def start_application(
    work: Unit, *, checklist: str, answers: dict[str, Any], language: str, email: str | None = None,
    topic: str | None = None, channel: str = "web", municipality: str | None = None, triage_passed: bool = True,
) -> dict[str, Any]:
    """Keep a new draft with what triage asked. answers: by path, e.g. "stay_months" or "applicant.citizenship".

    email: where the way back in is sent; None only for a file that staff keep. Returns id, grant_id, reference.
    """
    definition = library.newest(checklist, work.now.date())
    place = offices.place_of(work.session, municipality, work.now) if municipality else None
    file = Application(
        reference=new_reference(), state="draft", version=0, workflow=definition.workflow, checklist=definition.name,
        checklist_version=definition.version, language=language, channel=channel, topic=topic, started_at=work.now,
        municipality_id=place.municipality_id if place else None, office_id=place.office_id if place else None,
        rules={}, stage="draft", queue="none", office_todo="", act_by_at=work.now,
    )
    dossier = work.open(file)
    work.session.add(file)
    work.session.flush()
    lead = add_person(dossier, "applicant")
    grant = dossier.add(AccessGrant(
        application_id=file.id, role="applicant", may=["everything"], granted_at=work.now,
        contact_sealed=services().sealer.seal({"email": email}) if email else None), flush=True)
    owned = {_owner(path, lead.id): value for path, value in answers.items()}
    work.fire(dossier, "start_application", answers=owned, triage_passed=triage_passed)
    return {"id": file.id, "grant_id": grant.id, "reference": file.reference}


def _owner(path: str, lead_id: int) -> tuple[int | None, str]:
    owner, _, question = path.rpartition(".")
    return (lead_id if owner == "applicant" else None, question)
