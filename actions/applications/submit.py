from __future__ import annotations

from actions.situation import situation_of
from actions.unit import Unit, verb
from applications.facts import Refusal
from checklists import rules
from actions.errors import NotAllowed


@verb
def submit(work: Unit, application_id: int) -> None:
    """Send the file. Everything that is still missing is told at once."""
    dossier = work.lock(application_id)
    found = rules.work_out(dossier.definition, situation_of(dossier))
    refusals = []
    if found.door:
        refusals.append(Refusal("door_closed", {"rule": found.door.rule}))
    if found.wait and found.wait.until > dossier.today:
        refusals.append(Refusal("too_early_to_send", {"until": found.wait.until}))
    refusals += [Refusal("answer_missing", {"person": m.person, "question": m.question})
                 for m in found.missing_answers]
    refusals += [Refusal("fact_missing", {"item": d.item, "person": d.person, "fact": fact})
                 for d in found.demands if _is_gathered(dossier, d) for fact in d.missing_facts]
    if refusals:
        raise NotAllowed("submit", refusals)
    work.fire(dossier, "submit")


def _is_gathered(dossier, demand) -> bool:
    from applications.models import Requirement

    person_id = None if demand.person is None else int(demand.person)
    return any(r.gathered for r in dossier.rows(Requirement)
               if r.person_id == person_id and r.item_id in demand.items)
