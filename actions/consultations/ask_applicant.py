from __future__ import annotations

from datetime import date
from typing import Any

from actions import timers
from actions.errors import NotAllowed
from actions.unit import Unit, verb
from applications.facts import Refusal


@verb
def ask_applicant(work: Unit, application_id: int, *, due_on: date | None = None,
                  item_ids: list[int] | None = None, texts: dict[int, dict[str, Any]] | None = None) -> int:
    """Send the drafted items as one consultation. due_on: the last day, never sooner than the house rule.

    Returns the consultation's id.
    """
    dossier = work.lock(application_id)
    if due_on is not None and due_on < timers.reply_due_on(dossier):
        raise NotAllowed("ask_applicant", [Refusal("too_little_time", {"due_on": timers.reply_due_on(dossier)})])
    doing = work.fire(dossier, "ask_applicant", due_on=due_on, item_ids=item_ids, texts=texts or {})
    return doing.made["consultation"]


@verb
def withdraw_items(work: Unit, application_id: int, *, item_ids: list[int]) -> None:
    """Take back what was asked; what is still owed lies with the office again."""
    work.fire(work.lock(application_id), "withdraw_items", item_ids=item_ids)


@verb
def extend_reply(work: Unit, application_id: int, *, due_on: date | None = None) -> date:
    """Give more time. The applicant herself (no day named) gets the house's second chance, once. Returns the day."""
    dossier = work.lock(application_id)
    if dossier.consultation is None:
        raise NotAllowed("extend_reply", [Refusal("no_consultation")])
    later = due_on or timers.more_time_until(dossier)
    work.fire(dossier, "extend_reply", due_on=later)
    return later
