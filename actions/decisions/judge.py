"""The caseworker's verbs over one paper. Each compares what she saw: a page that changed meanwhile is not judged."""

from __future__ import annotations

from typing import Any

from actions.unit import Unit, verb


@verb
def judge_document(
    work: Unit, application_id: int, requirement_id: int, *, verdict: str, seen_hash: str | None,
    seen_verdict_id: int | None, reason_codes: list[str] | None = None, text: str | None = None,
    facts: dict[str, Any] | None = None, choice: str | None = None,
) -> int:
    """verdict: accepted or refused (with coded reasons). facts: as seen on the paper. Returns the verdict's id."""
    doing = work.fire(work.lock(application_id), "judge_document", requirement_id=requirement_id, verdict=verdict,
                      seen_hash=seen_hash, seen_verdict_id=seen_verdict_id, reason_codes=reason_codes, text=text,
                      facts=facts or {}, choice=choice)
    return doing.made["verdict"]


@verb
def waive(work: Unit, application_id: int, requirement_id: int, *, reason: str, seen_verdict_id: int | None) -> None:
    work.fire(work.lock(application_id), "waive", requirement_id=requirement_id, reason=reason,
              seen_verdict_id=seen_verdict_id)


@verb
def require_extra(work: Unit, application_id: int, *, title: str, reason: str, person_id: int | None = None) -> int:
    """Ask for something the checklist does not know. Returns the requirement's id."""
    doing = work.fire(work.lock(application_id), "require_extra", title=title, reason=reason, person_id=person_id)
    return doing.made["requirement"]


@verb
def claim(work: Unit, application_id: int, *, holder_id: int | None, seen_holder_id: int | None) -> None:
    """Take the file, hand it to a colleague, or (None) let it go. Nobody takes it from under somebody's hands."""
    work.fire(work.lock(application_id), "claim", holder_id=holder_id, seen_holder_id=seen_holder_id)
