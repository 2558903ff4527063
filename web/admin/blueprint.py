from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, url_for
from flask_babel import gettext as _

bp = Blueprint("admin", __name__, url_prefix="/admin")
OF_OFFICES = ("admin", "lead")


@bp.context_processor
def _frame() -> dict[str, Any]:
    """The head of every page here."""
    person = g.get("staff")
    return {"nav": _nav(person.roles) if person else None, "home": "/staff/", "person": person}


def _nav(roles: frozenset[str]) -> list[dict[str, Any]]:
    """A link leads only where this person may go."""
    here = (request.endpoint or "").removeprefix("admin.")
    places = [
        (_("Offices"), url_for("admin.offices"), here.startswith(("office", "day")), OF_OFFICES),
        (_("People"), url_for("admin.people"), here.startswith(("people", "person")), ("admin",)),
        (_("Messages"), url_for("admin.messages"), here.startswith("message"), ("admin",)),
        (_("Files"), "/office/", False, ("caseworker", "lead")),
        (_("Desk"), "/desk/", False, ("frontdesk", "lead")),
    ]
    return [{"text": text, "href": href, "current": current, "count": None}
            for text, href, current, allowed in places if roles & set(allowed)]
