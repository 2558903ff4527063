"""What you will need: the tailored list, before there is a file."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from checklists.definition import Definition
from checklists.worked_out import Demand, WorkedOut
from web import language
from web.applicant import saying


@dataclass(frozen=True, slots=True)
class Need:
    name: str
    why: str | None
    hint: str | None
    later: str | None
    picture: str
    perhaps: bool


def needs_of(definition: Definition, found: WorkedOut) -> list[Need]:
    """What is certain first, then what depends on answers that are still to come."""
    sure = [_need(definition, demand, perhaps=False) for demand in found.demands]
    perhaps = [_need(definition, demand, perhaps=True) for demand in found.may_need]
    return sure + perhaps


def notes_of(definition: Definition, found: WorkedOut) -> list[str]:
    """What the rules want the applicant to know, and from when she can send."""
    flags = [flag.said for flag in found.flags if "applicant" in flag.to]
    waits = [found.wait.said] if found.wait else []
    said = [definition.say(each, language.code()) for each in (*waits, *flags)]
    if definition.has_text("notice"):
        said.append(definition.text("notice", language.code()))
    return list(dict.fromkeys(said))


def _need(definition: Definition, demand: Demand, *, perhaps: bool) -> Need:
    later = _("You may bring it later") if demand.may_follow else None
    if demand.sent_as == "bring":
        later = _("You bring it to the meeting")
    return Need(
        saying.demand_name(definition, demand),
        saying.because(definition, demand),
        saying.document_help(definition, demand),
        later,
        saying.drawing_of(demand.document),
        perhaps,
    )
