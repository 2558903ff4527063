from __future__ import annotations

from datetime import datetime

from accounts import throttle
from accounts.rules import Limit
from actions.unit import Unit, verb


@verb
def count_try(work: Unit, limits: dict[str, Limit]) -> datetime | None:
    """Count one try under every key before it is made, in a commit of its own: a guess that fails was counted too.

    Returns the instant until which one must wait, or None: go on.
    """
    return throttle.count(work.session, limits, work.now)
