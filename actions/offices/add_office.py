from __future__ import annotations

import re
import unicodedata

from sqlalchemy import select

from actions.errors import NotAllowed
from actions.unit import Unit, verb
from applications.facts import Refusal
from offices.hours import faults_in_settings
from offices.models import Office

CODE_SIGNS = 36


@verb
def add_office(work: Unit, *, name: str, address: str, zone: str, country: str, subdivision: str | None = None) -> int:
    """A new office, without hours: nobody can book there until they are set. Returns its id."""
    if "admin" not in work.actor.roles:
        raise NotAllowed("add_office", [Refusal("not_for_this_role")])
    settings = {"name": name, "address": address, "zone": zone, "country": country, "subdivision": subdivision}
    faults = faults_in_settings(settings)
    if faults:
        raise NotAllowed("add_office", faults)
    office = Office(code=_free_code(work, name), **settings)
    work.session.add(office)
    work.session.flush()
    work.audit(f"office:{office.id}", "add_office", f"office:{office.id}")
    return office.id


def _free_code(work: Unit, name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    code = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:CODE_SIGNS] or "office"
    taken = set(work.session.scalars(select(Office.code).where(Office.code.startswith(code, autoescape=True))))
    numbered = (f"{code}_{number}" for number in range(2, 1000))
    return code if code not in taken else next(each for each in numbered if each not in taken)
