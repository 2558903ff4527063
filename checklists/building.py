"""From the compiled content (plan and texts, plain JSON) to a Definition whose conditions are closures."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from checklists.conditions import Get, Test, compile_condition, compile_date, compile_reference
from checklists.definition import (
    Attachment,
    Check,
    Choice,
    Definition,
    Document,
    FactSpec,
    GroupField,
    Meeting,
    MinutesMore,
    Needed,
    Page,
    Part,
    Question,
    RefuseWith,
    Role,
    Rule,
    Topic,
    WorkedOut,
)
from checklists.references import references_in
from checklists.wording import Wording


def content_hash(content: Mapping[str, Any]) -> str:
    """Names a compiled definition: the same content always has the same name."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def build(content: Mapping[str, Any], named: str | None = None) -> Definition:
    """From the compiled content (plan and texts) to a Definition, in a few milliseconds.

    named: its content hash if that is already known (working it out takes most of the time).
    """
    plan = content["plan"]
    return Definition(
        plan=plan,
        hash=named or content_hash(content),
        wording=Wording(plan["source_language"], content["texts"], content.get("stale", {})),
        name=plan["name"],
        version=plan["version"],
        applies_from=date.fromisoformat(plan["applies_from"]),
        workflow=plan["workflow"],
        country=plan["country"],
        source_language=plan["source_language"],
        languages=tuple(plan["languages"]),
        must_have=tuple(plan["must_have"]),
        sources=tuple(plan["sources"]),
        number_check=plan["number_check"],
        people=_frozen({key: _role(key, spec) for key, spec in plan["roles"].items()}),
        questions=_frozen({key: _question(key, spec) for key, spec in plan["questions"].items()}),
        worked_out=_frozen({key: _worked_out(key, spec) for key, spec in plan["worked_out"].items()}),
        topics=tuple(Topic(t["id"], tuple(t["also"]), tuple(map(tuple, t["sets"]))) for t in plan["topics"]),
        triage=tuple((role, key) for role, key in plan["triage"]),
        pages=tuple(Page(p["id"], frozenset(p["roles"]), tuple(p["questions"])) for p in plan["pages"]),
        rules=tuple(_rule(spec) for spec in plan["rules"]),
        documents=_frozen({spec["id"]: _document(spec) for spec in plan["documents"]}),
        meeting=_meeting(plan["meeting"]),
        retention=_frozen(plan["retention"]),
        renamed=_frozen(plan["renamed"]),
        settings=_frozen({key: _plain(spec["type"], spec["default"]) for key, spec in plan["settings"].items()}),
        municipalities=_municipalities(plan),
        reasons=_frozen({key: tuple(spec["answer_with"]) for key, spec in plan["reasons"].items()}),
        always=tuple(plan["always"]),
    )


def _frozen(value: dict) -> Mapping:
    return MappingProxyType(dict(value))


def _plain(kind: str, value: Any) -> Any:
    """A setting as the rules compare it: days as days, lists as sets."""
    if kind == "date" and isinstance(value, str):
        return date.fromisoformat(value)
    return frozenset(value) if isinstance(value, list) else value


def _municipalities(plan: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    types = {key: spec["type"] for key, spec in plan["settings"].items()}
    return _frozen(
        {
            key: _frozen({"name": one["name"], **{s: _plain(types[s], value) for s, value in one["settings"].items()}})
            for key, one in plan["municipalities"].items()
        }
    )


def _when(raw: list | None) -> Test | None:
    return None if raw is None else compile_condition(raw)


def _day(raw: list | None) -> Get | None:
    return None if raw is None else compile_date(raw)


def _role(key: str, spec: dict) -> Role:
    return Role(key, spec["min"], spec["max"], _when(spec["when"]), spec["may_follow"], spec["applies"])


def _question(key: str, spec: dict) -> Question:
    fields = tuple(
        GroupField(name, one["type"], one["many"], tuple(one["options"]), one["former"], one["required"])
        for name, one in spec["fields"].items()
    )
    by_date = spec["type"] == "date"
    return Question(
        id=key,
        per=frozenset(spec["roles"]),
        type=spec["type"],
        many=spec["many"],
        options=tuple(spec["options"]),
        former=spec["former"],
        unit=spec["unit"],
        minimum=_day(spec["min"]) if by_date else spec["min"],
        maximum=_day(spec["max"]) if by_date else spec["max"],
        fields=fields,
        when=compile_condition(spec["when"]),
        required=spec["required"],
        not_sure=spec["not_sure"],
        prefill=spec["prefill"] and compile_reference(spec["prefill"]),
        asked_of=spec["asked_of"],
        seen_by=tuple(spec["seen_by"]),
        sensitive=spec["sensitive"],
        source=spec["source"],
        has_help=spec["help"],
        carry=spec.get("carry", "same_country"),
    )


def _worked_out(key: str, spec: dict) -> WorkedOut:
    return WorkedOut(
        key,
        frozenset(spec["roles"]),
        spec["kind"],
        spec.get("unit", ""),
        _day(spec.get("from")),
        _day(spec.get("to")),
        _when(spec.get("when")),
    )


def _rule(spec: dict) -> Rule:
    return Rule(
        id=spec["id"],
        then=spec["then"],
        per_person=spec["per"] == "person",
        when=compile_condition(spec["when"]),
        next=spec["next"],
        to=tuple(spec["to"]),
        until=_day(spec["until"]),
        names=_names(spec["when"]),
    )


def _names(condition: list) -> tuple[Any, ...]:
    """(label, Get) of everything a condition names, for saying what is still unknown."""
    kinds = ("members", "today", "sent", "meeting", "role")
    return tuple((ref, compile_reference(ref)) for ref in references_in(condition) if ref[0] not in kinds)


def _needed(spec: dict) -> Needed:
    return Needed(compile_condition(spec["when"]), spec["because"], _names(spec["when"]))


def _check(spec: dict) -> Check:
    references = references_in(spec["that"])
    looked_up = [ref for ref in references if ref[0] not in ("members", "today", "sent", "meeting", "role")]
    return Check(
        when=compile_condition(spec["when"]),
        that=compile_condition(spec["that"]),
        names=tuple((compile_reference(ref), ref[0] == "here") for ref in looked_up),
        facts=tuple(ref[1] for ref in looked_up if ref[0] == "here"),
        meets=["meeting"] in references,
        reason=spec["reason"],
        limit=spec["limit"],
    )


def _fact(key: str, spec: dict, choice: str | None) -> FactSpec:
    return FactSpec(
        id=key,
        type=spec["type"],
        many=spec["many"],
        options=tuple(spec["options"]),
        former=spec["former"],
        when=compile_condition(spec["when"]),
        required=spec["required"],
        known=spec["known"],
        read_by=spec["read_by"],
        prefill=spec["prefill"] and compile_reference(spec["prefill"]),
        text=spec["text"],
        choice=choice,
    )


def _facts(spec: dict) -> dict[str, FactSpec]:
    found = {key: _fact(key, one, None) for key, one in spec["facts"].items()}
    for choice in spec["choices"]:
        for key, one in choice["facts"].items():
            # A fact of the document itself, or one two choices share, is asked whatever is picked.
            shared = key in found and found[key].choice != choice["id"]
            found[key] = found.get(key) or _fact(key, one, choice["id"])
            if shared and found[key].choice is not None:
                found[key] = _fact(key, one, None)
    return found


def _parts(raw: list[dict]) -> tuple[Part, ...]:
    return tuple(
        Part(one["id"], one["text"], _when(one.get("when")), _names(one.get("when") or ["always"])) for one in raw
    )


def _refuse_with(raw: list[dict]) -> tuple[RefuseWith, ...]:
    return tuple(RefuseWith(one["reason"], one["cure"] or f"reasons.{one['reason']}.cure") for one in raw)


def _choice(spec: dict) -> Choice:
    return Choice(
        id=spec["id"],
        when=compile_condition(spec["when"]),
        files=_frozen(spec["files"]),
        parts=_parts(spec["parts"]),
        facts=tuple(spec["facts"]),
        checks=tuple(_check(one) for one in spec["checks"]),
        instead=spec["instead"],
        who=spec["who"],
    )


def _attachment(spec: dict) -> Attachment:
    return Attachment(
        id=spec["id"],
        text=spec["text"],
        needed=tuple(_needed(one) for one in spec["needed"]),
        review=_parts(spec["review"]),
        refuse_with=_refuse_with(spec["refuse_with"]),
        files=_frozen(spec["files"]),
        may_follow=_when(spec["may_follow"]),
        original_at_meeting=compile_condition(spec["original_at_meeting"]),
    )


def _document(spec: dict) -> Document:
    return Document(
        id=spec["id"],
        per=frozenset(spec["roles"]),
        needed=tuple(_needed(one) for one in spec["needed"]),
        optional=compile_condition(spec["optional"]),
        sent_as=spec["sent_as"],
        serves=tuple(spec["serves"]),
        choices=tuple(_choice(one) for one in spec["choices"]),
        parts=_parts(spec["parts"]),
        files=_frozen(spec["files"]),
        accept=tuple(spec["accept"]),
        facts=_frozen(_facts(spec)),
        checks=tuple(_check(one) for one in spec["checks"]),
        attach=tuple(_attachment(one) for one in spec["attach"]),
        may_follow=_when(spec["may_follow"]),
        screening=_frozen(spec["screening"]),
        review=_parts(spec["review"]),
        refuse_with=_refuse_with(spec["refuse_with"]),
        original_at_meeting=compile_condition(spec["original_at_meeting"]),
        count=spec["count"],
        waive=tuple(spec["waive"]),
        source=spec["source"],
        has_help=spec["help"],
        carry=spec.get("carry", "same_country"),
    )


def _attend(raw: Any) -> tuple[tuple[str, Test | None], ...]:
    if raw == "everyone":
        return (("everyone", None),)
    return tuple((role, _when(when)) for role, when in raw)


def _meeting(spec: dict) -> Meeting:
    minutes, within = spec["minutes"], spec["within"]
    add = tuple(
        MinutesMore(
            compile_condition(one["when"]),
            one["minutes"],
            f"meeting.minutes.add.{at}.because" if one["because"] else None,
        )
        for at, one in enumerate(minutes["add"], 1)
    )
    return Meeting(
        modes=tuple(spec["modes"]),
        base=minutes["base"],
        per_extra_person=minutes["per_extra_person"],
        at_most=minutes["at_most"],
        add=add,
        attend=_attend(spec["attend"]),
        not_before=tuple(compile_date(one) for one in spec["not_before"]),
        within_days=within and within["days"],
        within_of=within and _day(within["of"]),
        confirm=tuple(spec["confirm"]),
    )
