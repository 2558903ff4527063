"""Amira at her browser, in sentences. She knows what is written on the pages, not how they are made."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from playwright.sync_api import Page

from tests.support.browser import violations
from tests.support.house import House
from tests.support.world import a_photo, amira_sends, clara_accepts_all

EMAIL = "amira@example.org"
MOVE = {"moving_date": (1, 12, 2026), "address": "Nørregade 1, 1165 København", "address_from": (1, 12, 2026),
        "care_of": "no"}
ABOUT = {"full_name": "Amira Haddad", "sex": "female", "birth_date": (5, 5, 1990), "birth_place": "Madrid, Spain",
         "ground": "study", "civil_status": "unmarried"}
BEFORE = {"last_country": "ES", "last_address": "Calle Mayor 1, Madrid", "earlier_number": "no_never",
          "lived_in_denmark": "no", "has_eu_document": "have_it"}
SAID = {
    "passport": {"choice": "passport", "expires_on": (1, 1, 2031), "shows_birth_place": "yes"},
    "proof_of_address": {"choice": "rental_contract", "from": (1, 12, 2026), "until": (1, 12, 2028)},
    "eu_residence_document": {"issued_on": (1, 11, 2026)},
}
PAPERS = {"passport": "Passport or identity card", "proof_of_address": "Proof of your address",
          "eu_residence_document": "EU residence document"}


class Visitor:
    """Somebody at a browser. Every page she is shown is held against WCAG 2.2 AA (`looks`)."""

    has_scripts = True

    def __init__(self, house: House, page: Page) -> None:
        self.house, self.page, self.seen = house, page, set()

    def goes_to(self, path: str) -> None:
        self.page.goto(self.house.url + path)
        self.looks()

    def words(self, pattern: str) -> str:
        """What stands on her pages for these English words."""
        return pattern

    def presses(self, words: str) -> None:
        self.page.get_by_role("button", name=re.compile(self.words(words))).first.click()
        self.page.wait_for_load_state()
        self.looks()

    def follows(self, words: str) -> None:
        self.page.get_by_role("link", name=re.compile(self.words(words))).first.click()
        self.page.wait_for_load_state()
        self.looks()

    def looks(self) -> None:
        """Once per kind of page: axe takes half a second, and a page seen twice says nothing new.

        axe is a script itself: it never answers in a browser without any.
        """
        if not self.has_scripts:
            return
        kind = re.sub(r"\d+|[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}", "#", self.page.url.split("?")[0]) + self.heading
        if kind not in self.seen:
            self.seen.add(kind)
            found = violations(self.page)
            assert found == [], "\n".join(found)

    def ticks(self, selector: str) -> None:
        """Press the words beside a box, as a thumb does."""
        box = self.page.locator(selector).first
        self.page.locator(f"label[for='{box.get_attribute('id')}']").click()

    @property
    def heading(self) -> str:
        return self.page.locator("h1").first.inner_text()

    @property
    def reads(self) -> str:
        return self.page.locator("main").inner_text()

    def fills(self, answers: dict[str, Any], prefix: str = "q_") -> None:
        for name, value in answers.items():
            self._fill(prefix + name, value)

    def _fill(self, name: str, value: Any) -> None:
        if isinstance(value, tuple):
            for box, number in zip(("day", "month", "year"), value, strict=True):
                self.page.locator(f"main [name='{name}-{box}']").fill(str(number))
            return
        field = self.page.locator(f"main [name='{name}']").first
        if field.get_attribute("type") in ("radio", "checkbox"):
            self.ticks(f"main [name='{name}'][value='{value}']")
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


class Amira(Visitor):
    """The applicant."""

    reference = ""

    def starts(self, *, children: bool = False, topic: str = "I come to study") -> None:
        self.goes_to("/")
        self.follows(topic)
        for name, value in (("stay_months", "24"), ("special_track", "none"), ("citizenship", "ES"),
                            ("municipality", "copenhagen"), ("children_move", "yes" if children else "no")):
            self._fill(f"q_{name}", value)
            self.presses("Go on")
        assert re.search(self.words("What you will need"), self.heading)
        self.presses("Start my file")
        self._fill("email", EMAIL)
        self.presses("Start|Keep|Make|Save")
        self.reference = re.search(r"[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}", self.reads).group()

    def answers(self, **more: Any) -> None:
        for page, answers in (("Your move", MOVE), ("About ", ABOUT), ("Before Denmark", BEFORE),
                              ("Your family", {"partner_moves": "no"})):
            self.goes_to("/file")
            self.follows(f"^{page}")
            here = {**answers, **{k: v for k, v in more.items() if k in answers}}
            self.fills({k: v for k, v in here.items() if self._asked(k)})
            self.presses("Save")

    def _asked(self, question: str) -> bool:
        return self.page.locator(f"main [name^='q_{question}']").count() > 0

    def opens(self, document: str) -> None:
        self.goes_to("/file")
        self.follows(PAPERS.get(document, document))

    def sends_paper(self, document: str, said: dict[str, Any] | None = None, *, seed: int = 1) -> None:
        self.opens(document)
        self.says(SAID.get(document, {}) if said is None else said)
        self.adds_page(seed)

    def says(self, said: dict[str, Any]) -> None:
        if "choice" in said:
            self._fill("choice", said["choice"])
            self.presses("Go on|Save")
        facts = {k: v for k, v in said.items() if k != "choice"}
        if facts:
            self.fills(facts)
            self.presses("Save")

    def adds_page(self, seed: int = 1) -> None:
        picked = {"name": f"page {seed}.jpg", "mimeType": "image/jpeg", "buffer": a_photo(seed)}
        before = self.page.locator(".k-pages > li").count()
        self.page.locator("main input[name=files]").first.set_input_files(picked)
        if self.has_scripts:
            self.page.locator(f".k-pages > li >> nth={before}").wait_for()
        else:
            self.presses("Send these files")

    def checks_and_sends(self) -> None:
        self.goes_to("/file/send")
        self.ticks("main [name=declared]")
        self.presses("Sign and send")

    def sends_everything(self, *, without: tuple[str, ...] = ()) -> None:
        """From the front door to a sent file."""
        self.starts()
        self.answers()
        for seed, document in enumerate(SAID, start=1):
            if document not in without:
                self.sends_paper(document, seed=seed)
        for document in without:
            self.cannot_get(document)
        self.checks_and_sends()
        self.house.work()

    def has_sent(self, *, accepted: bool = True) -> None:
        """What test_complete_the_first_time walks through lies behind her; she comes back with a browser."""
        made = self.house.made
        made.now = self.house.now()
        file_id = amira_sends(made)
        if accepted:
            clara_accepts_all(made, file_id)
        self.comes_back(made.file(file_id).reference)

    def cannot_get(self, document: str) -> None:
        self.opens(document)
        if "choice" in SAID.get(document, {}):
            self._fill("choice", SAID[document]["choice"])
            self.presses("Go on")
        self.follows("I cannot get this")
        self.page.locator("main textarea").fill("It is at the embassy to be renewed.")
        self.page.locator("main button[type=submit]").last.click()
        self.page.wait_for_load_state()
        self.looks()

    def promises(self, document: str) -> None:
        self.opens(document)
        self.presses("bring it")

    def books(self) -> datetime:
        """The first time offered. Returns the instant it begins."""
        self.goes_to("/file/booking")
        starts_at = self.page.locator("main [name=starts_at]").first.get_attribute("value")
        self.presses("Take this time")
        return datetime.fromisoformat(starts_at)

    def comes_back(self, reference: str) -> None:
        """On a device that does not know her: her reference, then the code from her mail."""
        self.goes_to("/")
        self.follows("I already have a file")
        self.reference = reference
        self._fill("reference", reference)
        self.presses("Send me a code")
        self._fill("code", self.house.code_from_mail(EMAIL))
        self.presses("Open my file")

    @property
    def mails(self) -> list[str]:
        """The subjects of what she was sent, oldest first."""
        self.house.work()
        return [mail.subject for mail in self.house.mail.to(EMAIL)]

    def fetches(self, path: str) -> str:
        """What a link that saves a file would save."""
        answer = self.page.request.get(self.house.url + path)
        assert answer.ok, f"{path}: {answer.status}"
        return answer.text()
