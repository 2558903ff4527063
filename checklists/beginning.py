"""The first draft of a checklist, from a few answers: small, without a fault, with a case that holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Beginning:
    """country: code of two letters. languages: those beside English. least_months: 0 for no limit."""

    name: str
    version: date
    country: str
    title: str
    number: str
    languages: tuple[str, ...] = ()
    couples: bool = False
    children: bool = False
    least_months: int = 0
    minutes: int = 15


def draft(asked: Beginning, shared: Path) -> str:
    """The text of checklist.yaml. shared: the folder of shared files, of which it pins the newest."""
    uses = list(_newest(shared, ("common", "countries")))
    common = any(pin.startswith("common@") for pin in uses)
    parts = [_top(asked, uses, common=common), _people(asked), _questions(asked), _pages(asked), _rules(asked)]
    return "\n".join([*parts, _documents(common=common), _meeting(asked), _cases(asked, common=common)])


def _newest(shared: Path, wanted: Iterable[str]) -> Iterable[str]:
    for what in wanted:
        found = sorted(path.stem for path in shared.glob(f"{what}@*.yaml"))
        yield from found[-1:]


def quoted(text: str) -> str:
    """A text in double quotes: no sign in it means anything to YAML."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _top(asked: Beginning, uses: list[str], *, common: bool) -> str:
    languages = ", ".join(quoted(code) for code in ("en", *asked.languages))
    lists = f"\nlists:\n  readable_languages: [{languages}]  # papers in these need no translation\n" if common else ""
    return f"""# {asked.title}
# Example rules. They are no legal advice. Write the source of each rule beside it.
format: 2
checklist: {asked.name}
version: {asked.version.isoformat()}
applies_from: {asked.version.isoformat()}
workflow: registration
country: {quoted(asked.country)}
number: {{name: {quoted(asked.number)}}}
source_language: en
languages: [{languages}]
must_have: [{languages}]
title: {quoted(asked.title)}
notice: Example rules. Check with your authority before you rely on them.
declaration: I declare that my answers and papers are true and complete.
uses: [{", ".join(uses)}]
{lists}
# What brings people here: one door each.
topics:
  - {{id: move, say: "I move here", also: [], sets: {{}}}}
"""


def _people(asked: Beginning) -> str:
    lines = ["# Who may be on one file.", "people:", "  applicant: {min: 1, max: 1, name: You}"]
    if asked.couples:
        lines.append('  spouse: {max: 1, when: {spouse_moves: true}, name: "Your husband, wife or partner"}')
    if asked.children:
        lines.append("  child: {max: 10, when: {children_move: true}, name: Your child}")
    return "\n".join(lines) + "\n"


def _family(asked: Beginning) -> list[str]:
    return ["spouse_moves"] * asked.couples + ["children_move"] * asked.children


def _questions(asked: Beginning) -> str:
    words = {
        "spouse_moves": "Does a husband, wife or partner move with you?",
        "children_move": "Do children move with you?",
    }
    family = [
        f"  {key}: {{per: file, type: yes_no, ask: {quoted(words[key])}, required: true}}" for key in _family(asked)
    ]
    lines = [
        "# What is asked: once for the file, or of each person.",
        "questions:",
        "  stay_months: {per: file, type: number, unit: months, ask: How many months will you stay?, required: true}",
        "  moving_date: {per: file, type: date, ask: On which day do you move?, required: true}",
        *family,
        "  full_name: {per: person, type: name, ask: Full name, required: true, carry: anywhere}",
        "  birth_date: {per: person, type: date, max: today, ask: Date of birth, required: true, carry: anywhere}",
        "  citizenship: {per: person, type: country, many: true, ask: Citizenship, required: true, carry: anywhere}",
    ]
    return "\n".join(lines) + "\n"


def _pages(asked: Beginning) -> str:
    mine = ", ".join(["stay_months", "moving_date", *_family(asked)])
    return f"""# Asked first, before anything is kept; then the pages of the file.
triage: [{", ".join(["stay_months", *_family(asked)])}]
pages:
  - {{id: move, title: Your move, per: file, questions: [{mine}]}}
  - {{id: about, title: About <person>, per: person, questions: [full_name, birth_date, citizenship]}}
"""


def _rules(asked: Beginning) -> str:
    if not asked.least_months:
        return "# Other doors, and notes.\nrules: []\n"
    return f"""# Other doors, and notes.
rules:
  - id: short_stay
    then: stop
    when: {{stay_months: {{less_than: {asked.least_months}}}}}
    say: You must stay for at least {asked.least_months} months.
"""


def _documents(*, common: bool) -> str:
    good = """
    facts: identity_paper
    checks:
      - {that: {document.expires_on: {on_or_after: meeting}}, else: expired}"""
    return f"""# Which papers are needed, of whom, and why.
documents:
  - id: passport
    name: Passport or identity card
    help: It must be valid on the day we meet.
    per: person
    needed: always
    carry: anywhere{good if common else ""}
    original_at_meeting: true
"""


def _meeting(asked: Beginning) -> str:
    return f"""meeting:
  minutes: {{base: {asked.minutes}, per_extra_person: 5, at_most: {max(60, asked.minutes)}}}
  attend: everyone
  not_before: [moving_date]
  confirm: [identity, originals]

# Days after the end until everything is erased.
retention: {{issued_days: 180, refused_days: 180, withdrawn_days: 30, lapsed_days: 90}}
"""


def _cases(asked: Beginning, *, common: bool) -> str:
    family = "".join(f", {key}: false" for key in _family(asked))
    facts = "\n  facts: {passport: {expires_on: 2040-01-01}}" if common else ""
    stop = (
        f"""
  - name: A day too short
    file: {{stay_months: {asked.least_months - 1}}}
    stops: short_stay"""
        if asked.least_months
        else ""
    )
    couple = (
        """
  - name: A couple
    file: {spouse_moves: true}
    spouse: {}
    needs: {}"""
        if asked.couples
        else ""
    )
    couple_left = (
        """
  - name: Somebody who stays behind after all needs nothing
    spouse: {}
    needs: {}"""
        if asked.couples
        else ""
    )
    children = (
        """
  - name: A parent with a child
    file: {children_move: true}
    children: [{}]
    needs: {}
  - name: A child who stays behind after all needs nothing
    children: [{}]
    needs: {}"""
        if asked.children
        else ""
    )
    return f"""# Little stories with what must come out. Write one for each rule.
case_defaults:
  today: {asked.version.isoformat()}
  file: {{stay_months: {max(24, asked.least_months)}, moving_date: {asked.version.isoformat()}{family}}}
  person: {{birth_date: 1990-05-05, citizenship: [FR]}}{facts}
  needs: {{everyone: [passport]}}

cases:
  - name: One person with a passport
    minutes: {asked.minutes}{stop}{couple}{couple_left}{children}
"""
