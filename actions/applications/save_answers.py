from __future__ import annotations

from typing import Any

from actions import situation
from actions.unit import Unit, verb
from applications.models import Answer
from offices import queries as offices

Answers = dict[tuple[int | None, str], Any]  # (person id or None for the file, question id) -> value


@verb
def save_answers(work: Unit, application_id: int, answers: Answers, *, pen: str | None = None,
                 seen_answer: int = 0) -> None:
    """Keep the answers of a draft. Values come from checklists.answers.read_answer.

    pen: the device they were typed on. seen_answer: the newest answer that stood on the page (0 = none): what another
    device wrote later is not overwritten unseen.
    """
    dossier = work.lock(application_id)
    place_by_municipality(work, dossier, answers)
    work.fire(dossier, "save_answers", answers=answers, pen=pen, seen_answer=seen_answer)


@verb
def change_answers(work: Unit, application_id: int, answers: Answers, *, confirmed: bool) -> None:
    """Change what was sent. The page has shown what will be demanded because of it (confirmed)."""
    dossier = work.lock(application_id)
    work.fire(dossier, "change_answers", answers=answers, confirmed=confirmed)


def place_by_municipality(work: Unit, dossier: Any, answers: Answers) -> None:
    """The municipality decides the office, as long as the file is a draft."""
    for (person_id, question_id), value in answers.items():
        if dossier.definition.question(question_id).type == "municipality" and isinstance(value, str):
            if _is_answered(dossier, person_id, question_id, value):
                continue
            place = offices.place_of(work.session, value, work.now)
            dossier.file.municipality_id = place.municipality_id
            dossier.file.office_id = place.office_id
            dossier.__dict__.pop("office", None)


def _is_answered(dossier: Any, person_id: int | None, question_id: str, value: str) -> bool:
    now = next((a for a in dossier.rows(Answer) if a.superseded_at is None
                and (a.person_id, a.question_id) == (person_id, question_id)), None)
    return situation.same(dossier, now.value if now else None, value)
