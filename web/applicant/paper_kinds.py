"""What a paper may be, and what follows from each: facts to state and parts to send, all on one page.

Without a script the page cannot ask again once a kind is picked, so it shows what every kind needs; the style sheet
hides what belongs to another kind than the one that is ticked, and what is sent for another kind is left unread.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checklists.definition import Document
from checklists.worked_out import AskedFact, Demand
from web.file_read import FileRead


@dataclass(frozen=True, slots=True)
class Kind:
    """id: None for a paper that is of one kind only. parts: (item, path of its name or None)."""

    id: str | None
    facts: tuple[AskedFact, ...]
    parts: tuple[tuple[str, str | None], ...]
    comes: bool
    """Somebody comes to the meeting instead of a paper."""


def kinds_of(read: FileRead, demand: Demand) -> list[Kind]:
    """One for each choice that is open, in the checklist's order; one alone where there is nothing to choose."""
    if len(demand.choices) < 2:
        return [_kind(demand, demand.choice)]
    document = read.definition.documents[demand.document]
    return [_kind_of_choice(read, demand, document, choice) for choice in demand.choices]


def _kind_of_choice(read: FileRead, demand: Demand, document: Document, choice: str) -> Kind:
    if choice == demand.choice:
        return _kind(demand, choice)
    if _facts_are_alike(demand, document):
        spec = next(each for each in document.choices if each.id == choice)
        parts = tuple((f"{demand.item}.{part.id}", part.text) for part in (spec.parts or document.parts))
        comes = bool(spec.instead)
        return Kind(choice, () if comes else demand.facts, parts or ((demand.item, None),), comes)
    found = read.overlaid_paper(demand.person, demand.document, choice)
    return _kind(found.demand(demand.person, demand.item) or demand, choice)


def _facts_are_alike(demand: Demand, document: Document) -> bool:
    """Every fact the sender states is asked now, so that none waits for the choice. Else the rules must be asked."""
    asked = {fact.id for fact in demand.facts}
    return not demand.attends and all(
        spec.id in asked and spec.choice is None for spec in document.facts.values() if spec.known == "upload"
    )


def _kind(demand: Demand, choice: str | None) -> Kind:
    names = dict(demand.parts)
    parts = tuple((item, names.get(item.rpartition(".")[2])) for item in demand.items)
    return Kind(choice, demand.facts, parts, bool(demand.attends))


def facts_of(kinds: Iterable[Kind]) -> list[AskedFact]:
    """Each once, for whichever kind it is asked."""
    return list({fact.id: fact for kind in kinds for fact in kind.facts}.values())


def numbers_of(kinds: list[Kind], wanted: Iterable[Kind]) -> str:
    """The places of some kinds among all, "1 3", as the style sheet knows them; "" where they are all."""
    mine = list(wanted)
    return "" if len(mine) == len(kinds) else " ".join(str(kinds.index(kind) + 1) for kind in mine)
