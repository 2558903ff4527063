"""Which checklists this house offers: those of places that one of its offices works for."""

from __future__ import annotations

import clock
from actions.dossier import DEFAULT_ZONE
from checklists import library
from checklists.definition import Definition
from extensions import db
from offices import queries as offices


def offered() -> list[Definition]:
    """The newest versions that apply today, by name.

    A checklist that asks for a municipality is offered where an office works for one of its own: a file begun for
    another country would lie with nobody. While no office works for anybody yet, all are shown.
    """
    today = clock.today_in(DEFAULT_ZONE)
    served = offices.served_codes(db.session(), today)
    found = []
    for name in library.names():
        try:
            definition = library.newest(name, today)
        except library.UnknownChecklist:
            continue  # None of its versions applies yet.
        if not served or not definition.municipalities or served & definition.municipalities.keys():
            found.append(definition)
    return found
