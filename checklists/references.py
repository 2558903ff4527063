"""What a condition names, without judging it."""

from checklists.conditions import DATES


def references_in(c: list) -> list[list]:
    """Every reference a condition makes, date anchors and settings in amounts included."""
    kind = c[0]
    if kind in ("all", "any"):
        return [ref for part in c[1] for ref in references_in(part)]
    if kind == "not":
        return references_in(c[1])
    if kind in ("some", "every", "count"):
        return [["members", c[1]], *references_in(c[2])]
    if kind == "entries":
        return [c[1]]
    if kind != "test":
        return []
    found = [c[1]]
    if isinstance(c[3], list) and (c[2] in DATES or (c[2] in ("is", "is_not"))):
        found += references_in_date(c[3])
    return found


def references_in_date(expression: list) -> list[list]:
    anchor, n, _ = expression
    found = [anchor[1]] if anchor[0] == "ref" else [[anchor[0]]] if anchor[0] in ("today", "sent", "meeting") else []
    return found if isinstance(n, int) else [*found, ["setting", n[1]]]
