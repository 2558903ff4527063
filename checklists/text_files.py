"""Translators' files: made and tidied here, and carried to spreadsheets and back."""

import csv
import io
from pathlib import Path

from checklists.compiler import Compiled

NO_LEADING = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is taken for a formula by spreadsheets."""


def rows(compiled: Compiled, language: str) -> list[tuple[str, str, str, str]]:
    """(path, present English, translation, state: fine, stale or missing), in the checklist's order."""
    source = compiled.found.checklist.source_language
    texts = compiled.wording.texts.get(language, {})
    stale = set(compiled.wording.stale.get(language, []))
    extra = [path for path in texts if path not in compiled.wording.sources]
    found = []
    for path in [*compiled.wording.sources, *extra]:
        known = path if path in compiled.wording.sources else path.rpartition(":")[0]
        words = texts.get(path, "")
        state = "missing" if not words else "stale" if path in stale else "fine"
        found.append((path, compiled.wording.texts[source].get(known, ""), words, state))
    return found


def tidied(compiled: Compiled, language: str, given: dict[str, str] | None = None) -> str:
    """The whole text file: one line per path. A stale text keeps the English it was made from.

    given: translations that replace what is there (from a spreadsheet); they count as made from
    the present English.
    """
    checklist = compiled.found.checklist
    source = checklist.source_language
    shared = _said_in_shared_files(compiled, language)
    before = compiled.found.translations.get(language)
    old = before.value if before and isinstance(before.value, dict) else {}
    lines = [
        f"texts: {checklist.checklist}",
        f"language: {_quoted(language)}",
        f"# Made and kept in order by `flask checklist texts {checklist.checklist} {language}`.",
        f"# Write only the {language} part; {source} is the text it was translated from.",
    ]
    for path, english, words, state in rows(compiled, language):
        changed = (given or {}).get(path)
        if path in shared and path not in old and not changed:
            continue
        made_from = old.get(path, {}).get(source, english) if state == "stale" and not changed else english
        lines.append(f"{_key(path)}: {{{source}: {_quoted(made_from)}, {_key(language)}: {_quoted(changed or words)}}}")
    return "\n".join(lines) + "\n"


def _said_in_shared_files(compiled: Compiled, language: str) -> set[str]:
    """Paths that come translated with a shared file (shared/texts): repeating them here would hide its next wording."""
    files = [file.value for code, file in compiled.found.shared_translations if code == language]
    return {path for lines in files if isinstance(lines, dict) for path in lines}


def _key(path: str) -> str:
    return _quoted(path) if ":" in path or path in ("no", "on", "yes", "y", "n") else path


def _quoted(text: str) -> str:
    """A double-quoted YAML text on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def text_path(folder: Path, compiled: Compiled, language: str) -> Path:
    return folder / "definitions" / compiled.found.name / compiled.found.version / "texts" / f"{language}.yaml"


def spreadsheet(compiled: Compiled, language: str) -> str:
    """CSV: path, English, translation, state."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["path", compiled.found.checklist.source_language, language, "state"])
    for row in rows(compiled, language):
        writer.writerow([f"'{cell}" if cell.startswith(NO_LEADING) else cell for cell in row])
    return out.getvalue()


def from_spreadsheet(text: str, language: str) -> dict[str, str]:
    """Path -> translation from such a CSV; rows without a translation are left out."""
    found: dict[str, str] = {}
    for row in csv.DictReader(io.StringIO(text)):
        path, words = row.get("path"), row.get(language)
        if isinstance(path, str) and isinstance(words, str) and words.strip():
            found[path] = words[1:] if words.startswith("'") and words[1:2] in NO_LEADING else words
    return found
