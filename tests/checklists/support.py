"""Small checklists written for one test each: a base to which a test adds what it is about."""

import textwrap
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from checklists.cases import run_cases
from checklists.compiler import Compiled, compile_version
from checklists.definition import Definition
from checklists.lint_further import lint_further
from checklists.rules import work_out
from checklists.situation import STATED, Fact, Paper, PersonSituation, Situation
from checklists.worked_out import WorkedOut

TODAY = date(2026, 3, 2)
VERSION = "2026-01-01"

BASE = {
    "format": "2",
    "checklist": "small",
    "version": VERSION,
    "workflow": "registration",
    "country": "SE",
    "number": "{name: Number}",
    "declaration": "All of this is true.",
    "languages": "[en]",
    "must_have": "[en]",
    "title": "A small checklist",
    "topics": "[]",
    "people": "{applicant: {min: 1, max: 1, name: You}}",
    "questions": "{}",
    "triage": "[]",
    "pages": "[]",
    "documents": "[]",
    "meeting": "{minutes: {base: 10}}",
    "retention": "{issued_days: 1, refused_days: 1, withdrawn_days: 1, lapsed_days: 1}",
}
REASONS = """
    shared: reasons
    version: 2026-01-01
    always: [unreadable]
    reasons:
      unreadable: {seen: It is blurred., why: We must read it., cure: Send it again.}
      expired: {seen: It ended., why: It must be valid., cure: Send a valid one.}
      too_old: {seen: It is old., why: It must be new., cure: Ask for a new one.}
"""


@dataclass
class Small:
    """One checklist in its own folder."""

    folder: Path
    compiled: Compiled = field(init=False)

    def __post_init__(self) -> None:
        self.again()

    def again(self, version: str = VERSION) -> "Small":
        self.compiled = compile_version("small", version, self.folder)
        return self

    @property
    def definition(self) -> Definition:
        return self.compiled.definition()

    @property
    def codes(self) -> list[str]:
        """Codes of the errors."""
        return [fault.code for fault in self.compiled.errors]

    def linted(self) -> list[Any]:
        lint_further(self.compiled)
        return self.compiled.faults

    def outcomes(self) -> list[Any]:
        return run_cases(self.definition, self.compiled.found.checklist)

    def work_out(
        self, answers: dict | None = None, people: dict | None = None, papers: dict | None = None, **more: Any
    ) -> WorkedOut:
        """people: key -> answers ("child 1": {...}); papers: "key document" -> facts."""
        return work_out(self.definition, self.situation(answers, people, papers, **more))

    def situation(
        self, answers: dict | None = None, people: dict | None = None, papers: dict | None = None, **more: Any
    ) -> Situation:
        persons = tuple(
            PersonSituation(key, key.rpartition(" ")[0] if key[-1].isdigit() else key, given)
            for key, given in {"applicant": {}, **(people or {})}.items()
        )
        found = {}
        for label, facts in (papers or {}).items():
            owner, _, document = label.rpartition(" ")
            stated = {
                key: value if isinstance(value, Fact | tuple) else Fact(value, STATED) for key, value in facts.items()
            }
            choice = stated.pop("choice", Fact(None)).value
            found[None if owner == "file" else owner, document] = Paper(choice, stated, bool(facts))
        return Situation(**{"today": TODAY, "answers": answers or {}, "people": persons, "papers": found, **more})


def write(folder: Path, parts: dict[str, str], version: str = VERSION, name: str = "small") -> Path:
    home = folder / "definitions" / name / version
    home.mkdir(parents=True, exist_ok=True)
    lines = []
    for key, value in parts.items():
        text = textwrap.dedent(value).strip("\n")
        lines.append(
            f"{key}:\n{textwrap.indent(text, '  ')}" if "\n" in text or value.startswith("\n") else f"{key}: {text}"
        )
    path = home / "checklist.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_shared(folder: Path, name: str, text: str, version: str = VERSION) -> None:
    (folder / "shared").mkdir(exist_ok=True)
    (folder / "shared" / f"{name}@{version}.yaml").write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")


def pages_of(questions: str) -> str:
    """A page for the file's questions and one for each person's, read off the lines `id: {per: ...`."""
    file, person = [], []
    for line in textwrap.dedent(questions).strip("\n").splitlines():
        if line[:1] not in ("", " ", "#") and "per:" in line:
            (file if "per: file" in line else person).append(line.split(":")[0])
    pages = [f"{{id: p_file, title: The file, per: file, questions: [{', '.join(file)}]}}"] if file else []
    pages += [f"{{id: p_person, title: Person, per: person, questions: [{', '.join(person)}]}}"] if person else []
    return f"[{', '.join(pages)}]"


def needs(result: WorkedOut) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for demand in result.demands:
        found.setdefault(demand.person or "file", []).append(demand.item)
    return found


def may_need(result: WorkedOut) -> list[str]:
    return [demand.item for demand in result.may_need]
