"""Which files somebody of the staff may see: the one place that knows (docs/adr/0043-tenant-filter.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_
from sqlalchemy.orm import InstrumentedAttribute


@dataclass(frozen=True, slots=True)
class Place:
    """One role at one office; municipality_id None means all that the office works for."""

    role: str
    office_id: int | None
    municipality_id: int | None = None

    def holds(self, office_id: int | None, municipality_id: int | None) -> bool:
        """Whether a file of this office and municipality lies here. A role without an office reaches no file."""
        if self.office_id is None or office_id != self.office_id:
            return False
        return self.municipality_id is None or municipality_id == self.municipality_id


@dataclass(frozen=True, slots=True)
class StaffHere:
    """Somebody of the staff, as this request knows her: read from the database at its beginning."""

    id: int
    name: str
    language: str
    places: tuple[Place, ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(place.role for place in self.places)

    def places_with(self, *roles: str) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.role in roles)

    def offices(self, *roles: str) -> frozenset[int]:
        """The offices where she has one of the roles (any role, if none is named)."""
        wanted = self.places_with(*roles) if roles else self.places
        return frozenset(place.office_id for place in wanted if place.office_id is not None)

    def roles_for(self, office_id: int | None, municipality_id: int | None) -> frozenset[str]:
        """What she is for one file: a caseworker of one office is none at another where she only sits at the desk."""
        return frozenset(place.role for place in self.places if place.holds(office_id, municipality_id))


def within(
    places: Iterable[Place],
    office: InstrumentedAttribute[int | None] | ColumnElement[int | None],
    municipality: InstrumentedAttribute[int | None] | ColumnElement[int | None],
) -> ColumnElement[bool]:
    """A condition for a query: rows whose office and municipality lie in one of the places. No places, no rows."""
    with_office = [place for place in places if place.office_id is not None]
    return or_(false(), *(_in_place(place, office, municipality) for place in _widest(with_office)))


def _widest(places: list[Place]) -> list[Place]:
    """Without what another place includes already, so that the database is asked for each office once."""
    whole = {place.office_id for place in places if place.municipality_id is None}
    pairs = {(place.office_id, place.municipality_id) for place in places
             if place.municipality_id is None or place.office_id not in whole}
    return [Place("", office, municipality) for office, municipality in sorted(pairs, key=lambda p: (p[0], p[1] or 0))]


def _in_place(place: Place, office: ColumnElement, municipality: ColumnElement) -> ColumnElement[bool]:
    if place.municipality_id is None:
        return office == place.office_id
    return and_(office == place.office_id, municipality == place.municipality_id)
