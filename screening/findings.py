"""What a screening says: findings and one of three results. Never that a document is genuine."""

from dataclasses import dataclass, field
from typing import Any

INFO, LOOK, MUST = "info", "look", "must"
VERIFIED, LOOK_AGAIN, COULD_NOT_READ = "verified", "look_again", "could_not_read"


@dataclass(frozen=True)
class Finding:
    """code: what was seen. level: info, look, or must (asks the sender for a comment; nothing blocks).

    where: page, counted from 0, and place on it as parts of width and height (left, top, width, height), once turned
    upright. value: the figure or the value behind the code. confidence: 0 to 1.
    """

    code: str
    level: str
    where: dict[str, Any] | None = None
    value: Any = None
    confidence: float = 1.0


@dataclass(frozen=True)
class Screened:
    """Everything a screening found out about one document.

    kind: what it seems to be, None when it cannot be told. mrz: format, fields, check_digits_valid, corrected and
    agreed (two recognisers read the same); None without a zone.
    """

    result: str
    kind: str | None = None
    mrz: dict[str, Any] | None = None
    findings: tuple[Finding, ...] = field(default=())

    @property
    def codes(self) -> set[str]:
        return {finding.code for finding in self.findings}
