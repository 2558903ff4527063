# ruff: noqa: E501  YAML of a test reads best on one line
"""Documents: when they are demanded, of whom, in which form, with what beside them."""

import pytest

from checklists.worked_out import AskedFact
from tests.checklists.support import may_need, needs

PEOPLE = """
    applicant: {min: 1, max: 1, name: You}
    spouse: {max: 1, when: {married: true}, name: Your spouse}
    child: {max: 3, name: Your child}
"""
QUESTIONS = """
    married: {per: file, type: yes_no, ask: a, required: true}
    poor: {per: file, type: yes_no, ask: a, required: true}
    full_name: {per: person, type: name, ask: a, required: true}
"""
PAPERS = """
    shared: papers
    version: 2026-01-01
    fact_sets:
      foreign:
        language: {type: language, many: true, ask: In which language?}
        country: {type: country, former: true, ask: From which country?}
    attachments:
      translation: {name: Translation, because: we cannot read it, needed: {when: {document.language: {has_none: [sv, en]}}}, refuse_with: [unreadable]}
      stamp: {name: Stamp, because: it comes from <document.country>, needed: {when: {document.country: {in: [DDDE, BR]}}}}
    attachment_sets: {foreign: [translation, stamp]}
"""


@pytest.fixture
def made(small):
    def make(documents, **more):
        found = small(people=PEOPLE, questions=QUESTIONS, documents=documents, shared={"papers": PAPERS}, **more)
        assert found.codes == [], found.compiled.errors
        return found

    return make


def test_every_true_reason_is_told_in_order(made):
    documents = """
        - id: paper
          name: Paper
          per: person
          needed:
            - {when: {married: true}, because: you are married}
            - {when: {poor: true}, because: you are poor}
            - {when: {role: applicant}, because: <person> is the applicant}
    """
    result = made(documents).work_out({"married": False, "poor": True}, {"applicant": {"full_name": "Ines"}})
    (demand,) = result.demands
    assert [made(documents).definition.say(reason, "en") for reason in demand.reasons] == [
        "you are poor",
        "Ines is the applicant",
    ]


def test_an_unknown_need_is_told_as_maybe_and_says_what_is_missing(made):
    result = made("[{id: paper, name: Paper, per: file, needed: {when: {married: true}, because: b}}]").work_out({})
    assert (needs(result), may_need(result)) == ({}, ["paper"])
    (unknown,) = [one for one in result.unknowns if one.kind == "needed"]
    assert (unknown.item, unknown.why) == ("paper", ("married",))


def test_per_a_list_of_roles_is_one_demand_for_each_and_unsure_persons_are_asked_too(made):
    documents = "[{id: paper, name: Paper, per: [spouse, child], needed: always}]"
    result = made(documents).work_out({"married": True}, {"spouse": {}, "child 1": {}, "child 2": {}})
    assert needs(result) == {"spouse": ["paper"], "child 1": ["paper"], "child 2": ["paper"]}


@pytest.mark.parametrize(
    ("married", "optional", "follow", "original"),
    [(True, True, True, True), (False, False, False, False), (None, False, False, True)],
)
def test_the_safe_side_is_taken_while_something_is_unknown(made, married, optional, follow, original):
    when = "{when: {married: true}}"
    documents = f"[{{id: paper, name: Paper, per: file, needed: always, optional: {when}, may_follow: {{until: meeting, when: {{married: true}}}}, original_at_meeting: {when}}}]"
    (demand,) = made(documents).work_out({} if married is None else {"married": married}).demands
    assert (demand.optional, demand.may_follow, demand.original_at_meeting) == (optional, follow, original)


def test_one_paper_serves_several_persons(made):
    documents = """
        - {id: certificate, name: Certificate, per: applicant, serves: [applicant, spouse], needed: {when: {married: true}}, facts: {old: {type: yes_no, ask: a}}}
        - {id: paper, name: Paper, per: spouse, needed: {when: {certificate.old: true}}}
    """
    result = made(documents).work_out({"married": True}, {"spouse": {}}, {"applicant certificate": {"old": True}})
    assert needs(result) == {"applicant": ["certificate"], "spouse": ["paper"]}
    assert result.demands[0].serves == ("applicant", "spouse")


CHOICES = """
    - id: address
      name: Proof of address
      per: file
      needed: always
      files: {min: 1, max: 4}
      facts: {until: {type: date, ask: a, required: false}}
      choices:
        - {id: lease, name: Lease, facts: {rooms: {type: number, ask: a}}, files: {min: 2}}
        - {id: hotel, name: Hotel, parts: [{id: booking, name: Booking}, {id: receipt, name: Receipt}]}
        - {id: owner, name: The owner comes, when: {married: false}, instead: attends, who: owner}
"""


def test_a_choice_brings_its_own_files_and_facts(made):
    address = made(CHOICES)
    (demand,) = address.work_out({"married": True}).demands
    assert (demand.choices, demand.choice, demand.items) == (("lease", "hotel"), None, ("address",))
    assert [fact.id for fact in demand.facts] == ["until"]
    (demand,) = address.work_out({"married": True}, papers={"file address": {"choice": "lease"}}).demands
    assert [fact.id for fact in demand.facts] == ["until", "rooms"]
    assert (demand.files["min"], demand.missing_facts) == (2, ("rooms",))


def test_parts_are_items_of_their_own(made):
    (demand,) = made(CHOICES).work_out({"married": True}, papers={"file address": {"choice": "hotel"}}).demands
    assert demand.items == ("address.booking", "address.receipt")
    assert [part for part, _ in demand.parts] == ["booking", "receipt"]
    assert [fact.id for fact in demand.facts] == ["until"]


def test_somebody_may_come_instead_of_a_paper(made):
    result = made(CHOICES).work_out({"married": False}, papers={"file address": {"choice": "owner"}})
    (demand,) = result.demands
    assert (demand.attends, demand.facts, demand.missing_facts) == (("owner",), (), ())
    assert result.attend == ("applicant", "owner")


def test_a_choice_that_is_hidden_again_counts_as_not_picked(made):
    (demand,) = made(CHOICES).work_out({"married": True}, papers={"file address": {"choice": "owner"}}).demands
    assert (demand.choice, demand.attends) == (None, ())


def test_a_choice_of_one_is_taken(made):
    documents = "[{id: p, name: P, per: file, needed: always, choices: [{id: a, name: A, when: {married: true}}, {id: b, name: B, when: {married: false}}]}]"
    assert made(documents).work_out({"married": True}).demands[0].choice == "a"
    assert made(documents).work_out({}).demands[0].choice is None


ATTACHED = "[{id: certificate, name: Certificate, per: person, needed: {when: {married: true}}, facts: foreign, attach: foreign, may_follow: false}]"


@pytest.mark.parametrize(
    ("facts", "needed", "maybe"),
    [
        ({}, [], ["certificate/translation", "certificate/stamp"]),
        ({"language": ["pt"], "country": "BR"}, ["certificate/translation", "certificate/stamp"], []),
        ({"language": ["pt", "en"], "country": "DDDE"}, ["certificate/stamp"], []),
        ({"language": ["sv"]}, [], ["certificate/stamp"]),
    ],
)
def test_second_papers_follow_from_the_country_and_language_of_the_first(made, facts, needed, maybe):
    result = made(ATTACHED).work_out({"married": True}, papers={"applicant certificate": facts})
    assert needs(result)["applicant"] == ["certificate", *needed]
    assert may_need(result) == maybe


def test_a_second_paper_is_not_told_of_while_the_first_may_not_be_needed(made):
    result = made(ATTACHED).work_out({}, papers={"applicant certificate": {"language": ["pt"]}})
    assert (needs(result), may_need(result)) == ({}, ["certificate"])


def test_the_reason_of_a_second_paper_may_name_what_is_on_the_first(made):
    found = made(ATTACHED)
    result = found.work_out({"married": True}, papers={"applicant certificate": {"language": ["sv"], "country": "BR"}})
    assert found.definition.say(result.demands[1].reasons[0], "en") == "it comes from Brazil"


def test_the_defaults_are_those_of_the_format(made):
    (demand,) = made("[{id: p, name: P, per: file, needed: always}]").work_out({}).demands
    assert (demand.sent_as, demand.optional, demand.may_follow, demand.original_at_meeting) == (
        "upload",
        False,
        False,
        False,
    )
    assert demand.files == {"min": 1, "max": 6, "pages_max": 100}
    assert demand.accept == ("pdf", "jpeg", "png", "heic")
    assert demand.screening == {"legible": "look", "kind": "look"}
    assert (demand.count, demand.waive) == (1, ("caseworker",))
    assert demand.refuse_with == (("unreadable", "reasons.unreadable.cure"),)


def test_bring_papers_owe_no_facts_at_upload(made):
    (demand,) = (
        made(
            "[{id: p, name: P, per: file, sent_as: bring, count: 2, needed: always, facts: {x: {type: text, ask: a}}}]"
        )
        .work_out({})
        .demands
    )
    assert (demand.sent_as, demand.count, demand.missing_facts) == ("bring", 2, ())


def test_cures_reviews_and_staff_roles_come_along(made):
    documents = """
        - id: p
          name: P
          per: file
          needed: always
          review: [{id: whole, ask: Is it whole?}]
          refuse_with: [expired, {use: unreadable, cure: Use a scanner.}]
          waive: [caseworker, lead]
          accept: [pdf]
          screening: {legible: must}
    """
    found = made(documents)
    (demand,) = found.work_out({}).demands
    cures = {reason: found.definition.text(path, "en") for reason, path in demand.refuse_with}
    assert cures == {"unreadable": "Use a scanner.", "expired": "Send a valid one."}
    assert (demand.review, demand.waive, demand.accept, demand.screening) == (
        (("whole", "documents.p.review.whole.ask"),),
        ("caseworker", "lead"),
        ("pdf",),
        {"legible": "must"},
    )


def test_a_fact_tells_how_it_is_to_be_asked(made):
    documents = "[{id: p, name: P, per: file, needed: always, facts: {kind: {type: choice, options: [a, b], ask: Which?, known: review, required: false}}}]"
    (demand,) = made(documents).work_out({}).demands
    assert demand.facts == (
        AskedFact(
            "kind",
            "choice",
            False,
            ("a", "b"),
            False,
            False,
            "review",
            "documents.p.facts.kind",
            None,
            None,
            False,
            None,
        ),
    )
    assert demand.missing_facts == ()


def test_uses_are_followed_to_the_answers(made):
    documents = """
        - id: p
          name: P
          per: person
          needed: {when: {grown: true}}
          facts: {name: {type: name, ask: a, prefill: full_name}, ends: {type: date, ask: a}}
          checks: [{that: {document.ends: {after: sent}}, else: expired}]
          attach: [{id: t, name: T, needed: {when: {document.ends: {answered: true}}}}]
    """
    definition = made(documents, worked_out="{grown: {per: person, when: {married: true, poor: false}}}").definition
    assert definition.uses_of("p") == {"married", "poor"}
    assert definition.uses_of("p/t") == {"married", "poor", "p.ends"}
    assert definition.checked_against("p") == {"full_name", "p.ends"}
    assert definition.uses_of("gone") == frozenset()
