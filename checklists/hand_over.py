"""From a file of one checklist to the beginning of a file of another: which answers are taken over. Pure.

The receiving checklist decides. It takes the answer to a question of the same name, type and owner, if
its own `carry` allows the other checklist's country and the value fits it. Everything else is asked anew.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checklists.answers import Limits, Refusal, read_answer
from checklists.definition import Definition, Document, Question
from checklists.evaluate import STRENGTH, SUPPOSING, Run
from checklists.situation import EMPTY, NOT_SURE, STATED, Fact, Paper, PersonSituation, Situation


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What the new file begins with. Persons keep their keys, so that papers can follow them."""

    answers: Mapping[str, Any]
    people: tuple[PersonSituation, ...]
    papers: Mapping[tuple[str | None, str], Paper]
    """What was said about a paper; the paper itself is not `present` until its uploads are copied."""
    left_behind: tuple[str, ...]
    """Answers that are not taken over: `question`, `role.question`; or a `role` that is unknown here or full."""


def hand_over(old: Definition, new: Definition, situation: Situation) -> HandedOver:
    """Only what counts in the old file is taken: not what was put aside, and nobody who was left out."""
    run = Run(old, situation, SUPPOSING, situation.left_out)
    kept = list(_people(new, run))
    answers = _answers(old, new, run, None)
    people = tuple(PersonSituation(key, run.everyone[key].role, _answers(old, new, run, key)) for key in kept)
    return HandedOver(answers, people, _papers(old, new, run, kept), tuple(_left_behind(run, answers, people)))


def _people(new: Definition, run: Run) -> Iterator[str]:
    """Keys of those who have a place in the new file, in order."""
    taken: dict[str, int] = {}
    for key in run.active():
        role = run.everyone[key].role
        taken[role] = taken.get(role, 0) + 1
        if role in new.people and taken[role] <= new.people[role].max:
            yield key


def _stored(run: Run, who: str | None) -> Mapping[str, Any]:
    return run.situation.answers if who is None else run.everyone[who].answers


def _answers(old: Definition, new: Definition, run: Run, who: str | None) -> dict[str, Any]:
    owner = "file" if who is None else run.everyone[who].role
    found = {}
    for key, question in new.questions.items():
        before, value = old.questions.get(key), _stored(run, who).get(key)
        if before is None or value is None or not _same(before, question, owner) or not _carries(question, old, new):
            continue
        if before.when(run, who, None) is not False and (fitting := _fitting(question, value, new)) is not None:
            found[key] = fitting
    return found


def _same(before: Question, after: Question, owner: str) -> bool:
    """One question in both: of the same owner and type, and not opened to more eyes by being moved."""
    alike = before.type == after.type and (after.many or not before.many)
    asked = owner in before.per and owner in after.per and before.asked_of == after.asked_of == "applicant"
    return alike and asked and (after.sensitive or not before.sensitive)


def _carries(spec: Question | Document, old: Definition, new: Definition) -> bool:
    return spec.carry == "anywhere" or (spec.carry == "same_country" and old.country == new.country)


def _fitting(question: Question, value: Any, new: Definition) -> Any:
    """The value as the new question stores it, None if it does not fit."""
    if question.many and not isinstance(value, list | tuple) and value not in (NOT_SURE, EMPTY):
        value = [value]
    read = read_answer(question, value, Limits(frozenset(new.municipalities)))
    return None if isinstance(read, Refusal) else read


def _papers(old: Definition, new: Definition, run: Run, kept: Iterable[str]) -> dict[tuple[str | None, str], Paper]:
    found = {}
    for who in (None, *kept):
        owner = "file" if who is None else run.everyone[who].role
        for key, document in new.documents.items():
            before, paper = old.documents.get(key), run.situation.papers.get((who, key))
            if before and paper and owner in before.per and owner in document.per and _carries(document, old, new):
                found[who, key] = _paper(before, document, paper)
    return found


def _paper(before: Document, after: Document, paper: Paper) -> Paper:
    """Facts both know, on nobody's stronger word than the sender's: this office has seen nothing yet."""
    choice = paper.choice if any(one.id == paper.choice for one in after.choices) else None
    facts = {}
    for key, spec in after.facts.items():
        known = before.facts.get(key)
        best = _strongest(paper.facts.get(key))
        if best is None or known is None or (known.type, known.many) != (spec.type, spec.many):
            continue
        if isinstance(read_answer(spec, best.value), Refusal):
            continue
        weaker = STRENGTH.get(best.trust, 0) < STRENGTH[STATED]
        facts[key] = Fact(best.value, best.trust if weaker else STATED)
    return Paper(choice, facts, present=False)


def _strongest(given: Any) -> Fact | None:
    facts = [one for one in (given if isinstance(given, tuple | list) else (given,)) if isinstance(one, Fact)]
    return max(facts, key=lambda one: STRENGTH.get(one.trust, 0), default=None)


def _left_behind(run: Run, answers: Mapping[str, Any], people: tuple[PersonSituation, ...]) -> Iterator[str]:
    kept = {person.key: person.answers for person in people}
    yield from (key for key in run.situation.answers if key not in answers)
    for key in run.active():
        role = run.everyone[key].role
        if key not in kept:
            yield role
            continue
        yield from (f"{role}.{one}" for one in run.everyone[key].answers if one not in kept[key])
