# ruff: noqa: E501  YAML of a test reads best on one line
"""What a new version changes, said without reading conditions: measured over cases and files."""

import pytest
from click.testing import CliRunner

from checklists.commands import checklist
from checklists.diff import DIFFERENT, EASIER, HARDER, TEXT, diff, renamed

QUESTIONS = """
    home: {per: person, type: country, ask: Which country?, required: true}
    job: {per: applicant, type: choice, options: [work, study], ask: a}
"""
DOCUMENTS = """
    - {id: card, name: Card, per: person, needed: {when: {home: {in: [SE, DK]}}}}
    - {id: lease, name: Lease, per: file, needed: always, facts: {until: {type: date, ask: a}}}
"""
NEW = "2026-02-01"


@pytest.fixture
def change(small):
    """change(questions=..., documents=...) -> (Difference, old, new)."""

    def changed(situations=(), **parts):
        old = small(questions=QUESTIONS, documents=DOCUMENTS)
        before = old.definition
        made = small(version=NEW, replaces="2026-01-01", **{"questions": QUESTIONS, "documents": DOCUMENTS, **parts})
        assert made.codes == [], made.compiled.errors
        return diff(before, made.definition, [(label, old.situation({}, people)) for label, people in situations])

    return changed


def kinds(difference):
    return {(change.kind, change.place) for change in difference.changes}


def test_nothing_changed_is_no_change(change):
    assert change().kind == "none"


def test_other_words_apply_at_once(change):
    found = change(questions=QUESTIONS.replace("Which country?", "From where?"))
    assert (found.kind, kinds(found)) == (TEXT, {(TEXT, "questions.home.ask")})


@pytest.mark.parametrize(
    ("parts", "kind", "place"),
    [
        ({"documents": DOCUMENTS.split("\n    - {id: lease")[0]}, EASIER, "documents.lease"),
        ({"documents": DOCUMENTS + "    - {id: extra, name: Extra, per: file, needed: always}\n"}, HARDER, "documents.extra"),
        ({"questions": QUESTIONS.replace("[work, study]", "[work]")}, HARDER, "questions.job"),
        ({"questions": QUESTIONS.replace("[work, study]", "[work, study, rest]")}, EASIER, "questions.job"),
        ({"questions": QUESTIONS.replace("ask: a}", "ask: a, required: true}")}, HARDER, "questions.job"),
        ({"questions": QUESTIONS.replace("type: country", "type: text"), "documents": "[]"}, DIFFERENT, "questions.home"),
        ({"documents": DOCUMENTS.replace("type: date", "type: text")}, DIFFERENT, "documents.lease.until"),
        ({"documents": DOCUMENTS.replace("per: file", "per: applicant")}, DIFFERENT, "documents.lease"),
        ({"documents": DOCUMENTS.replace("until: {", "rooms: {type: number, ask: a}, until: {")}, HARDER, "documents.lease.rooms"),
        ({"rules": "[{id: no, then: stop, say: No.}]"}, HARDER, "rules.no"),
        ({"rules": "[{id: tell, then: flag, to: [desk], say: No.}]"}, TEXT, "rules.tell"),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_told(change, parts, kind, place):
    assert (kind, place) in kinds(change(**parts))


def test_an_id_that_changed_its_meaning_is_refused(change):
    found = change(questions=QUESTIONS.replace("per: person, type: country", "per: applicant, type: country"))
    assert [one.place for one in found.refused] == ["questions.home"]


def test_a_changed_condition_is_measured_and_may_be_easier_for_one_and_harder_for_another(change):
    files = [
        ("from SE", {"applicant": {"home": "SE"}}),
        ("from BR", {"applicant": {"home": "BR"}}),
        ("from DK", {"applicant": {"home": "DK"}}),
    ]
    found = change(files, documents=DOCUMENTS.replace("[SE, DK]", "[BR, DK]"))
    measured = {one.label: (one.easier, one.harder) for one in found.measured}
    assert measured == {"from SE": (("demand applicant: card",), ()), "from BR": ((), ("demand applicant: card",))}
    assert (found.kind, found.harder_for) == (HARDER, ("from BR",))


def test_renamed_ids_keep_answers_and_papers(change, small):
    parts = {
        "questions": QUESTIONS.replace("home:", "land:"),
        "documents": DOCUMENTS.replace("{home:", "{land:").replace("id: card", "id: pass"),
        "renamed": "{home: land, card: pass}",
    }
    assert change([("from SE", {"applicant": {"home": "SE"}})], **parts).kind == "none"
    made = small(version=NEW, **parts)
    kept = renamed(made.situation({}, {"applicant": {"home": "SE"}}, {"applicant card": {"x": 1}}), made.definition)
    assert kept.people[0].answers == {"land": "SE"}
    assert list(kept.papers) == [("applicant", "pass")]


@pytest.mark.parametrize(("names", "code"), [("{old: gone}", "unknown_name"), ("{home: job}", "renamed")])
def test_faulty_renames_are_told(small, names, code):
    assert code in small(questions=QUESTIONS, documents=DOCUMENTS, renamed=names).codes


def test_the_command_measures_over_the_cases_of_both_versions(small):
    cases = "[{name: A Swede, applicant: {home: SE}, needs: {applicant: [card], file: [lease]}}]"
    small(questions=QUESTIONS, documents=DOCUMENTS, cases=cases)
    made = small(
        version=NEW,
        replaces="2026-01-01",
        questions=QUESTIONS,
        documents=DOCUMENTS.replace("[SE, DK]", "[DK]"),
        cases="[]",
    )
    result = CliRunner().invoke(checklist, ["--folder", str(made.folder), "diff", "small"], catch_exceptions=False)
    assert "easier    case A Swede (2026-01-01): demand applicant: card" in result.output
    assert "Taken together: easier." in result.output


def test_a_new_version_is_written_from_the_newest(small):
    made = small(questions=QUESTIONS, documents=DOCUMENTS)
    runner = CliRunner()
    assert runner.invoke(checklist, ["--folder", str(made.folder), "bump", "small", "2026-05-01"]).exit_code == 0
    bumped = made.again("2026-05-01").definition
    assert (bumped.version, bumped.plan["replaces"], bumped.applies_from.isoformat()) == (
        "2026-05-01",
        "2026-01-01",
        "2026-05-01",
    )
    again = runner.invoke(checklist, ["--folder", str(made.folder), "bump", "small", "2026-05-01"])
    assert again.exit_code == 1
    assert "must be later" in again.output


def test_a_new_role_does_not_change_the_meaning_of_what_everybody_is_asked(change):
    found = change(people="{applicant: {min: 1, max: 1, name: You}, child: {max: 2, name: Child}}")
    assert found.refused == ()
