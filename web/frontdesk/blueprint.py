from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, url_for
from flask_babel import gettext as _

bp = Blueprint("frontdesk", __name__, url_prefix="/desk")
DESK_ROLES = ("frontdesk", "lead")


@bp.context_processor
def _frame() -> dict[str, Any]:
    """The head of every page here."""
    person = g.get("staff")
    return {"nav": _nav(person.roles) if person else None, "home": "/staff/", "person": person}


def _nav(roles: frozenset[str]) -> list[dict[str, Any]]:
    """A link leads only where this person may go."""
    at_desk = (request.endpoint or "") not in ("frontdesk.walk_in",)
    places = [
        (_("Today"), url_for("frontdesk.today"), at_desk, DESK_ROLES),
        (_("Without a file"), url_for("frontdesk.walk_in"), not at_desk, DESK_ROLES),
        (_("Files"), "/office/", False, ("caseworker", "lead")),
        (_("Days off"), url_for("admin.offices"), False, ("lead",)),
        (_("Admin"), url_for("admin.offices"), False, ("admin",)),
    ]
    return [{"text": text, "href": href, "current": current, "count": None}
            for text, href, current, allowed in places if roles & set(allowed)]
