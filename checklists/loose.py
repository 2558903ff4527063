"""Conditions that no case would miss: each is left out once, and the cases are run."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from checklists.building import build
from checklists.cases import observed, situation_of
from checklists.explain import Explaining
from checklists.rules import work_out
from checklists.schema import Checklist

Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Loose:
    """place: where it stands, in words. condition: in words."""

    place: str
    condition: str


@dataclass(frozen=True)
class Looseness:
    loose: tuple[Loose, ...]
    tried: int

    @property
    def percent(self) -> float:
        return 100 * len(self.loose) / self.tried if self.tried else 0.0


def looseness(content: dict[str, Any], checklist: Checklist) -> Looseness:
    """Tries every single condition of documents, rules, terms, questions, roles and the meeting."""
    definition = build(content)
    situations = [situation_of(definition, case, checklist.case_defaults) for case in checklist.cases]
    expected = [tested(work_out(definition, one)) for one in situations]
    explaining = Explaining(definition)
    loose, tried = [], 0
    for place, written_at in _once_each(content["plan"]).items():
        for path, leaf in leaves(_at(content["plan"], written_at[0])):
            tried += 1
            everywhere = [(*steps, *path) for steps in written_at]
            if not _missed(content, everywhere, situations, expected):
                loose.append(Loose(place.partition("#")[0], explaining.condition(leaf)))
    return Looseness(tuple(loose), tried)


def _once_each(plan: dict[str, Any]) -> dict[str, list[Steps]]:
    """Place -> all steps to it: a shared attachment is written once, however many papers carry it."""
    found: dict[str, list[Steps]] = {}
    for number, (place, steps) in enumerate(conditions_of(plan)):
        key = place if place.startswith("attachments.") else f"{place}#{number}"
        found.setdefault(key, []).append(steps)
    return found


def tested(result: Any) -> dict[str, Any]:
    """What cases can see, and the questions shown: those change what an applicant must do."""
    seen = observed(result)
    seen["optional"] = sorted((d.person or "", d.item) for d in result.demands if d.optional)
    seen["originals"] = sorted((d.person or "", d.item) for d in result.demands if d.original_at_meeting)
    seen["choices"] = sorted((d.person or "", d.item, d.choices) for d in result.demands)
    seen["parts"] = sorted((d.person or "", d.items) for d in result.demands)
    seen["questions"] = sorted((q.person or "", q.id) for asked in result.questions.values() for q in asked)
    seen["facts"] = sorted((d.person or "", d.item, tuple(f.id for f in d.facts)) for d in result.demands)
    seen["reasons"] = sorted((d.person or "", d.item, tuple(s.path for s in d.reasons)) for d in result.demands)
    return seen


def _missed(content: dict[str, Any], everywhere: list[Steps], situations: list, expected: list) -> bool:
    plan = content["plan"]
    for steps in everywhere:
        plan = _without(plan, steps)
    definition = build({**content, "plan": plan}, named="tried")
    return any(tested(work_out(definition, one)) != before for one, before in zip(situations, expected, strict=True))


def conditions_of(plan: dict[str, Any]) -> Iterator[tuple[str, Steps]]:
    """(where, steps to it) of every condition worth trying."""
    for role, spec in plan["roles"].items():
        if spec["when"] is not None:
            yield f"people.{role}", ("roles", role, "when")
    for key in plan["questions"]:
        yield f"questions.{key}", ("questions", key, "when")
    for key, spec in plan["worked_out"].items():
        if spec["kind"] == "term":
            yield f"worked_out.{key}", ("worked_out", key, "when")
    for index, rule in enumerate(plan["rules"]):
        yield f"rules.{rule['id']}", ("rules", index, "when")
    for index, document in enumerate(plan["documents"]):
        yield from _of_document(document, ("documents", index))
    yield from _of_meeting(plan["meeting"])


def _of_meeting(meeting: dict[str, Any]) -> Iterator[tuple[str, Steps]]:
    for index in range(len(meeting["minutes"]["add"])):
        yield "meeting.minutes", ("meeting", "minutes", "add", index, "when")
    for index in range(len(meeting["attend"]) if meeting["attend"] != "everyone" else 0):
        yield "meeting.attend", ("meeting", "attend", index, 1)


def _of_document(document: dict[str, Any], steps: Steps) -> Iterator[tuple[str, Steps]]:
    name = f"documents.{document['id']}"
    for at in range(len(document["needed"])):
        yield f"{name}.needed", (*steps, "needed", at, "when")
    for word in ("optional", "may_follow", "original_at_meeting"):
        if document[word] is not None:
            yield f"{name}.{word}", (*steps, word)
    for at, choice in enumerate(document["choices"]):
        yield f"{name}.choices.{choice['id']}", (*steps, "choices", at, "when")
        yield from _of_parts(name, choice["parts"], (*steps, "choices", at))
    yield from _of_parts(name, document["parts"], steps)
    for at in range(len(document["checks"])):
        yield f"{name}.checks", (*steps, "checks", at, "when")
        yield f"{name}.checks", (*steps, "checks", at, "that")
    yield from _of_attachments(name, document["attach"], steps)


def _of_parts(name: str, parts: list[dict[str, Any]], steps: Steps) -> Iterator[tuple[str, Steps]]:
    for at, part in enumerate(parts):
        if part["when"] is not None:
            yield f"{name}.parts.{part['id']}", (*steps, "parts", at, "when")


def _of_attachments(name: str, attach: list[dict[str, Any]], steps: Steps) -> Iterator[tuple[str, Steps]]:
    for at, attachment in enumerate(attach):
        shared = attachment["text"].startswith("attachments.")
        for entry in range(len(attachment["needed"])):
            place = f"{attachment['text']}.{entry + 1}" if shared else f"{name}/{attachment['id']}"
            yield place, (*steps, "attach", at, "needed", entry, "when")
        if attachment["may_follow"] is not None:
            place = attachment["text"] if shared else f"{name}/{attachment['id']}"
            yield f"{place}.may_follow", (*steps, "attach", at, "may_follow")


def leaves(condition: list) -> Iterator[tuple[Steps, list]]:
    """(steps, condition) of every single comparison in it."""
    kind = condition[0]
    if kind in ("all", "any"):
        for at, part in enumerate(condition[1]):
            yield from (((1, at, *steps), leaf) for steps, leaf in leaves(part))
    elif kind == "not":
        yield from (((1, *steps), leaf) for steps, leaf in leaves(condition[1]))
    elif kind in ("some", "every") or (kind == "count" and condition[2] != ["always"]):
        yield from (((2, *steps), leaf) for steps, leaf in leaves(condition[2]))
    elif kind not in ("always", "never"):
        yield (), condition


def _at(plan: Any, steps: Steps) -> Any:
    for step in steps:
        plan = plan[step]
    return plan


def _without(plan: dict[str, Any], steps: Steps) -> dict[str, Any]:
    """The plan with one comparison left out: always true among all, never true among any."""
    changed = dict(plan)
    changed[steps[0]] = copy.deepcopy(plan[steps[0]])
    around = _at(changed, steps[:-1])
    in_any = len(steps) > 2 and steps[-2] == 1 and _at(changed, steps[:-2])[0] == "any"
    around[steps[-1]] = ["never"] if in_any else ["always"]
    return changed
