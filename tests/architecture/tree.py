"""The project's Python files as syntax trees: what imports what, who assigns what."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_THE_PRODUCT = {"docs", ".venv", "node_modules", "var", "tests", "bench", "migrations", "devkit"}


@dataclass(frozen=True)
class Import:
    """at: where it stands. module: what is imported, dotted."""

    at: str
    module: str

    def __str__(self) -> str:
        return f"{self.at} imports {self.module}"


@cache
def sources() -> dict[str, ast.Module]:
    """Path below the project -> its tree."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT)
        if name.parts[0] not in NOT_THE_PRODUCT:
            found[str(name)] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def home_of(path: str) -> str:
    """The part of the house a file belongs to: "applications", "web.applicant", "web", "clock"."""
    parts = path.removesuffix(".py").split("/")
    return ".".join(parts[:2]) if parts[0] == "web" and len(parts) > 2 else parts[0]


def imports() -> Iterator[Import]:
    for path, tree in sources().items():
        for node in _walk_at_run_time(tree):
            if isinstance(node, ast.Import):
                yield from (Import(path, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield from (Import(path, f"{node.module}.{alias.name}") for alias in node.names)


def _walk_at_run_time(node: ast.AST) -> Iterator[ast.AST]:
    """Without what stands under "if TYPE_CHECKING": names for readers bind nothing together."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and getattr(child.test, "id", "") == "TYPE_CHECKING":
            continue
        yield child
        yield from _walk_at_run_time(child)


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of something whose last word is this name."""
    for path, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name in (getattr(node.func, "attr", ""), getattr(node.func, "id", "")):
                yield path, node


def assigned_attributes() -> Iterator[tuple[str, str, int]]:
    """(path, attribute, line) for every x.attribute = ..., but not self.attribute."""
    for path, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in (t for one in targets for t in ast.walk(one)):
                    if isinstance(target, ast.Attribute) and getattr(target.value, "id", "") != "self":
                        yield path, target.attr, node.lineno
