"""A checklist written for one test."""

import textwrap

import pytest

from tests.checklists.support import BASE, REASONS, VERSION, Small, pages_of, write, write_shared


@pytest.fixture
def small(tmp_path):
    """small(questions="...", documents="...") -> Small; shared={"papers": "..."} adds shared files."""

    def make(
        *,
        shared: dict[str, str] | None = None,
        texts: dict[str, str] | None = None,
        version: str = VERSION,
        **parts: str,
    ) -> Small:
        pinned = {"reasons": REASONS, **(shared or {})}
        for name, text in pinned.items():
            write_shared(tmp_path, name, text)
        uses = ", ".join(f"{name}@{VERSION}" for name in pinned)
        base = {**BASE, "version": version, "uses": f"[{uses}]", **parts}
        if "questions" in parts and "pages" not in parts:
            base["pages"] = pages_of(base["questions"])
        write(tmp_path, base, version)
        for language, text in (texts or {}).items():
            home = tmp_path / "definitions" / "small" / version / "texts"
            home.mkdir(exist_ok=True)
            (home / f"{language}.yaml").write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
        made = Small(tmp_path)
        return made.again(version)

    return make
