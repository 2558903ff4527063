"""Who may use a route. Every view says so with one of these; a view that says nothing is refused.

    @bp.get("/files/<reference>")
    @staff_file("caseworker", "lead")
    def show(reference): ...

The decorators only write it down. One function asks before any view runs, so nothing can come in between.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, redirect, render_template, request, url_for
from sqlalchemy import or_, select

import logs
from accounts.models import ROLES, SCOPES
from accounts.scope import Place, StaffHere, within
from actions.errors import NotYours
from applications.facts import Actor
from applications.models import Application
from extensions import db
from offices.models import Office
from visits import queries as visits
from web import api_keys, sessions
from web.sessions import FILE_COLUMNS, FileHere

View = Callable[..., Any]
F = TypeVar("F", bound=View)

AT_THE_DESK = "frontdesk"


@dataclass(frozen=True, slots=True)
class Guard:
    """kind: public, applicant, staff, staff_file, system or system_file. roles: of a system, its scopes."""

    kind: str
    roles: tuple[str, ...] = ()


def public(view: F) -> F:
    """Anybody. Nobody is looked up; sessions.load_applicant() and load_staff() tell who it is when it matters."""
    return _declare(view, Guard("public"))


def applicant(view: F) -> F:
    """Somebody who got into one file. Sets g.grant, g.application_id, g.file, g.actor."""
    return _declare(view, Guard("applicant"))


def staff(*roles: str) -> Callable[[F], F]:
    """Staff with one of the roles somewhere. Sets g.staff, g.places (where she has them), g.actor."""
    guard = Guard("staff", _known(roles))
    return lambda view: _declare(view, guard)


def staff_file(*roles: str) -> Callable[[F], F]:
    """Staff with one of the roles for the file in the address (`<reference>`), else 404.

    Sets what staff() sets, and g.application_id, g.file; g.actor has the roles she has for this very file.
    """
    guard = Guard("staff_file", _known(roles))
    return lambda view: _declare(view, guard)


def system(*scopes: str) -> Callable[[F], F]:
    """Another system whose key has one of the scopes. Sets g.api_key, g.actor. No cookie counts, so no token does."""
    guard = Guard("system", _known(scopes, SCOPES))
    return lambda view: _declare(view, guard)


def system_file(*scopes: str) -> Callable[[F], F]:
    """The same for the file in the address (`<reference>`), which was begun with this key, else 404.

    Sets what system() sets, and g.application_id, g.file, g.grant_id; g.actor acts for the applicant.
    """
    guard = Guard("system_file", _known(scopes, SCOPES))
    return lambda view: _declare(view, guard)


def guard_of(view: View) -> Guard | None:
    return getattr(view, "guard", None)


def register(app: Flask) -> None:
    sessions.register(app)
    api_keys.register(app)
    app.before_request(_ask)


def open_file(reference: str, *roles: str) -> FileHere:
    """A file by its reference, for staff with one of the roles there. Raises NotYours, whether it exists or not.

    The desk also opens files of other offices that have their time at it, or stand before it.
    """
    places = g.staff.places_with(*roles)
    ours = within(places, Application.office_id, Application.municipality_id)
    if AT_THE_DESK in roles:
        ours = or_(ours, visits.met_at(g.staff.offices(*roles)))
    row = db.session.execute(
        select(*FILE_COLUMNS).outerjoin(Office, Office.id == Application.office_id).where(
            Application.reference == reference, Application.erased_at.is_(None), ours,
        )
    ).first()
    if row is None:
        raise NotYours
    return FileHere(*row)


def office_here(office_id: int, *roles: str) -> int:
    """An office from an address or a form, where this person has one of the roles. Raises NotYours."""
    if office_id not in g.staff.offices(*roles):
        raise NotYours
    return office_id


def own_path(wanted: str | None, otherwise: str) -> str:
    """Where to go next: a path of ours, never another server (//evil, /\\evil, https:...)."""
    if not wanted or not wanted.startswith("/") or wanted[1:2] in ("/", "\\") or not wanted.isprintable():
        return otherwise
    parts = urlsplit(wanted)
    return otherwise if parts.scheme or parts.netloc or "\\" in wanted else wanted


def _declare(view: F, guard: Guard) -> F:
    if guard_of(view) is not None:
        raise ValueError(f"{view.__name__} says twice who may use it")
    view.guard = guard  # type: ignore[attr-defined]
    return view


def _known(roles: tuple[str, ...], those: tuple[str, ...] = ROLES) -> tuple[str, ...]:
    unknown = [role for role in roles if role not in those]
    if unknown or not roles:
        raise ValueError(f"no such role: {unknown or 'none named'}")
    return roles


def _ask() -> Response | str | tuple[str, int] | None:
    if request.endpoint is None:
        return None  # No such address: Flask answers 404.
    guard = guard_of(current_app.view_functions[request.endpoint])
    if guard is None:
        return _undeclared()
    return _ASKED[guard.kind](guard)


def _undeclared() -> None:
    logs.note("route_without_guard", 40, endpoint=request.endpoint)
    if current_app.testing:
        raise RuntimeError(f"{request.endpoint} does not say who may use it")
    abort(404)


def _anybody(_guard: Guard) -> None:
    return None


def _applicant(_guard: Guard) -> Response | tuple[str, int] | None:
    grant = sessions.load_applicant()
    if grant is None:
        return _away("way_in.ask", "applicant")
    g.actor = sessions.actor_of(grant)
    return None


def _staff(guard: Guard) -> Response | tuple[str, int] | None:
    person = sessions.load_staff()
    if person is None:
        return _away("staff.sign_in", "staff")
    places = person.places_with(*guard.roles)
    if not places:
        abort(404)  # Not 403: who has no business here need not learn what there is.
    _is(person, places)
    return None


def _staff_of_file(guard: Guard) -> Response | tuple[str, int] | None:
    away = _staff(guard)
    if away is not None:
        return away
    g.file = open_file(request.view_args["reference"], *guard.roles)
    g.application_id = g.file.id
    here = tuple(p for p in g.staff.places if p.holds(g.file.office_id, g.file.municipality_id))
    # A file of another office that is met at this desk: she is the desk there and nothing more.
    guest = (Place(AT_THE_DESK, g.file.office_id),) if AT_THE_DESK in guard.roles else ()
    g.actor = _actor(g.staff, here or guest)
    return None


def _is(person: StaffHere, places: tuple[Place, ...]) -> None:
    g.places = places
    g.actor = _actor(person, places)


def _actor(person: StaffHere, places: tuple[Place, ...]) -> Actor:
    offices = frozenset(place.office_id for place in places if place.office_id is not None)
    return Actor("staff", person.id, frozenset(place.role for place in places), offices)


def _system(guard: Guard) -> None:
    api_keys.let_in(guard.roles)


def _system_of_file(guard: Guard) -> None:
    api_keys.let_in(guard.roles)
    api_keys.open_file(request.view_args["reference"])


_ASKED = {"public": _anybody, "applicant": _applicant, "staff": _staff, "staff_file": _staff_of_file,
          "system": _system, "system_file": _system_of_file}


def _away(door: str, audience: str) -> Response | tuple[str, int]:
    """Not signed in (any more). What was typed goes back with the answer, to be sent by a press after coming in again:
    browsers forget what was typed into pages that must not be stored, and ours all are."""
    here = request.full_path.rstrip("?")
    if request.method in ("GET", "HEAD"):
        return redirect(url_for(door, next=here), 303)
    g.audience = audience
    typed = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    files = any(file.filename for file in request.files.values())
    page = render_template(
        "errors/away.html", door=url_for(door), audience=audience, here=here, typed=typed, files=files
    )
    return page, 401
