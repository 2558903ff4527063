"""The documents part of the plan: choices, parts, facts, checks and attachments, shared sets written out."""

from typing import Any

from checklists import schema
from checklists.faults import did_you_mean, shown
from checklists.names import FILE, Known, KnownDocument, Place, paper_words
from checklists.references import references_in
from checklists.source import Where

FactsAt = dict[str, tuple[schema.Fact, Where, str]]
"""id -> the fact, where it stands, and the path of its words."""


def known_documents(work: Any) -> dict[str, KnownDocument]:
    """Who has which document, and its facts, for the look-up of names."""
    found = {}
    for index, document in enumerate(work.checklist.documents):
        where = work.where.at("documents", index)
        if document.id in found:
            work.fault(where, "twice", f"{document.id} is already among the documents.", "Take another id.")
        facts = paper_words(choice.id for choice in document.choices)
        for name, (fact, _, _) in _every_fact(work, document, where).items():
            facts[name] = Known(
                fact.type, fact.many, frozenset(o.id for o in fact.options), former=fact.former, staged=fact.known
            )
        roles = work.roles(document.per, where.at("per"))
        found[document.id] = KnownDocument(roles, facts, frozenset(document.serves))
    return found


def _every_fact(work: Any, document: schema.Document, where: Where) -> FactsAt:
    """The document's own facts and those of its choices."""
    found = own_facts(work, document, where)
    for at, choice in enumerate(document.choices):
        place = where.at("choices", at, "facts")
        for name, fact in facts_of(
            work, choice.facts, place, f"documents.{document.id}.choices.{choice.id}.facts"
        ).items():
            known = found.get(name)
            if known and known[0].type != fact[0].type:
                work.fault(
                    place, "twice", f"{name} has another type here than elsewhere in {document.id}.", "Take another id."
                )
            found.setdefault(name, fact)
    return found


def own_facts(work: Any, document: schema.Document, where: Where) -> FactsAt:
    found = facts_of(work, document.facts, where.at("facts"), f"documents.{document.id}.facts")
    more = facts_of(work, document.more_facts, where.at("more_facts"), f"documents.{document.id}.facts")
    for name in set(found) & set(more):
        work.fault(where.at("more_facts", name), "twice", f"{name} is already among the facts.", "Take another id.")
    return {**found, **more}


def facts_of(work: Any, facts: Any, where: Where, path: str) -> FactsAt:
    """Facts written here, or the shared set of that id."""
    if isinstance(facts, str):
        if facts not in work.fact_sets:
            work.fault(
                where,
                "unknown_facts",
                f"No shared set of facts is called {shown(facts)}.",
                did_you_mean(facts, work.fact_sets),
            )
            return {}
        shared, place = work.fact_sets[facts]
        return {name: (fact, place.at(name), f"fact_sets.{facts}.{name}") for name, fact in shared.items()}
    for name in facts:
        if name in ("present", "choice"):
            work.fault(
                where.at(name), "reserved", f"{name} is a word of the format: every paper has it.", "Take another id."
            )
    return {name: (fact, where.at(name), f"{path}.{name}") for name, fact in facts.items()}


def documents_plan(work: Any) -> list[dict[str, Any]]:
    return [
        _Document(work, document, work.where.at("documents", index)).plan()
        for index, document in enumerate(work.checklist.documents)
    ]


class _Document:
    def __init__(self, work: Any, document: schema.Document, where: Where):
        self.work, self.document, self.where = work, document, where
        self.known = work.names.documents[document.id]
        self.roles = self.known.roles
        self.base = f"documents.{document.id}"

    def place(self, *, here: bool = True, title: str = "in a document", **more: Any) -> Place:
        return Place(self.roles, self.known.facts if here else None, title=title, **more)

    def plan(self) -> dict[str, Any]:
        d, where = self.document, self.where
        self._names_exist()
        return {
            "id": d.id,
            "help": d.help is not None,
            "per": sorted(d.per),
            "roles": sorted(self.roles),
            "needed": self._needed(
                d.needed,
                where.at("needed"),
                f"{self.base}.needed",
                self.place(here=False, today=False, title="in needed"),
            ),
            "optional": self._yes_no(d.optional, where.at("optional")),
            "sent_as": d.sent_as,
            "serves": d.serves,
            "choices": [self._choice(at, choice) for at, choice in enumerate(d.choices)],
            "parts": self._parts(d.parts, where.at("parts"), f"{self.base}.parts"),
            "files": _files(d.files, {"min": 1, "max": 6, "pages_max": 100}),
            "accept": d.accept,
            "facts": self._facts(own_facts(self.work, d, where)),
            "checks": [
                self._check(check, where.at("checks", at), f"{self.base}.checks.{at + 1}")
                for at, check in enumerate(d.checks)
            ],
            "attach": self._attachments(),
            "may_follow": self._may_follow(d.may_follow, where.at("may_follow"), self.place()),
            "screening": d.screening,
            "review": [{"id": tick.id, "text": f"{self.base}.review.{tick.id}.ask"} for tick in d.review],
            "refuse_with": self._refusals(d.refuse_with, where.at("refuse_with"), self.base),
            "original_at_meeting": self._yes_no(d.original_at_meeting, where.at("original_at_meeting")),
            "count": d.count,
            "waive": d.waive,
            "carry": d.carry,
            "source": d.source,
        }

    def _names_exist(self) -> None:
        d = self.document
        for at, role in enumerate(d.serves):
            if role not in self.work.names.roles:
                self.work.fault(
                    self.where.at("serves", at),
                    "unknown_role",
                    f"{shown(role)} is no person.",
                    did_you_mean(role, self.work.names.roles),
                )
        for fact in d.prefill:
            if fact not in self.known.facts:
                self.work.fault(
                    self.where.at("prefill", fact),
                    "unknown_fact",
                    f"{d.id} has no fact {shown(fact)}.",
                    did_you_mean(fact, self.known.facts),
                )
        for block in ("choices", "parts", "review"):
            ids = [one.id for one in getattr(d, block)]
            for at, key in enumerate(ids):
                if key in ids[:at]:
                    self.work.fault(self.where.at(block, at), "twice", f"{key} stands here twice.", "Take another id.")
        if d.sent_as != "upload" and (d.attach or d.may_follow):
            self.work.fault(
                self.where.at("sent_as"),
                "sent_as",
                f"{d.id} is not uploaded, but has attachments or may follow.",
                "Remove them, or write sent_as: upload.",
                "warning",
            )

    def _needed(self, entries: list[schema.Needed], where: Where, path: str, place: Place) -> list[dict[str, Any]]:
        several = isinstance(_raw(where), list)
        found = []
        for at, entry in enumerate(entries):
            here = where.at(at) if several else where
            text = f"{path}.{at + 1}.because" if several else f"{path}.because"
            when = self.work.condition(entry.when, place, here.at("when"))
            found.append({"when": when, "because": text if entry.because else None, "source": entry.source})
        return found

    def _yes_no(self, value: bool | schema.When, where: Where) -> list:
        raw = value.when if isinstance(value, schema.When) else value
        return self.work.condition(raw, self.place(), where.at("when"))

    def _may_follow(self, value: Any, where: Where, place: Place) -> list | None:
        return self.work.condition(value.when, place, where.at("when")) if value else None

    def _choice(self, at: int, choice: schema.Choice) -> dict[str, Any]:
        where, path = self.where.at("choices", at), f"{self.base}.choices.{choice.id}"
        if bool(choice.instead) != bool(choice.who):
            self.work.fault(
                where,
                "instead",
                f"instead and who belong together ({choice.id}).",
                "Write instead: attends, who: <person>.",
            )
        checks = [
            self._check(check, where.at("checks", n), f"{path}.checks.{n + 1}") for n, check in enumerate(choice.checks)
        ]
        return {
            "id": choice.id,
            "when": self.work.condition(choice.when, self.place(title="in a choice"), where.at("when")),
            "files": _files(choice.files, {}),
            "parts": self._parts(choice.parts, where.at("parts"), f"{path}.parts"),
            "facts": self._facts(facts_of(self.work, choice.facts, where.at("facts"), f"{path}.facts")),
            "checks": checks,
            "instead": choice.instead,
            "who": choice.who,
        }

    def _parts(self, parts: list[schema.Part], where: Where, path: str) -> list[dict[str, Any]]:
        if parts and all(part.when is not True for part in parts):
            # Without one that is always there the document would be one paper now and several in a minute.
            self.work.fault(where, "parts", "Every part has a condition.", "Leave `when` out of at least one.")
        place = self.place(today=False, title="in a part")
        return [
            {
                "id": part.id,
                "text": f"{path}.{part.id}",
                "when": None if part.when is True else self.work.condition(part.when, place, where.at(at, "when")),
            }
            for at, part in enumerate(parts)
        ]

    def _facts(self, facts: FactsAt) -> dict[str, dict[str, Any]]:
        return {name: self._fact(name, fact, where, path) for name, (fact, where, path) in facts.items()}

    def _fact(self, name: str, fact: schema.Fact, where: Where, path: str) -> dict[str, Any]:
        from_document = self.document.prefill.get(name)
        source = self.where.at("prefill", name) if from_document else where.at("prefill")
        filled = (
            self.work.path(from_document or fact.prefill, self.place(), source)
            if from_document or fact.prefill
            else None
        )
        if (fact.type == "choice") != bool(fact.options):
            self.work.fault(
                where,
                "options",
                f"The fact {name} ({fact.type}) {'needs' if fact.type == 'choice' else 'has no'} options.",
                "Give a list of ids.",
            )
        return {
            "type": fact.type,
            "many": fact.many,
            "options": [option.id for option in fact.options],
            "former": fact.former,
            "when": self.work.condition(fact.when, self.place(), where.at("when")),
            "required": fact.required,
            "known": fact.known,
            "read_by": fact.read_by,
            "prefill": filled and filled[0],
            "text": path if fact.ask else None,
        }

    def _check(self, check: schema.Check, where: Where, path: str) -> dict[str, Any]:
        if check.else_ not in self.work.names.reasons:
            self.work.fault(
                where.at("else"),
                "unknown_reason",
                f"No reason is called {shown(check.else_)}.",
                did_you_mean(check.else_, self.work.names.reasons),
            )
        when = self.work.condition(check.when, self.place(title="in a check's when"), where.at("when"))
        that = self.work.condition(check.that, self.place(meeting=True, title="in a check"), where.at("that"))
        if [ref[0] for ref in references_in(that)].count("meeting") > 1:
            self.work.fault(
                where.at("that"),
                "meeting",
                "A check may name meeting once, so that the days are one span.",
                "Make two checks of it.",
            )
        return {
            "when": when,
            "that": that,
            "reason": check.else_,
            "limit": f"{path}.limit" if check.limit else None,
            "source": check.source,
        }

    def _refusals(self, refusals: list[schema.RefuseWith], where: Where, path: str) -> list[dict[str, Any]]:
        for at, one in enumerate(refusals):
            if one.use not in self.work.names.reasons:
                self.work.fault(
                    where.at(at),
                    "unknown_reason",
                    f"No reason is called {shown(one.use)}.",
                    did_you_mean(one.use, self.work.names.reasons),
                )
        return [
            {"reason": one.use, "cure": f"{path}.refuse_with.{one.use}.cure" if one.cure else None} for one in refusals
        ]

    def _attachments(self) -> list[dict[str, Any]]:
        return [self._attachment(*one) for one in attachments_of(self.work, self.document, self.where)]

    def _attachment(self, key: str, spec: schema.Attachment, where: Where, path: str) -> dict[str, Any]:
        place = self.place(today=False, title="in an attachment's needed")
        optional_place = self.place()
        original = spec.original_at_meeting
        return {
            "id": key,
            "text": path,
            "help": spec.help is not None,
            "needed": [
                {**entry, "because": entry["because"] or (f"{path}.because" if spec.because else None)}
                for entry in self._needed(spec.needed, where.at("needed"), f"{path}.needed", place)
            ],
            "review": [{"id": tick.id, "text": f"{path}.review.{tick.id}.ask"} for tick in spec.review],
            "refuse_with": self._refusals(spec.refuse_with, where.at("refuse_with"), path),
            "files": _files(spec.files, {"min": 1, "max": 6, "pages_max": 100}),
            "may_follow": self._may_follow(spec.may_follow, where.at("may_follow"), optional_place),
            "original_at_meeting": self.work.condition(
                original.when if isinstance(original, schema.When) else original, optional_place, where
            ),
        }


def attachments_of(
    work: Any, document: schema.Document, where: Where
) -> list[tuple[str, schema.Attachment, Where, str]]:
    """(id, spec, where, path of its words) for each attachment, sets written out."""
    attach, place = document.attach, where.at("attach")
    if isinstance(attach, str) and attach not in work.attachment_sets and attach in work.attachments:
        attach = [attach]
    if isinstance(attach, str):
        if attach not in work.attachment_sets:
            known = [*work.attachment_sets, *work.attachments]
            work.fault(
                place,
                "unknown_attachment",
                f"No shared attachment is called {shown(attach)}.",
                did_you_mean(attach, known),
            )
            return []
        ids, place = work.attachment_sets[attach]
        attach = ids
    found = []
    for at, one in enumerate(attach):
        if isinstance(one, schema.Attachment):
            if one.id is None:
                work.fault(place.at(at), "missing_key", "The attachment lacks the key id.", "Add it.")
                continue
            found.append((one.id, one, place.at(at), f"documents.{document.id}.attach.{one.id}"))
        elif one in work.attachments:
            spec, there = work.attachments[one]
            found.append((one, spec, there, f"attachments.{one}"))
        else:
            work.fault(
                place.at(at),
                "unknown_attachment",
                f"No attachment is called {shown(one)}.",
                did_you_mean(one, work.attachments),
            )
    ids = [one[0] for one in found]
    for key in {key for key in ids if ids.count(key) > 1}:
        work.fault(place, "twice", f"{key} is attached twice.", "Remove one of them.")
    return found


def _files(files: schema.Files, default: dict[str, int]) -> dict[str, int]:
    given = files.model_dump(exclude_none=True)
    merged = {**default, **given}
    if "min" in given and "max" not in given and "max" in merged:
        merged["max"] = max(merged["max"], given["min"])
    return merged


def _raw(where: Where) -> Any:
    """The value as it stands in the file."""
    value = where.source.value
    for step in where.path:
        value = value[step] if isinstance(value, list) or step in (value or {}) else None
    return value


__all__ = ["FILE", "attachments_of", "documents_plan", "facts_of", "known_documents", "own_facts"]
