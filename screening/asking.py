"""What is asked of a document: which screenings, at which level, and what the applicant has answered."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from screening.findings import LOOK

LEGIBLE, KIND, MRZ, NAME, BIRTH_DATE = "legible", "kind", "mrz", "name", "birth_date"
SCREENINGS = (LEGIBLE, KIND, MRZ, NAME, BIRTH_DATE)
_WITH_ZONE = ("passport", "identity_card", "national_id", "residence_permit", "visa")
# A checklist's document may have another name than the kind, and one document several kinds that will do.
_KINDS = {
    "passport": ("passport", "identity_card"),
    "identity_card": ("identity_card", "residence_permit"),
    "national_id": ("identity_card", "residence_permit"),
    "residence_permit": ("residence_permit", "identity_card", "visa"),
    "visa": ("visa",),
}


@dataclass(frozen=True)
class Answers:
    """What the applicant says; empty fields are not compared. birth_date: a day. number: of the document."""

    name: str = ""
    birth_date: dt.date | None = None
    number: str = ""
    expires_on: dt.date | None = None


@dataclass(frozen=True)
class Asked:
    """document: id in the checklist, or a kind. levels: screening -> info, look or must; what is missing is not done.

    valid_on: the day the document must still be valid; today unless said.
    """

    document: str
    today: dt.date
    levels: Mapping[str, str] = field(default_factory=dict)
    answers: Answers = Answers()
    valid_on: dt.date | None = None

    @property
    def wants_zone(self) -> bool:
        return MRZ in self.levels

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of paper that will do here."""
        return _KINDS.get(self.document, (self.document,))


def usual_levels(document: str) -> dict[str, str]:
    """The screenings of a document when no checklist says which."""
    wanted = SCREENINGS if document in _WITH_ZONE else (LEGIBLE, KIND, NAME)
    return dict.fromkeys(wanted, LOOK)


def answers_from(given: Mapping[str, Any]) -> Answers:
    """From a plain map: name, or given_names and surname; birth_date, number, expires_on. Raises ValueError."""
    parts = [str(given[key]) for key in ("given_names", "surname") if given.get(key)]
    return Answers(str(given.get("name") or " ".join(parts)), _day(given.get("birth_date")),
                   str(given.get("number") or "").upper().replace(" ", ""), _day(given.get("expires_on")))  # fmt: skip


def _day(value: Any) -> dt.date | None:
    if value in (None, ""):
        return None
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
