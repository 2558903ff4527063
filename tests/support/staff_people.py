"""Clara in the back office and Dora at the desk, in sentences."""

from __future__ import annotations

from datetime import date

from tests.support.amira import Visitor
from tests.support.world import PASSWORD
from visits.numbers import warnings


def number_for(birth_on: date) -> str:
    """A number that fits the day of birth and the check digit."""
    tried = (f"{birth_on:%d%m%y}-{serial:04d}" for serial in range(1, 10_000))
    return next(number for number in tried if not warnings("dk.cpr", number, birth_on))


NUMBER = number_for(date(1990, 5, 5))  # Amira's


class Colleague(Visitor):
    name = ""

    def comes_to_work(self) -> None:
        """Signs in, unless she still is."""
        self.goes_to("/staff/")
        if self.page.locator("main [type=password]").count():
            self.page.locator("main [type=email]").fill(f"{self.name}@house.example")
            self.page.locator("main [type=password]").fill(PASSWORD)
            self.presses("Sign in")

    def unfolds(self, part: str) -> None:
        """part: a selector of something within the part that is folded away."""
        folded = self.page.locator("details", has=self.page.locator(part)).first
        if folded.get_attribute("open") is None:
            folded.locator("summary").first.click()


class Clara(Colleague):
    """The caseworker."""

    name = "clara"

    def opens(self, reference: str) -> None:
        self.goes_to(f"/office/files/{reference}")

    def finds_in_worklist(self, reference: str) -> None:
        self.comes_to_work()
        self.follows(reference)

    def accepts(self, *papers: str) -> None:
        for paper in papers:
            self.follows(paper)
            self.presses("^Accept")

    def refuses(self, paper: str, *reasons: str) -> None:
        self.follows(paper)
        self.unfolds("[name=reasons]")
        for reason in reasons:
            self.ticks(f"[name=reasons][value={reason}]")
        self.presses("^Refuse")

    def asks(self) -> None:
        """Sends what she judged wrong to the applicant, as the preview shows it."""
        self.follows("Questions to the applicant|Send the questions|Ask")
        self.presses("Send the request")


class Dora(Colleague):
    """The front desk."""

    name = "dora"

    def finds(self, words: str) -> None:
        """By the search in the head of her pages."""
        box = self.page.locator("#quickfind")
        box.fill(words)
        self.comes_to_a_page(lambda: box.press("Enter"))

    def receives(self, reference: str) -> None:
        """She comes to the door: found, arrived, and led to the counter."""
        self.finds(reference)
        self.presses("Has arrived")
        self.presses("Start the meeting")

    def sees(self, *, all_papers: bool = True, nth: int = 0) -> None:
        """Ticks who she is, what she confirms, and the papers on the counter."""
        boxes = "#meeting [type=checkbox]" if all_papers else "#meeting [type=checkbox]:not([name=seen])"
        for box in self.page.locator(boxes).all():
            if not box.is_checked():
                self.ticks(f"[id='{box.get_attribute('id')}']")

    def records(self, outcome: str, number: str | None = None, nth: int = 0) -> None:
        choice = self.page.locator(f"#meeting [type=radio][value={outcome}]").nth(nth)
        self.ticks(f"[id='{choice.get_attribute('id')}']")
        if number:
            self.page.locator("#meeting [name^=number-]").nth(nth).fill(number)

    def ends(self) -> None:
        self.presses("Save and end the meeting")
