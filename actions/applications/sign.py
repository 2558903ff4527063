from __future__ import annotations

import hashlib

from actions.dossier import Dossier
from actions.unit import Unit, verb


@verb
def sign(work: Unit, application_id: int, person_id: int, *, grant_id: int | None = None,
         method: str = "click") -> None:
    """Sign the checklist's declaration, as it is worded now."""
    sign_in(work, work.lock(application_id), person_id, grant_id=grant_id, method=method)


def sign_in(work: Unit, dossier: Dossier, person_id: int, *, grant_id: int | None, method: str = "click") -> None:
    """The same within a unit."""
    words = dossier.definition.declaration or ""
    work.fire(dossier, "sign", person_id=person_id, grant_id=grant_id, method=method,
              text_hash=hashlib.sha256(words.encode()).hexdigest())
