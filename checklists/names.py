"""What the names in a checklist mean: looked up once, while loading, with every fault told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from checklists.faults import Fault, did_you_mean, shown
from checklists.source import Where

RESERVED: Final = frozenset(
    {"all", "any", "not", "some", "every", "count", "with", "role", "person", "everyone", "file", "document"}
    | {"today", "sent", "meeting"}
)
FILE: Final = frozenset({"file"})
PAPER_WORDS: Final = {"present": "yes_no", "choice": "choice"}
"""Every paper has these two beside its own facts: was it sent, and which choice was picked."""


@dataclass(frozen=True)
class Known:
    """What a name stands for. roles: who has it (FILE for the file's own)."""

    type: str
    many: bool = False
    options: frozenset[str] = frozenset()
    roles: frozenset[str] = FILE
    not_sure: bool = False
    former: bool = False
    staged: str = ""


@dataclass(frozen=True)
class KnownDocument:
    roles: frozenset[str]
    facts: Mapping[str, Known]
    serves: frozenset[str] = frozenset()


@dataclass
class Names:
    """Everything that can be named in a condition of one checklist."""

    roles: dict[str, int] = field(default_factory=dict)
    parties: frozenset[str] = frozenset()
    answers: dict[str, Known] = field(default_factory=dict)
    documents: dict[str, KnownDocument] = field(default_factory=dict)
    settings: dict[str, Known] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    municipalities: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()
    faults: list[Fault] = field(default_factory=list)

    def expand(self, per: Iterable[str]) -> frozenset[str]:
        """The roles behind `per`; unknown ones are left out (they have their own fault).

        `person` is everyone who applies: a party is only meant where its role is named.
        """
        words = set(per)
        if "person" in words:
            return frozenset(self.roles) - self.parties
        return FILE if words == {"file"} else frozenset(words & set(self.roles))

    def fault(self, where: Where, code: str, message: str, remedy: str, level: str = "error") -> None:
        if len(self.faults) < 2000:
            self.faults.append(where.fault(code, message, remedy, level))


@dataclass(frozen=True)
class Place:
    """Where a condition or date stands: who its subject is and what it may name."""

    subject: frozenset[str] = FILE
    here: Mapping[str, Known] | None = None
    meeting: bool = False
    today: bool = True
    counting: bool = True
    title: str = "here"

    def of(self, roles: frozenset[str]) -> "Place":
        return Place(roles, None, self.meeting, self.today, self.counting, self.title)


def resolve(names: Names, name: str, place: Place, where: Where) -> tuple[list, Known] | None:
    """The reference a name makes, or None after noting the fault."""
    if name == "role":
        return _role(names, place, where)
    steps = name.split(".")
    if len(steps) == 1:
        return _bare(names, name, place, where)
    head, tail = steps[0], steps[1:]
    if head == "municipality":
        return _setting(names, tail, where)
    if head == "document":
        return _here(names, tail, place, where)
    if head in names.roles:
        return _of_role(names, head, tail, where)
    if head in names.documents:
        return _paper(names, head, tail, place, where)
    known = [*names.roles, *names.documents, "municipality", "document"]
    names.fault(where, "unknown_name", f"{shown(head)} is neither a person nor a document.", did_you_mean(head, known))
    return None


def _role(names: Names, place: Place, where: Where) -> tuple[list, Known] | None:
    if place.subject == FILE:
        names.fault(
            where,
            "whose",
            "role has no person here: this is worked out once for the file.",
            "Write some, every or count.",
        )
        return None
    return ["role"], Known("choice", options=frozenset(names.roles), roles=place.subject)


def _bare(names: Names, name: str, place: Place, where: Where) -> tuple[list, Known] | None:
    known = names.answers.get(name)
    if known is None:
        remedy = did_you_mean(name, names.answers)
        if name in names.documents:
            remedy = f"Write {name}.<fact>, for example {name}.present."
        elif name in names.roles:
            remedy = f"Write {name}.<question>, or {{count: {name}, at_least: 1}}."
        names.fault(where, "unknown_name", f"No question or term is called {shown(name)}.", remedy)
        return None
    if known.roles == FILE:
        return ["file", name], known
    if place.subject == FILE:
        names.fault(
            where,
            "whose",
            f"{name} is answered for each person: whose is meant?",
            f"Write applicant.{name}, or {{some: person, with: ...}}.",
        )
        return None
    if not known.roles & place.subject:
        who = ", ".join(sorted(place.subject))
        names.fault(
            where,
            "never_asked",
            f"{name} is never asked of {who}.",
            f"It is asked of {', '.join(sorted(known.roles)) or 'nobody'}.",
        )
        return None
    return ["own", name], known


def _setting(names: Names, tail: list[str], where: Where) -> tuple[list, Known] | None:
    known = names.settings.get(tail[0]) if len(tail) == 1 else None
    if known is None:
        names.fault(
            where,
            "unknown_setting",
            f"No setting is called {shown('.'.join(tail))}.",
            did_you_mean(tail[0], names.settings),
        )
        return None
    return ["setting", tail[0]], known


def _here(names: Names, tail: list[str], place: Place, where: Where) -> tuple[list, Known] | None:
    if place.here is None:
        names.fault(
            where,
            "no_document",
            f"There is no document {place.title} that document.{tail[0]} could mean.",
            "Write <document id>.<fact>.",
        )
        return None
    known = place.here.get(tail[0]) if len(tail) == 1 else None
    if known is None:
        names.fault(
            where,
            "unknown_fact",
            f"This document has no fact {shown('.'.join(tail))}.",
            did_you_mean(tail[0], place.here),
        )
        return None
    return ["here", tail[0]], known


def _of_role(names: Names, role: str, tail: list[str], where: Where) -> tuple[list, Known] | None:
    if names.roles[role] > 1:
        names.fault(
            where,
            "many_persons",
            f"There may be several of {role}.",
            f"Write {{some: {role}, with: ...}}, every or count.",
        )
        return None
    if len(tail) == 2 and tail[0] in names.documents:
        return _paper_of(names, role, tail, where)
    known = names.answers.get(tail[0]) if len(tail) == 1 else None
    if known is None:
        names.fault(
            where,
            "unknown_name",
            f"No question or term is called {shown('.'.join(tail))}.",
            did_you_mean(tail[0], names.answers),
        )
        return None
    if known.roles == FILE:
        names.fault(where, "whose", f"{tail[0]} belongs to the file, not to {role}.", f"Write {tail[0]}.")
        return None
    if role not in known.roles:
        names.fault(
            where,
            "never_asked",
            f"{tail[0]} is never asked of {role}.",
            f"It is asked of {', '.join(sorted(known.roles)) or 'nobody'}.",
        )
        return None
    return ["of", role, tail[0]], known


def _paper_of(names: Names, role: str, tail: list[str], where: Where) -> tuple[list, Known] | None:
    document = names.documents[tail[0]]
    known = document.facts.get(tail[1])
    if known is None:
        names.fault(
            where, "unknown_fact", f"{tail[0]} has no fact {shown(tail[1])}.", did_you_mean(tail[1], document.facts)
        )
        return None
    if role not in document.roles:
        names.fault(
            where,
            "never_asked",
            f"{tail[0]} is never asked of {role}.",
            f"It is asked of {', '.join(sorted(document.roles))}.",
        )
        return None
    return ["paper", role, *tail], known


def _paper(names: Names, document_id: str, tail: list[str], place: Place, where: Where) -> tuple[list, Known] | None:
    document = names.documents[document_id]
    known = document.facts.get(tail[0]) if len(tail) == 1 else None
    if known is None:
        names.fault(
            where,
            "unknown_fact",
            f"{document_id} has no fact {shown('.'.join(tail))}.",
            did_you_mean(tail[0], document.facts),
        )
        return None
    if document.roles == FILE:
        return ["paper", "file", document_id, tail[0]], known
    owners = document.roles | document.serves
    if place.subject == FILE:
        only = next(iter(document.roles)) if len(document.roles) == 1 else "applicant"
        names.fault(
            where,
            "whose",
            f"{document_id} is asked for each person: whose is meant?",
            f"Write {only}.{document_id}.{tail[0]}.",
        )
        return None
    if not owners & place.subject:
        names.fault(
            where,
            "never_asked",
            f"{document_id} is never asked of {', '.join(sorted(place.subject))}.",
            f"It is asked of {', '.join(sorted(document.roles))}.",
        )
        return None
    return ["paper", "own", document_id, tail[0]], known


def paper_words(choices: Iterable[str]) -> dict[str, Known]:
    """`present` and `choice`, which every paper has."""
    return {"present": Known("yes_no"), "choice": Known("choice", options=frozenset(choices))}


def list_values(names: Names, value: Any) -> tuple[str, ...] | None:
    """The values behind `$name`, or None if there is no such list."""
    return names.lists.get(value[1:]) if isinstance(value, str) and value.startswith("$") else None
