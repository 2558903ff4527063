# ruff: noqa: E501  YAML of a test reads best on one line
"""Whatever stands in the file: faults with a line, never a traceback, never a flood."""

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklists.cases import run_cases
from checklists.compiler import compile_version
from checklists.lint_further import lint_further
from checklists.source import read_text
from tests.checklists.support import BASE, REASONS, VERSION, write, write_shared


def codes_of(tmp_path, text):
    home = tmp_path / "definitions" / "small" / VERSION
    home.mkdir(parents=True, exist_ok=True)
    (home / "checklist.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    compiled = compile_version("small", VERSION, tmp_path)
    assert compiled.errors
    assert all(fault.line >= 1 and fault.message for fault in compiled.errors)
    assert len(str(compiled.errors[0])) < 600
    return [fault.code for fault in compiled.errors]


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"{n}: &{n} [{', '.join(['*' + chr(ord(n) - 1)] * 9)}]" for n in "bcdefghi"
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "shape"), ("[]", "shape"), ("just words", "shape"), ("3", "shape"), ("~", "shape"),
        (LAUGHS, "alias"), ("a: &x 1", "alias"), ("a: *x", "alias"), ("<<: {a: 1}", "alias"),
        ("a: !!python/object/apply:os.system [id]", "tag"), ("a: !secret x", "tag"),
        ("a: " + "x" * 1_000_000, "long_line"),
        ("a:\n" + "- x\n" * 60_000, "flood"),
        ("a: " + "[" * 1000, "flood"), ("a: " + "{a: " * 500 + "1" + "}" * 500, "flood"),
        ("a: 1\na: 2", "twice"), ("a: {b: 1, b: 2}", "twice"),
        ("? [a, b]\n: 1", "key"), ("{a: 1}: 2", "key"),
        ("a: 1\n---\nb: 2", "documents"),
        ("title: {en: Whole page, all four corners}", "stray"),
        ("title: {person} is here", "yaml"), ("title: [unfinished", "yaml"), ("a:\n\t- x", "yaml"), ("a: 'x", "yaml"),
        (b"\xff\xfe\x00a", "not_utf8"), (b"a: \x00", "not_yaml"), (b"a: \x07", "not_yaml"),
        ("version: 2026-02-31", "day"),
        ("1: 2\ntrue: 3\n~: 4", "unknown_key"),
    ],
)  # fmt: skip
def test_each_trap_is_named(tmp_path, text, code):
    begun = time.monotonic()
    assert code in codes_of(tmp_path, text)
    assert time.monotonic() - begun < 20


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    assert codes_of(tmp_path, "# x\n" * 400_000) == ["too_large"]


def test_no_and_on_are_words(tmp_path):
    source, faults = read_text("a: [NO, no, on, yes, true, 012, 1.5]", "x")
    assert faults == []
    assert source.value == {"a": ["NO", "no", "on", "yes", True, 12, 1.5]}


def test_a_text_cut_inside_braces_gets_a_hint_about_quotes(tmp_path):
    _, (fault,) = read_text("rules:\n  - {id: a, say: Room # 3 please}\n  - {id: b}\n", "x")
    assert fault.code == "yaml"
    assert "#" in fault.remedy


def test_a_file_that_is_not_there_is_told(tmp_path):
    assert [fault.code for fault in compile_version("gone", VERSION, tmp_path).errors] == ["no_file"]


PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-10, 10**12)
    | st.floats(allow_nan=False)
    | st.sampled_from(
        ["", "x", "applicant.home", "$a", "meeting", "2026-01-01", "<person>", "sent - 1 month", "not_sure"]
    )
)
ANY = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["any", "not", "some", "with", "count", "is", "when", "id", "home", "x", "at_least"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
SOUND = {
    "people": {"applicant": {"min": 1, "max": 1, "name": "You"}, "child": {"max": 2, "name": "Child"}},
    "questions": {"home": {"per": "person", "type": "country", "ask": "a"}, "on": {"per": "file", "type": "date", "ask": "a"}},
    "worked_out": {"age": {"per": "file", "years_from": "on", "to": "sent"}, "t": {"per": "person", "when": {"home": "SE"}}},
    "pages": [{"id": "a", "title": "A", "per": "file", "questions": ["on"]}, {"id": "b", "title": "B", "per": "person", "questions": ["home"]}],
    "rules": [{"id": "r", "then": "stop", "when": {"t": True}, "per": "person", "say": "No"}],
    "documents": [{"id": "p", "name": "P", "per": "person", "needed": [{"when": {"t": True}, "because": "b"}], "facts": {"f": {"type": "date", "ask": "a"}}, "checks": [{"that": {"document.f": {"after": "meeting"}}, "else": "expired"}], "attach": [{"id": "t1", "name": "T", "needed": {"when": {"document.f": {"answered": True}}}}]}],
    "cases": [{"name": "A", "applicant": {"home": "SE"}, "facts": {"applicant p": {"f": "2026-01-01"}}}],
    "lists": {"a": ["SE"]},
    "topics": [{"id": "t", "say": "T", "sets": {"applicant.home": "SE"}}],
    "settings": {"s": {"type": "yes_no", "default": True}},
    "meeting": {"minutes": {"base": 10}},
}  # fmt: skip


def places(value, path=()):
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from places(inner, (*path, index))


def put(value, path, new):
    if not path:
        return new
    changed = dict(value) if isinstance(value, dict) else list(value)
    changed[path[0]] = put(value[path[0]], path[1:], new)
    return changed


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.sampled_from(list(places(SOUND))[1:]), ANY)
def test_any_value_in_any_place_gives_faults_or_a_checklist_and_never_a_traceback(tmp_path, path, value):
    write_shared(tmp_path, "reasons", REASONS)
    parts = {key: json.dumps(part) for key, part in put(SOUND, path, value).items()}
    write(tmp_path, {**BASE, "uses": f"[reasons@{VERSION}]", **parts})
    compiled = compile_version("small", VERSION, tmp_path)
    lint_further(compiled)
    if not compiled.errors:
        run_cases(compiled.definition(), compiled.found.checklist)


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("ab:{}[],#&*!|>'\"\n -?%@`~<\t\\\u2028\ufeffé"), max_size=60))
def test_any_text_is_read_or_refused(text):
    source, faults = read_text(text, "x")
    assert faults or source is not None
