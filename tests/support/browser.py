"""A real Chromium, and axe's verdict on a page in it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
PHONE = {"viewport": {"width": 360, "height": 780}, "has_touch": True, "device_scale_factor": 2}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
# Without these it looks for its maker's servers at every start, and where those are out of reach, that costs seconds.
QUIET = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ACTION_WITHIN_MS = 10_000
PAGE_WITHIN_MS = 30_000


class NoBrowser(Exception):
    """None can be had here. Its text is one sentence that says what to do."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium without a window; started once per test run."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise NoBrowser("The journeys need Chromium and found none: install it (on Debian: apt-get install chromium).")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's sandbox refuses root; pages are our own.
    home_folder = TemporaryDirectory(prefix="klarsag-browser-", ignore_cleanup_errors=True)
    with sync_playwright() as playwright, home_folder as home:
        environ = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}
        browser = playwright.chromium.launch(executable_path=found, args=[*QUIET, *sandbox], env=environ)
        yield browser
        browser.close()


def visit(browser: Browser, *, phone: bool, javascript: bool = True, language: str = "en") -> BrowserContext:
    """A browser of one person: cookies of their own, no help from anybody else's."""
    shape = PHONE if phone else DESKTOP
    context = browser.new_context(**shape, java_script_enabled=javascript, locale=language)
    context.set_default_timeout(ACTION_WITHIN_MS)
    context.set_default_navigation_timeout(PAGE_WITHIN_MS)
    return context


def violations(page: Page, *, within: str | None = None) -> list[str]:
    """What axe finds against WCAG 2.0 to 2.2, A and AA: one line per place; empty is what we want.

    within: a CSS selector, to look at one part only. Works on pages whose policy forbids foreign scripts.
    """
    session = page.context.new_cdp_session(page)
    try:
        session.send("Runtime.evaluate", {"expression": _axe()})
    finally:
        session.detach()
    found = page.evaluate(
        """([within, tags]) => axe.run(within || document, {runOnly: {type: "tag", values: tags}})
           .then(found => found.violations.flatMap(rule => rule.nodes.map(node =>
               `${rule.id}: ${rule.help} (${node.target.join(" ")}) ${node.failureSummary.replace(/\\s+/g, " ")}`)))""",
        [within, WCAG_2_2_AA],
    )
    return [f"{page.url} {line}" for line in found]


@cache
def _axe() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
