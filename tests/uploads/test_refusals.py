import ast
import re
from pathlib import Path

import pytest

import uploads
from uploads import refusals

SOURCES = [path for path in Path(uploads.__file__).parent.glob("*.py") if path.name != "refusals.py"]


def test_a_photo_above_the_limit_is_told_both_sizes():
    words = refusals.words_for("photo_too_big", {"bytes": 31 * 1024**2, "limit_bytes": 25 * 1024**2})
    assert words.seen == "The photo is 31 MB; the limit is 25 MB."


def test_a_file_one_byte_over_the_limit_never_looks_equal_to_it():
    assert refusals.megabytes(25 * 1024**2 + 1) == "25.1"


def test_words_go_through_the_readers_language():
    assert refusals.words_for("empty", {}, translate=str.upper).seen == "THIS FILE IS EMPTY."


@pytest.mark.parametrize("code", [*refusals.REFUSALS, *refusals.NO_PREVIEW])
def test_every_code_says_what_was_seen_why_and_the_cure(code):
    placeholders = re.findall(r"%\((\w+)\)s", repr({**refusals.REFUSALS, **refusals.NO_PREVIEW}[code]))
    words = refusals.words_for(code, dict.fromkeys(placeholders, "7"))
    assert all(text.strip().endswith(".") for text in (words.seen, words.why, words.cure))


def test_every_refusal_made_in_the_code_has_words():
    made = {code for source in SOURCES for code in _codes_made_in(source)}
    assert {"needs_password", "too_many_pages", "store_is_full"} <= made
    assert made <= refusals.REFUSALS.keys()


def _codes_made_in(source: Path) -> list[str]:
    calls = [node for node in ast.walk(ast.parse(source.read_text())) if isinstance(node, ast.Call)]
    first = [call.args[0] for call in calls if getattr(call.func, "id", "") == "Refused" and call.args]
    return [arg.value for arg in first if isinstance(arg, ast.Constant)]
