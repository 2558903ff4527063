"""What the rules could not decide, and which of it is the office's to decide. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from applications.completeness import OWED

NOT_HERE = OWED | {"promised", "waived", "cannot_get"}


def to_decide(rules: Mapping[str, Any], requirements: Iterable[Any]) -> list[list[Any]]:
    """[person id or None, kind, names without a value, item] of each, without those that wait for a paper.

    rules: the kept result of the rules (Application.rules). requirements: rows with terms and status. A paper that
    the applicant owes us will say it; counting it as the office's work would stop her own clock for ever.
    """
    rows = list(requirements)
    owed = {r.terms.get("document") for r in rows if r.status in OWED}
    not_here = {r.terms.get("document") for r in rows if r.status in NOT_HERE}
    return [one for one in rules.get("unknowns", ()) if not _waits_for_paper(one, owed, not_here)]


def _waits_for_paper(unknown: list[Any], owed: set[str], not_here: set[str]) -> bool:
    _person, kind, names, item = unknown
    if kind == "check":  # what a paper says is checked when it is here
        return item.split(":")[0].split("/")[0] in not_here
    return bool(names) and all("." in name and name.split(".")[0] in owed for name in names)
