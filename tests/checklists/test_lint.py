# ruff: noqa: E501  YAML of a test reads best on one line
"""Every fault at once, each with its file, its line and its remedy."""

import pytest
from click.testing import CliRunner

from checklists.commands import checklist

PEOPLE = "{applicant: {min: 1, max: 1, name: You}, spouse: {max: 1, name: Spouse}, child: {max: 3, name: Child}}"
QUESTIONS = """
    coming: {per: file, type: yes_no, ask: a, required: true}
    months: {per: file, type: number, ask: a}
    job: {per: [applicant, spouse], type: choice, options: [work, study], ask: a}
    home: {per: person, type: country, many: true, ask: a}
    born: {per: person, type: date, ask: a}
    school: {per: child, type: text, ask: a}
"""


def needed(condition, per="file"):
    return f"[{{id: p, name: P, per: {per}, needed: {{when: {condition}}}, facts: {{ends: {{type: date, ask: a}}, later: {{type: yes_no, known: review}}, last: {{type: yes_no, known: meeting}}}}}}, {{id: q, name: Q, per: {per}, needed: {{when: {{p.later: true}}}}}}]"


def check(that):
    return f"[{{id: p, name: P, per: applicant, needed: always, facts: {{ends: {{type: date, ask: a}}}}, checks: [{{that: {that}, else: expired}}]}}]"


@pytest.mark.parametrize(
    ("condition", "per", "code", "remedy"),
    [
        ("{comin: true}", "file", "unknown_name", "Did you mean coming?"),
        ("{spose.job: work}", "file", "unknown_name", "Did you mean spouse?"),
        ("{applicant.jobs: work}", "file", "unknown_name", "Did you mean job?"),
        ("{home: {has_any: [SE]}}", "file", "whose", "Write applicant.home"),
        ("{role: child}", "file", "whose", "Write some, every or count."),
        ("{child.home: {has_any: [SE]}}", "file", "many_persons", "Write {some: child"),
        ("{school: x}", "applicant", "never_asked", "It is asked of child."),
        ("{applicant.school: x}", "file", "never_asked", "It is asked of child."),
        ("{applicant.coming: true}", "file", "whose", "Write coming."),
        ("{months: {atmost: 3}}", "file", "unknown_op", "Did you mean at_most?"),
        ("{months: {before: 2026-01-01}}", "file", "unfit_op", "Fitting: is"),
        ("{home: SE}", "person", "unfit_op", "has_any"),
        ("{job: {has_any: [work]}}", "applicant", "unfit_op", "Fitting: is"),
        ("{born: {less_than: 3}}", "person", "unfit_op", "before"),
        ("{job: wrok}", "applicant", "value", "Did you mean work?"),
        ("{home: {has_any: [QQ]}}", "person", "value", "Write a code"),
        ("{home: {has_any: $nope}}", "person", "unknown_list", ""),
        ("{coming: yes}", "file", "value", "Write true or false."),
        ("{coming: {answered: 1}}", "file", "value", "Write answered: true."),
        ("{months: many}", "file", "value", "Write a number."),
        ("{months: {in: 3}}", "file", "value", "Write [a, b]"),
        ("{born: {before: soon}}", "person", "unknown_name", ""),
        ("{born: {before: sent - 6 moons}}", "person", "date", "<anchor>"),
        ("{born: {before: sent-6 months}}", "person", "date", "spaces"),
        ("{born: {before: 2026-02-31}}", "person", "day", "Mend"),
        ("{born: {before: months}}", "person", "date", "Name a date"),
        ("{born: {before: today}}", "person", "today", "Write sent."),
        ("{born: {before: meeting}}", "person", "meeting", "checks"),
        ("{some: uncle, with: {coming: true}}", "file", "unknown_role", ""),
        ("{some: child}", "file", "condition", "with"),
        ("{count: child}", "file", "condition", "at_least"),
        ("{count: child, at_least: two}", "file", "value", "whole number"),
        ("{some: child, with: {coming: true}, months: 3}", "file", "condition", "all: ["),
        ("{any: {coming: true}}", "file", "condition", "any: ["),
        ("{any: []}", "file", "condition", "any: ["),
        ("{}", "file", "condition", "leave it out"),
        ("[coming]", "file", "condition", "{name: value}"),
        ("coming", "file", "condition", "{name: value}"),
        ("{coming: {}}", "file", "condition", "{op: value}"),
        ("{municipality.nope: true}", "file", "unknown_setting", ""),
        ("{document.ends: {answered: true}}", "file", "no_document", "<document id>"),
        ("{q.never: true}", "file", "unknown_fact", ""),
        ("{p: true}", "file", "unknown_name", "p.present"),
        ("{spouse: true}", "file", "unknown_name", "count: spouse"),
        ("{with: {coming: true}}", "file", "condition", "some"),
    ],
)  # fmt: skip
def test_conditions_that_cannot_be_meant_are_told(small, condition, per, code, remedy):
    made = small(people=PEOPLE, questions=QUESTIONS, documents=needed(condition, per))
    faults = [fault for fault in made.compiled.errors if fault.code == code]
    assert faults, made.compiled.errors
    assert remedy in faults[0].remedy
    assert faults[0].file == "definitions/small/2026-01-01/checklist.yaml"
    text = (made.folder / faults[0].file).read_text().splitlines()
    assert "id: p" in text[faults[0].line - 1]


@pytest.mark.parametrize(
    ("that", "code"),
    [
        ("{document.ends: meeting}", "meeting"),
        ("{document.ends: {after: meeting}, born: {before: meeting}}", "meeting"),
        ("{document.gone: {after: meeting}}", "unknown_fact"),
    ],
)
def test_meeting_stands_once_and_only_where_days_are_compared(small, that, code):
    assert small(
        questions=QUESTIONS.replace("[applicant, spouse]", "applicant").replace("per: child", "per: applicant"),
        documents=check(that),
    ).codes == [code]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"worked_out": "{a: {per: file, when: {b: true}}, b: {per: file, when: {a: true}}}"}, "circle"),
        ({"worked_out": "{a: {per: person, when: {spouse.a: true}}}"}, "circle"),
        ({"questions": "\nx: {per: file, type: yes_no, ask: a, when: {y: true}}\ny: {per: file, type: yes_no, ask: a, when: {x: true}}\n"}, "circle"),
        ({"documents": "[{id: p, name: P, per: file, needed: {when: {p.x: true}}, facts: {x: {type: yes_no, ask: a}}}]"}, "circle"),
        ({"documents": "[{id: p, name: P, per: file, needed: {when: {q.present: true}}}, {id: q, name: Q, per: file, needed: {when: {p.present: true}}}]"}, "circle"),
        ({"worked_out": "{old: {per: person, years_from: born, to: today}}", "documents": "[{id: p, name: P, per: person, needed: {when: {old: {more_than: 3}}}}]"}, "today"),
        ({"documents": needed("{p.last: true}").replace("p.later", "p.last")}, "late_fact"),
        ({"rules": "[{id: r, then: leave_out, per: person, when: {many: true}, say: Out.}]", "worked_out": "{many: {per: file, when: {count: person, at_least: 2}}}"}, "counts_people"),
        ({"rules": "[{id: r, then: leave_out, per: person, when: {count: person, at_least: 2}, say: Out.}]"}, "counts_people"),
        ({"rules": "[{id: r, then: leave_out, when: {coming: true}, say: Out.}]"}, "rule"),
        ({"rules": "[{id: r, then: wait, say: Wait.}]"}, "rule"),
        ({"rules": "[{id: r, then: flag, say: Hm.}]"}, "rule"),
        ({"rules": "[{id: r, then: stop, say: a}, {id: r, then: stop, say: a}]"}, "twice"),
        ({"pages": "[{id: a, title: A, per: file, questions: [coming, months]}]"}, "unreachable"),
        ({"pages": "[{id: a, title: A, per: file, questions: [home]}]"}, "page"),
        ({"pages": "[{id: a, title: A, per: spouse, questions: [school]}]"}, "never_asked"),
        ({"triage": "[home]"}, "whose"),
        ({"documents": "[{id: p, name: P, per: file, needed: always, checks: [{that: {coming: true}, else: expird}]}]"}, "unknown_reason"),
        ({"documents": "[{id: p, name: P, per: file, needed: always, refuse_with: [nope]}]"}, "unknown_reason"),
        ({"documents": "[{id: p, name: P, per: file, needed: always, facts: nope}]"}, "unknown_facts"),
        ({"documents": "[{id: p, name: P, per: file, needed: always, attach: nope}]"}, "unknown_attachment"),
        ({"documents": "[{id: p, name: P, per: uncle, needed: always}]"}, "unknown_role"),
        ({"documents": "[{id: coming, name: P, per: file, needed: always}]"}, "twice"),
        ({"documents": "[{id: today, name: P, per: file, needed: always}]"}, "reserved"),
        ({"documents": "[{id: p, name: P, per: file, needed: always, facts: {present: {type: yes_no, ask: a}}}]"}, "reserved"),
        ({"documents": "[{id: p, name: P, per: file, needed: always, choices: [{id: a, name: A, instead: attends}]}]"}, "instead"),
        ({"documents": "[{id: p, name: P, per: file, needed: always, prefill: {nope: coming}}]"}, "unknown_fact"),
        ({"questions": QUESTIONS.replace("months: {per: file, type: number", "months: {per: file, type: choice")}, "options"),
        ({"questions": QUESTIONS.replace("months: {per: file, type: number", "months: {per: file, prefill: coming, type: number")}, "prefill"),
        ({"title": "Room # 3 please"}, "cut"),
        ({"title": "Hello <person>"}, "placeholders"),
        ({"title": "Hello {name}"}, "placeholders"),
        ({"title": "Until <until>"}, "placeholders"),
        ({"rules": "[{id: r, then: flag, to: [desk], say: <document.x> and <comin>}]"}, "placeholders"),
        ({"people": "{uncle: {name: U}}", "questions": "{}"}, "applicant"),
        ({"topics": "[{id: t, say: Work, sets: {home: [SE]}}]"}, "whose"),
        ({"topics": "[{id: t, say: Work, sets: {applicant.job: fish}}]"}, "value"),
        ({"must_have": "[en, QQ]"}, "shape"),
        ({"workflow": "[a]"}, "shape"),
        ({"number": "{name: N, check: dk.cpx}"}, "number_check"),
        ({"colour": "red"}, "unknown_key"),
        ({"checklist": "other"}, "folder"),
    ],
)  # fmt: skip
def test_what_cannot_work_is_told(small, parts, code):
    made = small(**{"people": PEOPLE, "questions": QUESTIONS, **parts})
    assert code in made.codes, made.compiled.errors
    assert all(fault.remedy for fault in made.compiled.errors)


@pytest.mark.parametrize(
    ("parts", "code", "level"),
    [
        ({"documents": "[{id: p, name: P, per: applicant, needed: {when: {role: child}}}]"}, "unreachable", "error"),
        ({"documents": "[{id: p, name: P, per: applicant, needed: {when: {all: [{job: work}, {job: study}]}}}]"}, "unreachable", "error"),
        ({"documents": "[{id: p, name: P, per: file, needed: {when: {coming: true}}, choices: [{id: a, name: A, when: {coming: false}}, {id: b, name: B}]}]"}, "unreachable", "error"),
        ({"rules": "[{id: r, then: stop, when: {coming: true, busy: true}, say: a}]", "worked_out": "{busy: {per: file, when: {coming: false}}}"}, "unreachable", "error"),
        ({"rules": "[{id: r, then: stop, when: {coming: true}, say: a}, {id: s, then: route, when: {coming: true, months: 3}, say: a, next: x}]"}, "shadowed", "error"),
        ({"documents": needed("{coming: true}")}, "late_fact", "warning"),
        ({"documents": "[{id: p, name: P, per: file, needed: {when: {every: child, with: {home: {has_any: [SE]}}}}}]"}, "every", "warning"),
        ({"title": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty more."}, "long", "warning"),
        ({"languages": "[en, sv]"}, "missing_text", "warning"),
        ({"documents": "[{id: p, name: P, per: file, needed: {when: {coming: true}}}]", "cases": "[{name: A}]"}, "no_case", "warning"),
        ({"cases": "[{name: A, uncle: {}}]"}, "unknown_key", "error"),
        ({"cases": "[{name: A, applicant: {hom: [SE]}}]"}, "unknown_name", "error"),
        ({"cases": "[{name: A, applicant: {home: [QQ]}}]"}, "value", "error"),
        ({"cases": "[{name: A, applicant: {school: x}}]"}, "never_asked", "error"),
        ({"cases": "[{name: A, facts: {applicant p: {x: 1}}}]"}, "unknown_name", "error"),
        ({"cases": "[{name: A, flags: [r]}]"}, "unknown_rule", "error"),
        ({"cases": "[{name: A, needs: {file: [p]}}]"}, "unknown_name", "error"),
        ({"cases": "[{name: A, minutes: 11}]"}, "case", "error"),
    ],
)  # fmt: skip
def test_lint_finds_by_trying_out(small, parts, code, level):
    made = small(**{"people": PEOPLE, "questions": QUESTIONS, **parts})
    before = [fault.code for fault in made.compiled.errors]
    assert before == []
    assert (code, level) in [(fault.code, fault.level) for fault in made.linted()]


@pytest.mark.parametrize(
    "condition",
    [
        "{any: [{job: work}, {job: study}]}", "{job: {is_not: work}, role: spouse}", "{not: {job: work}}", "{role: child, job: {is_not: work}}",
        "{home: {has_any: [SE]}, role: child}", "{some: child, with: {school: x}}", "{coming: true, months: {more_than: 3}}",
    ],
)  # fmt: skip
def test_what_can_be_reached_is_never_called_unreachable(small, condition):
    made = small(
        people=PEOPLE,
        questions=QUESTIONS,
        documents=f"[{{id: p, name: P, per: person, needed: {{when: {condition}}}}}]",
    )
    assert "unreachable" not in [fault.code for fault in made.linted()]


def test_all_faults_are_told_at_once_and_in_order(small):
    made = small(
        people=PEOPLE,
        questions=QUESTIONS,
        rules="\n- {id: r, then: stop, when: {comin: true}, say: a}\n- {id: s, then: stop, when: {job: work}, say: a}\n",
        documents="\n- {id: p, name: P, per: uncle, needed: {when: {months: {atmost: 3}}}}\n",
    )
    faults = made.compiled.errors
    assert {"unknown_name", "whose", "unknown_role", "unknown_op"} <= set(made.codes)
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)


def test_shape_faults_are_told_all_at_once_too(small):
    made = small(
        people="{applicant: {min: one, nam: You}}",
        retention="{issued_days: 1}",
        documents="[{id: P, per: file, needed: always}]",
    )
    assert sorted(made.codes) == sorted(
        ["shape", "unknown_key", "missing_key", *["missing_key"] * 3, "missing_key", "shape"]
    )
    unknown = next(fault for fault in made.compiled.errors if fault.code == "unknown_key")
    assert unknown.remedy == "Did you mean name?"


def test_two_blanks_before_a_remark_are_a_remark(small):
    assert small(title="Room 3  # the small one").codes == []


def test_the_command_prints_file_and_line_and_fails(small):
    made = small(questions=QUESTIONS, people=PEOPLE, documents=needed("{comin: true}"))
    result = CliRunner().invoke(checklist, ["--folder", str(made.folder), "lint"])
    assert result.exit_code == 1
    assert "checklists/definitions/small/2026-01-01/checklist.yaml:" in result.output
    assert "Did you mean coming?" in result.output


def test_the_command_refuses_publishing_while_a_text_is_missing(small):
    made = small(languages="[en, sv]", must_have="[en, sv]", cases="[{name: A}]")
    run = CliRunner()
    assert run.invoke(checklist, ["--folder", str(made.folder), "lint"]).exit_code == 0
    refused = run.invoke(checklist, ["--folder", str(made.folder), "lint", "--publish"])
    assert refused.exit_code == 1
    assert "title is missing in sv" in refused.output


@pytest.mark.parametrize("words", [["explain", "small"], ["show", "small"], ["list"], ["schema"]])
def test_the_other_commands_print_something(small, words):
    made = small(people=PEOPLE, questions=QUESTIONS, documents=needed("{coming: true}"), lists="{near: [SE, sv]}")
    result = CliRunner().invoke(checklist, ["--folder", str(made.folder), *words], catch_exceptions=False)
    assert result.exit_code == 0
    assert "small" in result.output or "Klarsag" in result.output


def test_a_list_is_printed_in_words(small):
    made = small(lists="{near: [SE, sv, SUHH]}")
    result = CliRunner().invoke(checklist, ["--folder", str(made.folder), "list", "near"], catch_exceptions=False)
    assert result.output == "SE  Sweden\nsv  Swedish\nSUHH  Soviet Union\n"


def test_rules_are_explained_as_sentences(small):
    documents = """
        - id: p
          name: Proof
          per: person
          needed: {when: {any: [{grown: true}, {home: {has_none: [SE, DK]}}], applicant.job: {in: [work]}}, because: it is so}
          facts: {ends: {type: date, ask: a}}
          checks: [{that: {document.ends: {on_or_after: meeting - 1 month}}, else: expired}]
    """
    made = small(
        people=PEOPLE,
        questions=QUESTIONS,
        documents=documents,
        worked_out="{age: {per: person, years_from: born, to: sent}, grown: {per: person, say: <person> is grown, when: {age: {at_least: 18}}}}",
    )
    text = (
        CliRunner().invoke(checklist, ["--folder", str(made.folder), "explain", "small"], catch_exceptions=False).output
    )
    assert (
        'needed if ("the person is grown" or home includes none of Sweden, Denmark) and the applicant\'s job is one of "Work" ("it is so")'
        in text
    )
    assert "good only if the paper's ends lies on or after 1 month before the day of the meeting; else expired" in text
    assert "grown: yes if age is 18 at least" in text


def test_a_shared_reason_that_no_paper_uses_needs_no_values(small):
    more = """
        shared: more
        version: 2026-01-01
        reasons: {faded: {seen: "It is from <document.issued_on>.", why: a, cure: b}}
    """
    used = "\n- {id: card, name: Card, per: file, needed: always, refuse_with: [faded], facts: {ends: {type: date, ask: a}}}"
    unused = used.replace(" refuse_with: [faded],", "")
    assert small(shared={"more": more}, documents=unused).codes == []
    assert small(shared={"more": more}, documents=used).codes == ["placeholders"]


def test_a_file_that_is_no_yaml_is_told_by_the_command_too(small):
    made = small()
    path = made.folder / "definitions" / "small" / "2026-01-01" / "checklist.yaml"
    path.write_text(path.read_text() + "\trules: []\n")
    result = CliRunner().invoke(checklist, ["--folder", str(made.folder), "lint"])
    assert (result.exit_code, "This is not YAML" in result.output) == (1, True)
