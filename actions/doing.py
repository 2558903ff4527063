"""What an effect gets in its hand: the unit, the file, the event and what the person brought with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from actions.dossier import Dossier
    from actions.unit import Unit
    from applications.facts import Actor, Facts
    from applications.models import Application
    from applications.workflow import Event


@dataclass
class Doing:
    work: Unit
    dossier: Dossier
    event: Event
    given: dict[str, Any]
    made: dict[str, Any] = field(default_factory=dict)  # ids and codes for the audit entry and for messages
    before: Facts | None = None

    @property
    def file(self) -> Application:
        return self.dossier.file

    @property
    def actor(self) -> Actor:
        return self.work.actor

    @property
    def now(self) -> datetime:
        return self.work.now

    @property
    def today(self) -> date:
        return self.dossier.today
