"""Amira at her browser, in sentences. She knows what is written on the pages, not how they are made."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from datetime import datetime
from typing import Any, Self
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.support.browser import violations
from tests.support.house import House
from tests.support.world import a_photo, amira_fills_in, amira_sends, clara_accepts_all

MOVE = {"moving_date": (1, 12, 2026), "address": "Nørregade 1, 1165 København", "address_from": (1, 12, 2026),
        "care_of": "no"}
ABOUT = {"full_name": "Amira Haddad", "sex": "female", "birth_date": (5, 5, 1990), "birth_place": "Madrid, Spain",
         "ground": "study", "civil_status": "unmarried"}
BEFORE = {"last_country": "ES", "last_address": "Calle Mayor 1, Madrid", "earlier_number": "no_never",
          "lived_in_denmark": "no", "has_eu_document": "have_it"}
FAMILY = {"partner_moves": "no", "spouse_moves": "yes"}
SAID = {
    "passport": {"choice": "passport", "expires_on": (1, 1, 2031), "shows_birth_place": "yes"},
    "proof_of_address": {"choice": "rental_contract", "from": (1, 12, 2026), "until": (1, 12, 2028)},
    "eu_residence_document": {"issued_on": (1, 11, 2026)},
}
PAPERS = {"passport": "Passport or identity card", "proof_of_address": "Proof of your address",
          "eu_residence_document": "EU residence document"}

# A button that opens or closes a dialog, or asks for a part of the page, leads to no other page.
SENDS_A_FORM = """button => button.type === "submit" && button.form !== null
    && !button.form.matches("[hx-post], [data-confirm]") && !button.matches("[data-opens], [data-closes], [hx-post]")"""

# Every kind of element that is shown, in the page's language: a page with a part that was not there is another page.
PARTS = """() => document.documentElement.lang + [...new Set([...document.querySelectorAll("*")]
    .filter(part => part.checkVisibility())
    .map(part => [part.tagName, part.className.baseVal ?? part.className, part.type, part.getAttribute("role"),
                  part.disabled, part.getAttribute("aria-invalid")].join()))].sort().join(" ")"""
ASKED_ABOUT = set()


class Visitor:
    """Somebody at a browser. Every page she is shown is held against WCAG 2.2 AA (`looks`)."""

    has_scripts = True

    def __init__(self, house: House, page: Page) -> None:
        self.house, self.page = house, page

    def goes_to(self, path: str) -> None:
        self.house.lets_go()
        self.page.goto(self.house.url + path)
        self.looks()

    def words(self, pattern: str) -> str:
        """What stands on her pages for these English words."""
        return pattern

    def presses(self, words: str) -> None:
        button = self.page.get_by_role("button", name=re.compile(self.words(words))).first
        if button.evaluate(SENDS_A_FORM):
            self.comes_to_a_page(button.click)
        else:
            button.click()
            self.looks()

    def follows(self, words: str) -> None:
        self.comes_to_a_page(self.page.get_by_role("link", name=re.compile(self.words(words))).first.click)

    def comes_to_a_page(self, act: Callable[[], None]) -> None:
        """A click returns before the next page has begun: who looked at once would often see the old one."""
        self.house.lets_go()
        with self.page.expect_navigation():
            act()
        self.looks()

    def looks(self) -> None:
        """axe takes half a second, so that pages made of the same parts, at one width, are asked about once a run.

        axe is a script itself: it never answers in a browser without any.
        """
        if not self.has_scripts:
            return
        address = re.sub(r"\d+|[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}", "#", urlsplit(self.page.url).path)
        parts = (address, self.page.viewport_size["width"], self.page.evaluate(PARTS))
        if parts not in ASKED_ABOUT:
            found = violations(self.page)
            assert found == [], "\n".join(found)
            ASKED_ABOUT.add(parts)

    def ticks(self, selector: str) -> None:
        """Press the words beside a box, as a thumb does."""
        box = self.page.locator(selector).first
        self.page.locator(f"label[for='{box.get_attribute('id')}']").click()

    def opens_a_tab(self) -> Self:
        """Herself, in another tab of the same browser."""
        tab = copy(self)
        tab.page = self.page.context.new_page()
        return tab

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

    email = "amira@example.org"
    reference = ""

    def starts(self, *, children: bool = False, topic: str = "I come to study") -> None:
        self.goes_to("/")
        self.follows(topic)
        for name, value in (("stay_months", "24"), ("special_track", "none"), ("citizenship", "ES"),
                            ("municipality", "copenhagen"), ("children_move", "yes" if children else "no")):
            self._fill(f"q_{name}", value)
            self.presses("Go on")
        assert re.search(self.words("What you will need"), self.heading)
        self._fill("email", self.email)
        self.presses("Start my file")
        self.reference = re.search(r"[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}", self.reads).group()

    def answers(self, **more: Any) -> None:
        for page, answers in (("Your move", MOVE), ("About ", ABOUT), ("Before Denmark", BEFORE),
                              ("Your family", FAMILY)):
            self.goes_to("/file")
            self.follows(f"^{page}")
            self.answers_here({**answers, **more})

    def answers_here(self, answers: dict[str, Any]) -> None:
        """What this page asks, and what it asks because of these answers. What it does not ask is left aside."""
        asked = {name: value for name, value in answers.items() if self._asked(name)}
        self.fills(asked)
        page = self.page.url.split("?")[0]
        self.presses("Save")
        rest = {name: value for name, value in answers.items() if name not in asked}
        if self.page.url.split("?")[0] == page and any(map(self._asked, rest)):
            self.answers_here(rest)

    def tells_about(self, person: str, *pages: dict[str, Any]) -> None:
        """person: as the task list calls her; pages: the answers, page by page."""
        self.goes_to("/file")
        self.follows(f"^About .*{person}")
        for answers in pages:
            self.answers_here(answers)

    def adds_a_child(self, *pages: dict[str, Any]) -> None:
        self.goes_to("/file/people")
        self.presses("^Add: .*child")
        for answers in pages:
            self.answers_here(answers)

    def typed(self, question: str) -> str:
        """What stands in this box on the page shown now."""
        return self.page.locator(f"main [name='q_{question}']").input_value()

    def kept(self, question: str) -> str:
        """What we have of the questions about her."""
        self.goes_to("/file")
        self.follows("^About ")
        return self.typed(question)

    def _asked(self, question: str) -> bool:
        return self.page.locator(f"main [name='q_{question}'], main [name='q_{question}-day']").count() > 0

    def opens(self, document: str) -> None:
        self.goes_to("/file")
        self.follows(PAPERS.get(document, document))

    def sends_paper(self, document: str, said: dict[str, Any] | None = None, *, seed: int = 1) -> None:
        """Opened, described, photographed, saved; the next thing that is missing is shown."""
        self.opens(document)
        self.says(SAID.get(document, {}) if said is None else said)
        self.picks_page(seed)
        self.presses("Save and go on")

    def says(self, said: dict[str, Any]) -> None:
        if "choice" in said:
            self._fill("choice", said["choice"])
        self.fills({k: v for k, v in said.items() if k != "choice"})

    def adds_page(self, seed: int = 1) -> None:
        """On a page that asks for a file alone."""
        self.picks_page(seed)
        if not self.has_scripts:
            self.presses("Send these files")

    def picks_page(self, seed: int = 1) -> None:
        """With a script it is sent as soon as it is picked."""
        picked = {"name": f"page {seed}.jpg", "mimeType": "image/jpeg", "buffer": a_photo(seed)}
        before = self.page.locator(".k-pages > li").count()
        self.page.locator("main input[name=files]").first.set_input_files(picked)
        if self.has_scripts:
            self.page.locator(f".k-pages > li >> nth={before}").wait_for()

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

    def has_filled_in(self) -> None:
        """Everything is answered and every paper is there; only sending is left."""
        made = self.house.made
        made.now = self.house.now()
        self.comes_back(made.file(amira_fills_in(made, email=self.email)).reference)

    def has_sent(self, *, accepted: bool = True) -> None:
        """What test_complete_the_first_time walks through lies behind her; she comes back with a browser."""
        made = self.house.made
        made.now = self.house.now()
        file_id = amira_sends(made, email=self.email)
        if accepted:
            clara_accepts_all(made, file_id)
        self.comes_back(made.file(file_id).reference)

    def cannot_get(self, document: str) -> None:
        self.opens(document)
        self.follows("I cannot get this")
        self.page.locator("main textarea").fill("It is at the embassy to be renewed.")
        self.comes_to_a_page(self.page.locator("main button[type=submit]").last.click)

    def promises(self, document: str) -> None:
        self.opens(document)
        self.presses("bring it")

    @property
    def offered(self) -> list[str]:
        """The times on the page shown now."""
        return [time.get_attribute("value") for time in self.page.locator("main [name=starts_at]").all()]

    def books(self) -> datetime:
        """The first time offered. Returns the instant it begins."""
        self.goes_to("/file/booking")
        starts_at = self.offered[0]
        self.presses("Take this time")
        return datetime.fromisoformat(starts_at)

    def comes_back(self, reference: str) -> None:
        """On a device that does not know her: her reference, then the code from her mail."""
        self.goes_to("/")
        self.follows("I already have a file")
        self.reference = reference
        self._fill("reference", reference)
        self.presses("Send me a code")
        self._fill("code", self.house.code_from_mail(self.email))
        self.presses("Open my file")

    @property
    def mails(self) -> list[str]:
        """The subjects of what she was sent, oldest first."""
        self.house.work()
        return [mail.subject for mail in self.house.mail.to(self.email)]

    def fetches(self, path: str) -> str:
        """What a link that saves a file would save."""
        answer = self.page.request.get(self.house.url + path)
        assert answer.ok, f"{path}: {answer.status}"
        return answer.text()


class Ben(Amira):
    """Another applicant, with a file of his own."""

    email = "ben@example.org"
