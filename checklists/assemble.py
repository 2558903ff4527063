"""From the files as read to one plan: a plain structure with every name resolved, ready to be stored as JSON."""

from typing import Any

from checklists import schema
from checklists.assemble_blocks import (
    always_plan,
    check_expectations,
    meeting_plan,
    municipalities_plan,
    page_plan,
    question_plan,
    role_plan,
    rule_plan,
    topic_plan,
    triage_plan,
    worked_out_plan,
)
from checklists.assemble_documents import documents_plan, known_documents
from checklists.faults import did_you_mean, shown
from checklists.gather import Gathered
from checklists.lists import work_out_lists
from checklists.names import RESERVED, Known, Names, Place, resolve
from checklists.parsing import parse_condition, parse_date
from checklists.source import Where


class Assembly:
    """Everything needed while one version is put together."""

    def __init__(self, found: Gathered):
        self.found = found
        self.checklist: schema.Checklist = found.checklist
        self.where = Where(found.source)
        self.names = Names()
        self.names.faults = found.faults
        self.fact_sets = self._shared("fact_sets")
        self.attachments = self._shared("attachments")
        self.attachment_sets = self._shared("attachment_sets")
        self.reasons = self._shared("reasons")
        self.municipalities = self._shared("municipalities")

    def _shared(self, part: str) -> dict[str, tuple[Any, Where]]:
        found: dict[str, tuple[Any, Where]] = {}
        for model, source in self.found.shared.values():
            for key, value in getattr(model, part).items():
                where = Where(source, (part, key))
                if key in found:
                    self.names.fault(where, "twice", f"{key} stands in two shared files.", "Rename one of them.")
                found[key] = (value, where)
        return found

    def fault(self, where: Where, code: str, message: str, remedy: str, level: str = "error") -> None:
        self.names.fault(where, code, message, remedy, level)

    def roles(self, per: list[str], where: Where) -> frozenset[str]:
        """The roles behind `per`, after noting unknown ones."""
        for word in per:
            if word not in self.names.roles and word not in ("file", "person"):
                self.fault(
                    where,
                    "unknown_role",
                    f"{shown(word)} is no person.",
                    did_you_mean(word, [*self.names.roles, "file", "person"]),
                )
        if len(per) > 1 and {"file", "person"} & set(per):
            self.fault(where, "per", "file and person stand alone.", "Write per: person, or a list of roles.")
        return self.names.expand(per)

    def condition(self, raw: Any, place: Place, where: Where) -> list:
        return parse_condition(self.names, raw, place, where)

    def date(self, raw: Any, place: Place, where: Where) -> list | None:
        return parse_date(self.names, raw, place, where)

    def path(self, raw: str, place: Place, where: Where) -> tuple[list, Known] | None:
        return resolve(self.names, raw, place, where)


def assemble_with(found: Gathered) -> tuple[Assembly, dict[str, Any]]:
    """The plan, and what it was made with. Any error among found.faults: the plan must not be used."""
    work = Assembly(found)
    _know(work)
    plan = _plan(work)
    check_expectations(work)
    return work, plan


def _plan(work: Assembly) -> dict[str, Any]:
    c = work.checklist
    return {
        "name": c.checklist,
        "version": c.version.isoformat(),
        "replaces": c.replaces and c.replaces.isoformat(),
        "applies_from": (c.applies_from or c.version).isoformat(),
        "workflow": c.workflow,
        "country": c.country,
        "number_check": c.number.check if c.number else None,
        "source_language": c.source_language,
        "languages": list(dict.fromkeys(c.languages)),
        "must_have": c.must_have,
        "sources": c.sources,
        "uses": c.uses,
        "lists": {name: list(values) for name, values in work.names.lists.items()},
        "roles": {role: role_plan(work, role, spec) for role, spec in c.people.items()},
        "questions": {key: question_plan(work, key, spec) for key, spec in c.questions.items()},
        "worked_out": {key: worked_out_plan(work, key, spec) for key, spec in c.worked_out.items()},
        "topics": [topic_plan(work, index, topic) for index, topic in enumerate(c.topics)],
        "triage": triage_plan(work),
        "pages": [page_plan(work, index, page) for index, page in enumerate(c.pages)],
        "rules": [rule_plan(work, index, rule) for index, rule in enumerate(c.rules)],
        "documents": documents_plan(work),
        "meeting": meeting_plan(work),
        "retention": c.retention.model_dump(),
        "renamed": c.renamed,
        "settings": {key: {"type": spec.type, "default": spec.default} for key, spec in c.settings.items()},
        "municipalities": municipalities_plan(work),
        "reasons": {key: {"answer_with": reason.answer_with} for key, (reason, _) in work.reasons.items()},
        "always": always_plan(work),
    }


def _know(work: Assembly) -> None:
    """Fills the names before any condition is read."""
    c, names = work.checklist, work.names
    names.roles = {role: spec.max for role, spec in c.people.items()}
    names.parties = frozenset(role for role, spec in c.people.items() if not spec.applies)
    if "applicant" not in c.people:
        work.fault(
            work.where.at("people"),
            "applicant",
            "There is no applicant among the people.",
            "Add applicant: {min: 1, max: 1, name: You}.",
        )
    elif c.people["applicant"].max != 1:
        work.fault(
            work.where.at("people", "applicant"),
            "applicant",
            "There is exactly one applicant.",
            "Write min: 1, max: 1.",
        )
    elif "applicant" in names.parties:
        work.fault(
            work.where.at("people", "applicant", "applies"),
            "applicant",
            "The applicant always applies.",
            "Remove applies: false.",
        )
    for key, spec in c.questions.items():
        roles = work.roles(spec.per, work.where.at("questions", key, "per"))
        names.answers[key] = Known(
            spec.type, spec.many, frozenset(o.id for o in spec.options), roles, spec.not_sure, spec.former
        )
    for key, spec in c.worked_out.items():
        roles = work.roles(spec.per, work.where.at("worked_out", key, "per"))
        kind = "yes_no" if spec.when is not None else "number"
        if key in names.answers:
            work.fault(work.where.at("worked_out", key), "twice", f"{key} is also a question.", "Rename one of them.")
        names.answers[key] = Known(kind, roles=roles)
    names.settings = {key: _known_setting(spec) for key, spec in c.settings.items()}
    names.municipalities = frozenset(work.municipalities)
    names.reasons = frozenset(work.reasons)
    names.lists = work_out_lists(work)
    names.documents = known_documents(work)
    _ids_are_free(work)


def _known_setting(spec: schema.Setting) -> Known:
    if spec.type == "list":
        return Known("text", many=True)
    return Known("text" if spec.type == "url" else spec.type, options=frozenset(spec.options))


def _ids_are_free(work: Assembly) -> None:
    """Question, term, document and role ids share one name space, and some words are taken."""
    c, seen = work.checklist, {}
    blocks = {
        "people": list(c.people),
        "questions": list(c.questions),
        "worked_out": list(c.worked_out),
        "documents": [d.id for d in c.documents],
    }
    for block, ids in blocks.items():
        for index, key in enumerate(ids):
            where = work.where.at(block, index if block == "documents" else key)
            if key in RESERVED or (key == "municipality" and block in ("people", "documents")):
                work.fault(where, "reserved", f"{key} is a word of the format.", "Take another id.")
            elif key in seen and {block, seen[key]} != {"questions", "worked_out"}:
                work.fault(where, "twice", f"{key} is already among {seen[key]}.", "Take another id.")
            seen.setdefault(key, block)
    for block in ("topics", "pages", "rules"):
        ids = [one.id for one in getattr(c, block)]
        for index, key in enumerate(ids):
            if key in ids[:index]:
                work.fault(
                    work.where.at(block, index), "twice", f"{key} is already among the {block}.", "Take another id."
                )
