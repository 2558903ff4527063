from __future__ import annotations

from typing import Any

from actions.applications.sign import sign_in
from actions.dossier import Dossier
from actions.errors import NotAllowed
from actions.situation import situation_of
from actions.unit import Unit, verb
from applications.facts import Refusal
from applications.models import Requirement
from checklists import rules


@verb
def submit(work: Unit, application_id: int) -> None:
    """Send the file. Everything that is still missing is told at once."""
    _submit(work, work.lock(application_id))


@verb
def sign_and_submit(work: Unit, application_id: int, person_id: int, *, grant_id: int | None = None,
                    method: str = "click") -> None:
    """One press: who declares it sends it. Neither counts without the other."""
    dossier = work.lock(application_id)
    sign_in(work, dossier, person_id, grant_id=grant_id, method=method)
    _submit(work, dossier)


def _submit(work: Unit, dossier: Dossier) -> None:
    found = rules.work_out(dossier.definition, situation_of(dossier))
    refusals = []
    if found.door:
        refusals.append(Refusal("door_closed", {"rule": found.door.rule}))
    if found.wait and found.wait.until_on > dossier.today:
        refusals.append(Refusal("too_early_to_send", {"until": found.wait.until_on}))
    refusals += [Refusal("answer_missing", {"person": m.person, "question": m.id})
                 for m in found.missing_answers if m.asked_of == "applicant"]
    refusals += [Refusal("person_missing", {"role": role}) for role, wanted in found.roles.items() if wanted.missing]
    refusals += [Refusal("fact_missing", {"item": d.item, "person": d.person, "fact": fact})
                 for d in found.demands if _is_gathered(dossier, d) for fact in d.missing_facts]
    if refusals:
        raise NotAllowed("submit", refusals)
    work.fire(dossier, "submit")


def _is_gathered(dossier: Any, demand: Any) -> bool:
    person_id = None if demand.person is None else int(demand.person)
    return any(r.gathered for r in dossier.rows(Requirement)
               if r.person_id == person_id and r.item_id in demand.items)
