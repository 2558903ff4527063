"""Which answers and facts an item hangs on: for demanding it, and for the verdict on it."""

from collections.abc import Iterable, Mapping
from typing import Any

from checklists.references import references_in, references_in_date

_WORDS = ("members", "today", "sent", "meeting", "role", "setting")


class Uses:
    """Walks the plan; terms and figures are followed down to questions and facts."""

    def __init__(self, plan: Mapping[str, Any]):
        self.plan = plan
        self.documents = {one["id"]: one for one in plan["documents"]}
        self._leaves: dict[str, frozenset[str]] = {}

    def demand(self, item: str) -> frozenset[str]:
        document, attachment = self._parts(item)
        if document is None:
            return frozenset()
        found = set(self._of([entry["when"] for entry in document["needed"]], document["id"]))
        if attachment is not None:
            found |= self._of([entry["when"] for entry in attachment["needed"]], document["id"])
        else:
            blocks = (document, *document["choices"])
            parts = [part["when"] for block in blocks for part in block["parts"] if part["when"]]
            found |= self._of([*(choice["when"] for choice in document["choices"]), *parts], document["id"])
        return frozenset(found)

    def verdict(self, item: str) -> frozenset[str]:
        document, attachment = self._parts(item)
        if document is None:
            return frozenset()
        if attachment is not None:
            return self._of([entry["when"] for entry in attachment["needed"]], document["id"])
        checks = [*document["checks"], *(check for choice in document["choices"] for check in choice["checks"])]
        found = set(self._of([part for check in checks for part in (check["when"], check["that"])], document["id"]))
        for fact in self._facts(document):
            if fact["prefill"]:
                found |= self._leaf(fact["prefill"], document["id"])
        return frozenset(found | self._filled_from(document["id"]))

    def _parts(self, item: str) -> tuple[Any, Any]:
        name, _, attachment = item.partition("/")
        document = self.documents.get(name.partition(".")[0])
        if document is None or not attachment:
            return document, None
        return document, next((one for one in document["attach"] if one["id"] == attachment), None)

    @staticmethod
    def _facts(document: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
        yield from document["facts"].values()
        for choice in document["choices"]:
            yield from choice["facts"].values()

    def _filled_from(self, document: str) -> set[str]:
        """Questions whose answer is filled in from this paper: the paper was held against them."""
        return {
            key
            for key, question in self.plan["questions"].items()
            if question["prefill"] and question["prefill"][0] == "paper" and question["prefill"][2] == document
        }

    def _of(self, conditions: Iterable[list], document: str) -> frozenset[str]:
        return frozenset(leaf for one in conditions for ref in references_in(one) for leaf in self._leaf(ref, document))

    def _leaf(self, ref: list, document: str) -> frozenset[str]:
        if ref[0] in _WORDS:
            return frozenset()
        if ref[0] == "here":
            return frozenset({f"{document}.{ref[1]}"})
        if ref[0] == "paper":
            return frozenset({f"{ref[2]}.{ref[3]}"})
        return self._answer(ref[-1])

    def _answer(self, name: str) -> frozenset[str]:
        """A question itself; a term, what it is made of."""
        spec = self.plan["worked_out"].get(name)
        if spec is None:
            return frozenset({name})
        if name not in self._leaves:
            self._leaves[name] = frozenset()  # a circle (lint refuses it) adds nothing
            self._leaves[name] = self._made_of(spec)
        return self._leaves[name]

    def _made_of(self, spec: Mapping[str, Any]) -> frozenset[str]:
        if spec["kind"] == "term":
            references = references_in(spec["when"])
        else:
            references = [*references_in_date(spec["from"]), *references_in_date(spec["to"])]
        return frozenset(leaf for ref in references for leaf in self._leaf(ref, ""))
