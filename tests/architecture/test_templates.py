"""Templates say nothing that cannot be translated, and write no form field by hand."""

import re

import pytest

from tests.architecture.tree import ROOT

TEMPLATES = ROOT / "templates"
PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if "styleguide" not in path.parts)
# Words that are the same everywhere, or names.
SAME_EVERYWHERE = {"PDF", "KB", "MB", "ltr", "rtl", "QR", "JPEG", "HEIC", "EUPL", "nbsp", "CPR", "Enter"}
READ_ALOUD = re.compile(r'\b(?:alt|title|aria-label|placeholder|aria-description)="([^"]*)"')


def test_there_are_pages():
    assert len(PAGES) > 20


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_every_visible_word_can_be_translated(path):
    assert words_outside(path.read_text(encoding="utf-8")) == []


def words_outside(text):
    """Letters that a reader sees and no catalogue knows."""
    text = re.sub(r"\{% block (skin|robots) %\}.*?\{% endblock %\}", " ", text)  # classes and a word for machines
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)
    bare = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", bare, flags=re.DOTALL)
    aloud = " ".join(READ_ALOUD.findall(bare))
    seen = re.sub(r"<!--.*?-->|<[^>]*>", " ", bare, flags=re.DOTALL)
    seen = re.sub(r'[\w-]+="[^"]*"', " ", seen) + " " + aloud  # macros write attributes piece by piece
    seen = re.sub(r"&#?\w+;", " ", seen)
    return [word for word in re.findall(r"[A-Za-zÀ-ÿ]{2,}", seen) if word not in SAME_EVERYWHERE]


def test_the_rule_would_see_a_word():
    assert words_outside('<p title="Hello">{{ _("Fine") }} there</p>') == ["there", "Hello"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_only_macros_write_fields(path):
    name = str(path.relative_to(TEMPLATES))
    if name.startswith("macros/"):
        return
    assert re.findall(r"<(?:input|select|textarea)\b", path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_page_decides_by_the_state_of_a_file(path):
    assert re.findall(r"\bfile\.state\b", path.read_text(encoding="utf-8")) == []
