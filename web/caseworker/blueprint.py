from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, url_for
from flask_babel import gettext as _

bp = Blueprint("caseworker", __name__, url_prefix="/office")
FILE_ROLES = ("caseworker", "lead")


@bp.context_processor
def _frame() -> dict[str, Any]:
    """The head of every page here."""
    person = g.get("staff")
    return {"nav": _nav(person.roles) if person else None, "home": "/staff/", "person": person}


def _nav(roles: frozenset[str]) -> list[dict[str, Any]]:
    """`current` tells where one is; a link leads only where this person may go."""
    here = request.endpoint or ""
    places = [(_("Files"), url_for("caseworker.worklist"), here != "caseworker.overview", FILE_ROLES),
              (_("Overview"), url_for("caseworker.overview"), here == "caseworker.overview", ("lead",)),
              (_("Desk"), "/desk/", False, ("frontdesk", "lead")),
              (_("Admin"), "/admin/", False, ("admin",))]
    return [{"text": text, "href": href, "current": current, "count": None}
            for text, href, current, allowed in places if roles & set(allowed)]
