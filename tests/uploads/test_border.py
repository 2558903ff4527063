"""No parser of uploaded bytes runs in a web process (promise 6)."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import uploads

ROOT = Path(uploads.__file__).parents[1]
PARSERS = {"pypdf", "PIL", "pypdfium2", "pillow_heif", "magic", "pylibmagic"}
OURS = [
    path
    for path in ROOT.rglob("*.py")
    # the seeds draw with Pillow and read nothing with it
    if not {"tests", "bench", "seeds", "var", "node_modules"} & set(path.relative_to(ROOT).parts)
    and not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
]


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def test_only_the_inside_of_uploads_imports_a_parser():
    guilty = [
        str(path.relative_to(ROOT))
        for path in OURS
        if path.parent.name != "inside" and {name.split(".")[0] for name in imports_of(path)} & PARSERS
    ]
    assert guilty == []


def test_the_web_loads_no_parser():
    source = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import app, commands, seeds.commands; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-I", "-c", source], capture_output=True, text=True).stdout.split()
    assert not {name.split(".")[0] for name in loaded} & PARSERS
    assert "seeds.commands" in loaded


def test_nobody_imports_the_inside_but_itself():
    guilty = [
        str(path.relative_to(ROOT))
        for path in OURS
        if path.parent.name != "inside" and any(name.startswith("uploads.inside") for name in imports_of(path))
    ]
    assert guilty == []


@pytest.mark.parametrize("module", ["uploads.intake", "uploads.pictures"])
def test_the_way_in_loads_no_parser_and_no_web_framework(module):
    source = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import {module}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-I", "-c", source], capture_output=True, text=True).stdout.split()
    assert not {name.split(".")[0] for name in loaded} & (PARSERS | {"flask", "sqlalchemy"})
    assert module in loaded
