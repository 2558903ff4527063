"""What lint finds without trying anything out: circles, demands that would change overnight, texts."""

import re
from collections.abc import Mapping
from typing import Any

from checklists.answers import number_check
from checklists.assemble import Assembly
from checklists.faults import WARNING, did_you_mean, shown
from checklists.graph import Graph, Node
from checklists.said import placeholders_in
from checklists.source import Where
from checklists.texts import FIXED, Translations, wordless

WORDS_MAX = 20
SENTENCE_END = re.compile(r"[.!?:;؟。]\s+|[.!?:;؟。]$|\n")
LOOSE_PLACEHOLDER = re.compile(r"<[^<>\s][^<>]*>|\{[a-z_.]+\}")


def lint_meaning(work: Assembly, plan: Mapping[str, Any], wording: Translations) -> None:
    """Notes every fault; errors here make a version unusable, warnings do not."""
    graph = Graph(plan)
    _circles(work, graph)
    _demands(work, plan, Graph(plan, prefill=False))
    _leaving(work, plan, graph)
    _asked_somewhere(work)
    _renamed(work)
    _texts(work, wording, _reasons_in_use(plan))
    _languages(work, wording)
    _unwritten(work)


def _where(work: Assembly, node: Node) -> Where:
    top, c = work.where, work.checklist
    if node[0] == "answer":
        return top.at("questions" if node[1] in c.questions else "worked_out", node[1])
    if node[0] == "role":
        return top.at("people", node[1])
    if node[0] in ("document", "fact"):
        return top.at("documents", [document.id for document in c.documents].index(node[1]))
    return top


def _circles(work: Assembly, graph: Graph) -> None:
    for path in graph.circles():
        way = " -> ".join(".".join(node[1:]) for node in (*path, path[0]))
        work.fault(
            _where(work, path[0]),
            "circle",
            f"These need each other: {way}.",
            "Break the circle: let one of them ask something else.",
        )


def _demands(work: Assembly, plan: Mapping[str, Any], graph: Graph) -> None:
    """A demand must not come or go overnight, and must be decided before the meeting."""
    for index, document in enumerate(plan["documents"]):
        entries = [(entry, None) for entry in document["needed"]]
        entries += [(entry, one["id"]) for one in document["attach"] for entry in one["needed"]]
        for entry, attachment in entries:
            where = work.where.at("documents", index, "attach" if attachment else "needed")
            below = graph.below(graph.nodes_of(entry["when"], document["id"]))
            name = f"{document['id']}/{attachment}" if attachment else document["id"]
            if ("today",) in below:
                work.fault(
                    where, "today", f"{name} hangs on today: a demand must not come or go overnight.", "Use sent."
                )
            _late_facts(work, name, below, where)


def _late_facts(work: Assembly, name: str, below: set[Node], where: Where) -> None:
    for node in sorted(below):
        known = work.names.documents[node[1]].facts.get(node[2]) if node[0] == "fact" else None
        if known and known.staged == "review":
            message = f"{name} hangs on {node[1]}.{node[2]}, which is known only after review."
            work.fault(
                where, "late_fact", message, "Ask for it at upload, or accept that a demand may come late.", WARNING
            )
        elif known and known.staged == "meeting":
            message = (
                f"{name} hangs on {node[1]}.{node[2]}, which is known only at the meeting: it can never be complete."
            )
            work.fault(where, "late_fact", message, "Ask for it at upload or at review.")


def _leaving(work: Assembly, plan: Mapping[str, Any], graph: Graph) -> None:
    for index, rule in enumerate(plan["rules"]):
        if rule["then"] == "leave_out" and ("people",) in graph.below(graph.nodes_of(rule["when"])):
            message = f"{rule['id']} counts people through a term: who is left out is worked out first."
            work.fault(work.where.at("rules", index), "counts_people", message, "Ask about this person only.")


def _asked_somewhere(work: Assembly) -> None:
    c = work.checklist
    asked = {key for page in c.pages for key in page.questions} | {path.rpartition(".")[2] for path in c.triage}
    for key, question in c.questions.items():
        if key not in asked and question.asked_of == "applicant":
            work.fault(
                work.where.at("questions", key),
                "unreachable",
                f"{key} stands on no page: nobody is asked.",
                "Add it to a page or to triage.",
            )


def _renamed(work: Assembly) -> None:
    c = work.checklist
    known = {*c.questions, *c.people, *c.worked_out, *(document.id for document in c.documents)}
    for old, new in c.renamed.items():
        where = work.where.at("renamed", old)
        if new not in known:
            work.fault(where, "unknown_name", f"Nothing is called {shown(new)}.", did_you_mean(new, known))
        if old in known:
            work.fault(where, "renamed", f"{old} still exists.", "An id that was renamed must not be used again.")


# Texts


def _reasons_in_use(plan: Mapping[str, Any]) -> set[str]:
    """Reasons some paper may be refused with; a shared file may hold more than this checklist needs."""
    found = set(plan["always"])
    for document in plan["documents"]:
        for block in (document, *document["choices"], *document["attach"]):
            found |= {check["reason"] for check in block.get("checks", ())}
            found |= {one["reason"] for one in block.get("refuse_with", ())}
    return found


def _texts(work: Assembly, wording: Translations, reasons: set[str]) -> None:
    for path, (text, where) in wording.sources.items():
        if where.path in where.source.cut:
            work.fault(
                where,
                "cut",
                f"The text ends before a #: {shown(text)}.",
                "Put it in quotes, or two spaces before a remark.",
            )
        of_no_use = path.startswith("reasons.") and path.split(".")[1] not in reasons
        if path not in FIXED and not of_no_use:
            _placeholders(work, path, text, where)
        for sentence in SENTENCE_END.split(text):
            words = len(sentence.split())
            if words > WORDS_MAX and path != "declaration":
                work.fault(
                    where,
                    "long",
                    f"A sentence has {words} words: {shown(sentence)}.",
                    f"Make it {WORDS_MAX} or fewer.",
                    WARNING,
                )


def _placeholders(work: Assembly, path: str, text: str, where: Where) -> None:
    named = placeholders_in(text)
    for loose in LOOSE_PLACEHOLDER.findall(text):
        if loose.strip("<>") not in named:
            work.fault(
                where,
                "placeholders",
                f"{loose[:60]} is no placeholder.",
                "Write <person>, <document.fact>, <until> or <limit>.",
            )
    for name in sorted(named):
        base, _, form = name.partition(":")
        remedy = _unfit(work, path, base)
        if form:
            remedy = remedy or "A case mark (:of) belongs into a translation only."
        if remedy:
            work.fault(where, "placeholders", f"<{name}> has no value here.", remedy)


def _unfit(work: Assembly, path: str, name: str) -> str | None:
    """Why a placeholder cannot be filled at this path, as a remedy; None if it can."""
    head, _, tail = name.partition(".")
    if head == "person":
        return None if tail in ("", "name") and _has_person(work, path) else "There is no single person here."
    if name == "until":
        return None if path.startswith("rules.") else "Only a rule that waits has <until>."
    if name == "limit":
        return None if path.startswith("reasons.") or ".refuse_with." in path else "Only a reason has <limit>."
    if head == "document":
        return _unfit_document(work, path, tail)
    if head == "municipality":
        return None if tail == "name" or tail in work.names.settings else did_you_mean(tail, work.names.settings)
    known = {*work.names.answers, *work.names.roles, *work.names.documents}
    return None if head in known else did_you_mean(head, {*known, "person", "document", "municipality"})


def _has_person(work: Assembly, path: str) -> bool:
    block, key, *_ = (*path.split("."), "", "")
    c = work.checklist
    if block == "rules":
        return any(rule.id == key and rule.per == "person" for rule in c.rules)
    if block == "documents":
        return any(one.id == key and one.per != ["file"] for one in c.documents)
    if block == "pages":
        return any(one.id == key and one.per != ["file"] for one in c.pages)
    if block in ("questions", "worked_out"):
        return work.names.answers[key].roles != frozenset({"file"})
    return block in ("reasons", "attachments", "fact_sets")


def _unfit_document(work: Assembly, path: str, fact: str) -> str | None:
    block, key, *_ = (*path.split("."), "", "")
    if fact == "name":
        return None if block in ("documents", "attachments", "reasons") else "There is no document here."
    if block == "documents":
        known = work.names.documents[key].facts
        return None if fact in known else did_you_mean(fact, known)
    if block in ("attachments", "reasons", "fact_sets"):
        every = {name for document in work.names.documents.values() for name in document.facts}
        return None if fact in every or not work.names.documents else did_you_mean(fact, every)
    return "There is no document here."


def _languages(work: Assembly, wording: Translations) -> None:
    c = work.checklist
    for language in c.must_have:
        if language not in c.languages:
            remedy = f"Add {language} to languages, or take it out of must_have."
            work.fault(
                work.where.at("must_have"),
                "language",
                f"must_have names {language}, languages does not.",
                remedy,
                WARNING,
            )
    for language in dict.fromkeys([*c.languages, *wording.stale]):
        if language == c.source_language:
            continue
        file = work.found.translations.get(language)
        place = Where(file) if file else work.where.at("languages")
        missing = wording.missing(language)
        if missing and language in c.languages:
            few = ", ".join(missing[:3]) + (", ..." if len(missing) > 3 else "")
            must = " Publishing is refused until they are there." if language in c.must_have else ""
            remedy = f"Run: flask checklist texts {c.checklist} {language}"
            work.fault(place, "missing_text", f"{len(missing)} texts have no {language}: {few}.{must}", remedy, WARNING)
        for path in wording.stale.get(language, []):
            remedy = "Translate it anew and take over the present text."
            work.fault(
                Where(file, (path,)) if file else place,
                "stale",
                f"{path} was translated from an older text.",
                remedy,
                WARNING,
            )


def _unwritten(work: Assembly) -> None:
    c = work.checklist
    missing = wordless(work)
    if missing:
        few = ", ".join(missing[:5]) + (", ..." if len(missing) > 5 else "")
        work.fault(
            work.where.at("questions"),
            "no_words",
            f"{len(missing)} have no words and show their ids: {few}.",
            "Write ask, or {id, name}.",
            WARNING,
        )
    if c.number and c.number.check and number_check(c.number.check) is None:
        remedy = "Write a module's name, such as dk.cpr."
        work.fault(work.where.at("number"), "number_check", f"python-stdnum has no {c.number.check}.", remedy)
    if c.declaration is None:
        work.fault(
            work.where,
            "no_declaration",
            "There is no declaration for the applicant to sign.",
            "Add declaration: ...",
            WARNING,
        )
    if not c.cases:
        work.fault(
            work.where,
            "no_cases",
            "There are no cases: nobody can tell whether the rules do what is meant.",
            "Add cases.",
            WARNING,
        )
