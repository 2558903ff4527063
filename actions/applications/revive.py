from __future__ import annotations

from actions.unit import Unit, verb


@verb
def revive(work: Unit, application_id: int) -> None:
    """A late answer brings a lapsed file back."""
    dossier = work.lock(application_id)
    work.fire(dossier, "revive")
