"""What an action may answer instead of doing it. Codes only: words for people live in web/words.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from applications.facts import Refusal


class NotAllowed(Exception):
    """The workflow says no. refusals holds every reason at once."""

    def __init__(self, event: str, refusals: Sequence[Refusal]) -> None:
        super().__init__(event, [refusal.code for refusal in refusals])
        self.event = event
        self.refusals = tuple(refusals)

    @property
    def codes(self) -> set[str]:
        return {refusal.code for refusal in self.refusals}


class StaleApplication(Exception):
    """Somebody else changed what this person was looking at. Nothing was written."""

    def __init__(self, what: str = "file", by: str | None = None) -> None:
        super().__init__(what, by)
        self.what = what
        self.by = by


class NotYours(Exception):
    """No such thing for this person: answered 404, whether it exists or not."""


class UploadRefused(Exception):
    """A file was not taken. refusal: uploads' coded reason with its values."""

    def __init__(self, refusal: Any) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class AlreadyDone(Exception):
    """The same form was sent before; result is what the first press answered."""

    def __init__(self, result: Any) -> None:
        super().__init__("already done")
        self.result = result
