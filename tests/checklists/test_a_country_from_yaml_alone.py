# ruff: noqa: E501  YAML of a test reads best on one line
"""Vesterland is invented, and written only here. Nothing in the code has heard of it."""

import textwrap
from datetime import date

import pytest
from click.testing import CliRunner

from checklists import library
from checklists.commands import checklist
from checklists.compiler import compile_all, definition_from_yaml
from checklists.rules import work_out
from checklists.situation import SEEN, STATED, Fact, Paper, PersonSituation, Situation
from tests.checklists.support import may_need, needs

CHECKLIST = """
    format: 2
    checklist: vesterland-number
    version: 2027-01-01
    workflow: registration
    country: IS
    number: {name: Island number, check: is_.kennitala}
    declaration: I speak the truth and I like the sea.
    source_language: en
    languages: [en, da, fo]
    must_have: [en, da]
    title: Number for islanders
    uses: [islands@2027-01-01]
    lists:
      friends: {all_of: [neighbours], plus: [PT], minus: [GL]}
    settings:
      boat_at_most_months: {type: number, default: 12}
      reads: {type: list, default: [fo]}
    topics:
      - {id: fish, say: I come to fish, also: [boat, cod], sets: {applicant.trade: fishing}}
      - {id: rest, say: I come to rest, sets: {}}
    people:
      applicant: {min: 1, max: 1, name: You}
      skipper: {max: 1, when: {applicant.trade: fishing}, name: Your skipper}
      dog: {max: 2, name: Your dog, may_follow: true}
    questions:
      isle: {per: file, type: municipality, ask: On which isle?, required: true}
      lands_on: {per: file, type: date, ask: When do you land?, required: true}
      trade: {per: applicant, type: choice, ask: What do you do?, required: true, options: [{id: fishing, name: Fishing}, {id: resting, name: Resting}]}
      home: {per: [applicant, skipper], type: country, many: true, ask: Where are you from?, required: true}
      full_name: {per: person, type: name, ask: Name, required: true, prefill: pass.name}
      swims: {per: person, type: yes_no, ask: Who swims?, required: true, not_sure: true}
      chipped: {per: dog, type: yes_no, ask: Has it a chip?, required: true}
      calm: {per: file, type: yes_no, ask: Was it calm?, asked_of: staff, required: true}
    worked_out:
      friend: {per: [applicant, skipper], say: <person> is a friend, when: {home: {has_any: $friends}}}
      crew: {per: file, say: you come together, when: {count: person, at_least: 2}}
    triage: [isle, applicant.trade]
    pages:
      - {id: trip, title: Your trip, per: file, questions: [lands_on]}
      - {id: you, title: About <person>, per: person, questions: [full_name, home, swims, chipped]}
    rules:
      - {id: no_fish, then: route, when: {isle: dry_isle, applicant.trade: fishing}, say: There is no water there., next: other-list}
      - {id: not_yet, then: wait, until: lands_on - 2 weeks, say: You can send this from <until>.}
      - {id: dog_stays, then: leave_out, per: person, when: {role: dog, chipped: false}, say: <person> stays at home.}
      - {id: wet, then: flag, per: person, to: [desk], when: {swims: false}, say: Watch <person>.}
    documents:
      - id: pass
        name: Pass
        per: person
        needed: {when: {role: {in: [applicant, skipper]}}}
        facts: {name: {type: name, read_by: mrz}, ends: {type: date, ask: Until when?}}
        checks: [{that: {document.ends: {after: meeting + 1 week}}, else: runs_out, limit: one week}]
        original_at_meeting: true
      - id: boat
        name: Boat paper
        per: skipper
        serves: [applicant, skipper]
        needed: {when: {applicant.trade: fishing}, because: <person> steers}
        facts: sea_paper
        attach: sea
        choices:
          - {id: owned, name: Own boat}
          - {id: lent, name: Lent boat, parts: [{id: letter, name: Letter}, {id: map, name: Map}]}
          - {id: builder, name: The builder comes, instead: attends, who: builder}
        checks: [{that: {document.issued: {on_or_after: meeting - municipality.boat_at_most_months months}}, else: runs_out}]
      - {id: sponsor, name: Promise of a sponsor, per: applicant, needed: {when: {friend: false}, because: you are new here}, may_follow: {when: {crew: true}}}
      - {id: vaccine, name: Vaccination book, per: dog, sent_as: bring, needed: always, optional: {when: {chipped: true}}}
    meeting:
      modes: [harbour]
      minutes: {base: 8, per_extra_person: 3, at_most: 15}
      attend: [applicant, skipper]
      not_before: [lands_on]
      confirm: [handshake]
    retention: {issued_days: 10, refused_days: 10, withdrawn_days: 1, lapsed_days: 5}
    case_defaults:
      today: 2027-03-01
      file: {isle: wet_isle, lands_on: 2027-03-10, calm: true}
      person: {swims: true}
      applicant: {trade: resting, home: [FO], full_name: Eyð}
      skipper: {home: [PT]}
      facts: {pass: {ends: 2030-01-01}}
      needs: {applicant: [pass], skipper: [pass]}
    cases:
      - {name: Resting friend, minutes: 8, attend: [applicant], book_between: [2027-03-10, 2029-12-24]}
      - {name: New here, applicant: {home: [BR]}, needs: {applicant: [sponsor]}, may_follow: {}}
      - name: Fishing with an old paper
        applicant: {trade: fishing}
        skipper: {}
        facts: {skipper boat: {language: [fo], issued: 2026-01-01}}
        needs: {skipper: [boat]}
        fails: {skipper boat: [runs_out]}
        minutes: 11
        attend: [applicant, skipper]
      - name: On the strict isle with the builder at hand
        file: {isle: far_isle}
        applicant: {trade: fishing, home: [BR]}
        skipper: {swims: false}
        facts: {skipper boat: {choice: builder}}
        needs: {applicant: [sponsor], skipper: [boat]}
        may_follow: {applicant: [sponsor]}
        flags: [wet]
        attend: [applicant, skipper, builder]
      - name: A paper in another language
        applicant: {trade: fishing}
        skipper: {}
        facts: {skipper boat: {language: [pt], issued: 2027-02-01}}
        needs: {skipper: [boat, boat/reading]}
      - {name: Dogs, dogs: [{chipped: false}, {chipped: true}], needs: {dog 2: [vaccine]}, left_out: {dog_stays: [dog 1]}}
      - {name: Dry, file: {isle: dry_isle}, applicant: {trade: fishing}, routes: no_fish}
      - {name: Early, file: {lands_on: 2027-06-15}, waits: 2027-06-01}
      - {name: Trade unknown, applicant: {trade: null}, may_need: {}}
"""
SHARED = """
    shared: islands
    version: 2027-01-01
    expects: [$friends, municipality.reads]
    lists: {neighbours: [FO, GL, IS]}
    fact_sets:
      sea_paper:
        language: {type: language, many: true, ask: In which languages?}
        issued: {type: date, ask: From when?}
    attachments:
      reading: {name: Reading aloud, because: nobody reads it here, needed: {when: {document.language: {has_none: [fo, da]}}}}
    attachment_sets: {sea: [reading]}
    always: [wet_paper]
    reasons:
      wet_paper: {seen: It is wet., why: We cannot read it., cure: Dry it., answer_with: [file]}
      runs_out: {seen: It ends on <document.ends>., why: It must last for <limit>., cure: Renew it.}
    municipalities:
      wet_isle: {name: Våtø}
      far_isle: {name: Fjarø, boat_at_most_months: 3, reads: [fo, da]}
      dry_isle: {name: Tørrø}
"""
DANISH = """
    title: {en: "Number for islanders", da: "Nummer til øboere"}
    documents.boat.needed.because: {en: "<person> steers", da: "<person> styrer"}
    questions.home.ask: {en: "Where do you come from?", da: "Hvor kommer du fra?"}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("country")
    home = root / "definitions" / "vesterland-number" / "2027-01-01"
    (home / "texts").mkdir(parents=True)
    (root / "shared").mkdir()
    (home / "checklist.yaml").write_text(textwrap.dedent(CHECKLIST))
    (home / "texts" / "da.yaml").write_text(textwrap.dedent(DANISH))
    (root / "shared" / "islands@2027-01-01.yaml").write_text(textwrap.dedent(SHARED))
    return root


@pytest.fixture(scope="module")
def definition(folder):
    return definition_from_yaml("vesterland-number", folder=folder)


def run(folder, *words):
    return CliRunner().invoke(checklist, ["--folder", str(folder), *words], catch_exceptions=False)


def test_lint_finds_no_fault_and_lists_the_texts_to_translate(folder):
    result = run(folder, "lint")
    assert result.exit_code == 0, result.output
    assert "0 faults" in result.output
    assert "questions.home.ask was translated from an older text" in result.output
    assert "texts have no da" in result.output


def test_its_cases_hold(folder):
    result = run(folder, "cases", "vesterland-number", "--loose")
    assert result.exit_code == 0, result.output
    assert "9 of 9 cases hold" in result.output


def test_publishing_waits_for_danish_but_not_for_faroese(folder):
    result = run(folder, "lint", "--publish")
    assert result.exit_code == 1
    assert "questions.home.ask is stale in da" in result.output
    assert " in fo." not in result.output


def test_it_is_compiled_and_loaded_like_any_other(folder, definition, tmp_path):
    compile_all(tmp_path, folder)
    library.use(tmp_path)
    loaded = library.newest("vesterland-number", date(2027, 5, 1))
    library.use(library.COMPILED)
    assert (loaded, loaded.hash, loaded.number_name) == (definition, definition.hash, "Island number")


def situation(**more):
    people = (
        PersonSituation("7", "applicant", {"trade": "fishing", "home": ["BR"], "full_name": "Ana", "swims": True}),
        PersonSituation("8", "skipper", {"home": ["PT"], "full_name": "Rui", "swims": False}),
        PersonSituation("9", "dog", {"chipped": True, "full_name": "Fido", "swims": True}),
    )
    papers = {
        ("7", "pass"): Paper(facts={"ends": Fact(date(2027, 6, 30), SEEN)}, present=True),
        ("8", "pass"): Paper(facts={"ends": Fact("2028-01-01", STATED)}, present=True),
        ("8", "boat"): Paper("lent", {"language": Fact(["fo"]), "issued": Fact("2027-02-15")}, present=True),
    }
    answers = {"isle": "far_isle", "lands_on": "2027-04-01", "calm": True}
    return Situation(**{"today": date(2027, 3, 20), "answers": answers, "people": people, "papers": papers, **more})


def test_a_crew_with_a_dog_is_worked_out(definition):
    result = work_out(definition, situation())
    assert needs(result) == {"7": ["pass", "sponsor"], "8": ["pass", "boat"], "9": ["vaccine"]}
    assert may_need(result) == []
    boat = result.demand("8", "boat.letter")
    assert (boat.items, boat.serves) == (("boat.letter", "boat.map"), ("7", "8"))
    assert (result.window.from_on, result.window.until_on) == (date(2027, 4, 1), date(2027, 5, 15))
    assert (result.minutes, result.attend, result.meeting.modes) == (14, ("7", "8"), ("harbour",))
    assert [(flag.rule, flag.person) for flag in result.flags] == [("wet", "8")]
    assert result.demand("9", "vaccine").optional is True
    assert result.missing_answers == ()


def test_it_speaks_danish_where_danish_was_written(definition):
    result = work_out(definition, situation())
    assert definition.say(result.demand("8", "boat").reasons[0], "da") == "Rui styrer"
    assert definition.say(result.flags[0].said, "da") == "Watch Rui."
    assert [definition.text("title", one) for one in ("da", "fo", "en")] == [
        "Nummer til øboere",
        "Number for islanders",
        "Number for islanders",
    ]


def test_what_a_demand_hangs_on_is_known(definition):
    assert definition.uses_of("boat/reading") == {"trade", "boat.language"}
    assert definition.uses_of("sponsor") == {"home"}
    assert definition.checked_against("pass") == {"pass.ends", "full_name"}
