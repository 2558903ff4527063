"""Answers, what the rules make of them, and who is on the file."""

from __future__ import annotations

import hashlib
import json
import secrets
import unicodedata
from typing import Any

from sqlalchemy import select

from actions import situation
from actions.doing import Doing
from actions.dossier import Dossier
from actions.effects import effect
from applications.models import Answer, Application, Person, Requirement, SearchWord, Verdict
from checklists import rules

# No 0/O, 1/I/L, U/V: a reference is read aloud and typed from paper.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTWXYZ"
DECLARATION = "declaration"


def new_reference() -> str:
    """Like K7F-4QX-2MP: about 43 bits, so that guessing one is hopeless; it opens nothing by itself."""
    letters = [secrets.choice(_LETTERS) for _ in range(9)]
    return "-".join("".join(letters[i : i + 3]) for i in (0, 3, 6))


@effect
def make_reference(doing: Doing) -> None:
    work = doing.work
    while work.session.scalar(select(Application.id).where(Application.reference == doing.file.reference,
                                                           Application.id != doing.file.id)):
        doing.file.reference = new_reference()
    compute_requirements(doing)


@effect
def compute_requirements(doing: Doing) -> None:
    """Write the given answers, then let the rules say what is needed."""
    dossier = doing.dossier
    for (person_id, question_id), value in doing.given.get("answers", {}).items():
        _answer(doing, person_id, question_id, value)
    _name_people(dossier)
    work_out(dossier)


def _answer(doing: Doing, person_id: int | None, question_id: str, value: Any) -> None:
    dossier = doing.dossier
    current = next((a for a in dossier.rows(Answer) if a.superseded_at is None
                    and (a.person_id, a.question_id) == (person_id, question_id)), None)
    if situation.same(dossier, current.value if current else None, value):
        return
    if current:
        current.superseded_at = doing.now
        dossier.session.flush()  # the index allows one current answer, so the old one must go first
    question = dossier.definition.question(question_id)
    sealed = question.sensitive or question.type in ("cpr", "address")
    dossier.add(Answer(
        application_id=dossier.file.id, person_id=person_id, question_id=question_id, given_at=doing.now,
        given_by=str(doing.actor), pen=doing.given.get("pen"),
        value=situation.stored(dossier, value, sealed=sealed),
    ))


def _name_people(dossier: Dossier) -> None:
    """Keep the name people are called by, and the words the back office may search for."""
    said = {a.person_id: situation.plain(dossier, a.value) for a in dossier.rows(Answer)
            if a.superseded_at is None and a.person_id and dossier.definition.question(a.question_id).type == "name"}
    for person in dossier.rows(Person):
        name = said.get(person.id)
        if isinstance(name, str) and name != person.name:
            person.name = name[:200]
    wanted = {word for p in dossier.rows(Person) if p.name and p.left_at is None for word in folded_words(p.name)}
    if not wanted and dossier.is_new:
        return
    known = {row.word: row for row in dossier.rows(SearchWord)}
    for word in wanted - known.keys():
        dossier.add(SearchWord(application_id=dossier.file.id, word=word))
    for word in known.keys() - wanted:
        dossier.rows(SearchWord).remove(known[word])
        dossier.session.delete(known[word])


def folded_words(name: str) -> set[str]:
    """Words to search by: lower case, without accents, at most 60 letters each."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return {word[:60] for word in bare.replace("-", " ").split()}


def work_out(dossier: Dossier) -> rules.WorkedOut:
    """Ask the rules about the file as it stands and bring its requirements in line."""
    found = rules.work_out(dossier.definition, situation.situation_of(dossier))
    if _add_wanted_people(dossier, found):
        found = rules.work_out(dossier.definition, situation.situation_of(dossier))
    _keep_rules(dossier, found)
    _sync_requirements(dossier, found)
    return found


def _add_wanted_people(dossier: Dossier, found: rules.WorkedOut) -> bool:
    """A role that must be filled and has room for one person gets that person at once."""
    present = {p.role for p in dossier.rows(Person) if p.left_at is None}
    missing = [role for role, wanted in found.roles.items()
               if wanted.wanted == "yes" and wanted.max == 1 and role not in present]
    for role in missing:
        add_person(dossier, role)
    return bool(missing)


def add_person(dossier: Dossier, role: str, name: str | None = None) -> Person:
    position = max((p.position for p in dossier.rows(Person)), default=-1) + 1
    return dossier.add(Person(application_id=dossier.file.id, role=role, position=position, name=name,
                              outcome="pending"), flush=True)


def _keep_rules(dossier: Dossier, found: rules.WorkedOut) -> None:
    not_before = found.meeting.not_before
    dossier.file.rules = {
        "unknowns": [
            [None if u.person is None else int(u.person), u.kind, list(u.why), u.item] for u in found.unknowns
        ],
        "not_before_on": not_before.isoformat() if not_before else None,
        "minutes": found.minutes,
        "modes": list(found.meeting.modes),
        "left_out": sorted({int(key) for keys in found.left_out.values() for key in keys}),
        "put_aside": sorted(int(key) for key in found.aside),
        "stay_home": sorted(int(key) for key in found.people if key not in found.attend),
        "flags": [[flag.rule, flag.person] for flag in found.flags],
    }


def _sync_requirements(dossier: Dossier, found: rules.WorkedOut) -> None:
    rows = {(r.person_id, r.item_id): r for r in dossier.rows(Requirement)}
    demanded = {}
    for demand in found.demands:
        person_id = None if demand.person is None else int(demand.person)
        for item in demand.items:
            demanded[(person_id, item)] = demand
    for key, demand in demanded.items():
        row = rows.get(key) or dossier.add(Requirement(
            application_id=dossier.file.id, person_id=key[0], item_id=key[1], kind="document", origin="rule",
            status="missing", reason=[], terms={}, promises=0, gathered=False))
        _bring_in_line(row, demand)
    for key, row in rows.items():
        if row.kind == "document" and row.origin == "rule" and key not in demanded:
            row.status = "not_needed"
    _demand_signature(dossier, rows)
    dossier.flush_new()


def _bring_in_line(row: Requirement, demand: rules.Demand) -> None:
    reason = [[said.path, _jsonable(said.values)] for said in demand.reasons]
    terms = {
        "document": demand.document, "attachment": demand.attachment, "optional": demand.optional,
        "sent_as": demand.sent_as, "may_follow": demand.may_follow, "original": demand.original_at_meeting,
        "attends": bool(demand.attends), "serves": list(demand.serves), "waive": list(demand.waive),
    }
    if row.reason != reason:
        row.reason = reason
    if row.terms != terms:
        row.terms = terms
    if row.status == "not_needed":
        row.status = "sent" if row.document_id else "missing"
    row.good_from_on, row.good_until_on = demand.good_from_on, demand.good_until_on


def _jsonable(values: Any) -> dict[str, Any]:
    """Placeholders a reason needs again later. Names are left out: they are put in when it is said."""
    kept = {}
    for name, value in values.items():
        if hasattr(value, "isoformat"):
            kept[name] = {"date": value.isoformat()}
        elif hasattr(value, "kind") and hasattr(value, "code"):
            kept[name] = {"kind": value.kind, "code": value.code}
        elif hasattr(value, "key"):
            kept[name] = {"person": value.key, "role": value.role}
        else:
            kept[name] = value
    return kept


def _demand_signature(dossier: Dossier, rows: dict[Any, Requirement]) -> None:
    lead = dossier.lead
    if (lead.id, DECLARATION) not in rows:
        dossier.add(Requirement(
            application_id=dossier.file.id, person_id=lead.id, item_id=DECLARATION, kind="signature", origin="rule",
            status="missing", reason=[], terms={"sent_as": "signature"}, promises=0, gathered=False))


def answers_hash(dossier: Dossier, row: Requirement) -> str:
    """Fingerprint of the answers and facts this paper is checked against: when it changes, somebody looks again."""
    said = situation.situation_of(dossier)
    person = next((p for p in said.people if p.key == str(row.person_id)), None)
    seen = {}
    for name in sorted(dossier.definition.checked_against(row.item_id)) if row.origin == "rule" else ():
        bare = name.rsplit(".", 1)[-1]
        seen[name] = [person.answers.get(bare) if person else None, said.answers.get(bare)]
    return hashlib.sha256(json.dumps(seen, default=str, sort_keys=True).encode()).hexdigest()


@effect
def recheck_verdicts_that_used_it(doing: Doing) -> None:
    """An accepted paper was checked against answers that are different now: the office looks again."""
    dossier = doing.dossier
    for row in dossier.rows(Requirement):
        if row.kind != "document" or row.status != "accepted" or row.answers_hash == answers_hash(dossier, row):
            continue
        verdict = dossier.add(Verdict(
            application_id=dossier.file.id, requirement_id=row.id, document_id=row.document_id,
            document_hash=row.document_hash, answers_hash=answers_hash(dossier, row),
            replaces_id=row.current_verdict_id, kind="recheck", at=doing.now), flush=True)
        row.current_verdict_id, row.status, row.judged_by_id = verdict.id, "recheck", None


@effect
def person_joins(doing: Doing) -> None:
    person = add_person(doing.dossier, doing.given["role"], doing.given.get("name"))
    doing.made["person"] = person.id


@effect
def person_leaves(doing: Doing) -> None:
    doing.dossier.person(doing.given["person_id"]).left_at = doing.now


@effect
def person_deferred(doing: Doing) -> None:
    doing.dossier.person(doing.given["person_id"]).deferred_at = doing.now


@effect
def person_active(doing: Doing) -> None:
    doing.dossier.person(doing.given["person_id"]).deferred_at = None
