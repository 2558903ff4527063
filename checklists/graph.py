"""What hangs on what: the names of a checklist as a graph, for circles and for what a demand rests on."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from checklists.references import references_in, references_in_date

Node = tuple[str, ...]


class Graph:
    """Nodes: ("answer", id) ("role", id) ("document", id) ("fact", document, id) ("people",) ("today",).

    prefill: whether being filled in from something counts as resting on it.
    """

    def __init__(self, plan: Mapping[str, Any], *, prefill: bool = True):
        self.plan = plan
        self.prefill = prefill
        self.edges: dict[Node, list[Node]] = {}
        self._answers()
        for role, spec in plan["roles"].items():
            self.edges["role", role] = [] if spec["when"] is None else self.nodes_of(spec["when"])
        for document in plan["documents"]:
            self._document(document)

    def nodes_of(self, condition: list, document: str | None = None) -> list[Node]:
        return self._nodes(references_in(condition), document)

    def below(self, start: Iterable[Node]) -> set[Node]:
        """Everything these nodes rest on, themselves included."""
        seen: set[Node] = set()
        waiting = list(start)
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                waiting += self.edges.get(node, [])
        return seen

    def circles(self) -> Iterator[list[Node]]:
        """One circle for each knot of nodes that need each other."""
        done: set[Node] = set()
        for start in self.edges:
            if start not in done:
                path = self._way_back(start)
                if path:
                    done |= set(path)
                    yield path

    def _way_back(self, start: Node) -> list[Node] | None:
        came_from: dict[Node, Node] = {}
        waiting = [start]
        while waiting:
            node = waiting.pop()
            for after in self.edges.get(node, []):
                if after == start:
                    path = [node]
                    while path[-1] != start:
                        path.append(came_from[path[-1]])
                    return path[::-1]
                if after not in came_from:
                    came_from[after] = node
                    waiting.append(after)
        return None

    def _answers(self) -> None:
        for key, question in self.plan["questions"].items():
            self.edges["answer", key] = self.nodes_of(question["when"])
            prefill = self._nodes([question["prefill"]], None) if question["prefill"] and self.prefill else []
            # Filled from the same question of another person: that is a copy, no circle.
            self.edges["answer", key] += [node for node in prefill if node != ("answer", key)]
        for key, spec in self.plan["worked_out"].items():
            if spec["kind"] == "term":
                self.edges["answer", key] = self.nodes_of(spec["when"])
            else:
                days = [ref for end in ("from", "to") if spec[end] for ref in references_in_date(spec[end])]
                self.edges["answer", key] = self._nodes(days, None)

    def _document(self, document: Mapping[str, Any]) -> None:
        name = document["id"]
        self.edges["document", name] = [node for entry in document["needed"] for node in self.nodes_of(entry["when"])]
        picked = [node for choice in document["choices"] for node in self.nodes_of(choice["when"], name)]
        self.edges["fact", name, "choice"] = [("document", name), *picked]
        self.edges["fact", name, "present"] = [("document", name)]
        for facts, more in [(document["facts"], []), *((choice["facts"], picked) for choice in document["choices"])]:
            for key, fact in facts.items():
                filled = self._nodes([fact["prefill"]], name) if fact["prefill"] and self.prefill else []
                when = self.nodes_of(fact["when"], name)
                self.edges["fact", name, key] = [("document", name), *more, *when, *filled]

    def _nodes(self, references: Iterable[list], document: str | None) -> list[Node]:
        found: list[Node] = []
        for ref in references:
            kind = ref[0]
            if kind in ("own", "file"):
                found.append(("answer", ref[1]))
            elif kind == "of":
                found += [("role", ref[1]), ("answer", ref[2])]
            elif kind == "here" and document is not None:
                found.append(("fact", document, ref[1]))
            elif kind == "paper":
                found.append(("fact", ref[2], ref[3]))
            elif kind == "members":
                roles = self.plan["roles"] if ref[1] == "person" else [ref[1]]
                found += [("people",), *(("role", role) for role in roles)]
            elif kind == "today":
                found.append(("today",))
        return found
