from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from actions.unit import Unit, verb
from offices.models import Municipality


@verb
def know_municipalities(work: Unit, named: Mapping[str, str]) -> int:
    """Take over the municipalities checklists name, so that offices can work for them. Returns how many are new.

    named: code -> name. What is known already keeps its name.
    """
    known = set(work.session.scalars(select(Municipality.code)))
    new = [Municipality(code=code, name=name) for code, name in sorted(named.items()) if code not in known]
    work.session.add_all(new)
    if new:
        work.audit("offices", "know_municipalities", "municipalities", {"new": len(new)})
    return len(new)
