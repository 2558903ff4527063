"""What is named in two places is named the same in both: workflow, guards, effects, actions, mails, stages."""

import ast
import importlib
import re

from actions.effects import EFFECTS
from applications import workflow
from applications.facts import State
from applications.gates import MEETING, NUMBER
from applications.guards import GUARDS, WORKFLOW_GUARDS
from applications.models import Application
from applications.predicates import PREDICATES
from appointments.gate import BOOKING
from notifications.words import KINDS, Known
from tests.architecture.tree import sources

FLOW = workflow.load()


def steps(kind):
    return {step.name for event in FLOW.events.values() for step in getattr(event, kind)}


def test_every_effect_of_the_workflow_is_a_function_and_every_function_is_an_effect_of_it():
    named = steps("effects") | {step.name for step in FLOW.when_final}
    assert named == set(EFFECTS)


def test_every_guard_of_the_workflow_is_a_function_and_every_function_is_a_guard_of_it():
    assert steps("guards") - {"gate"} == set(GUARDS) | set(WORKFLOW_GUARDS)


def test_every_gate_asks_just_what_the_workflow_says():
    asked = {"booking": BOOKING, "meeting": MEETING, "number": NUMBER}

    assert FLOW.gates.keys() == asked.keys()
    assert {name: set(reasons) for name, reasons in asked.items()} == {k: set(v) for k, v in FLOW.gates.items()}


def test_every_condition_of_the_workflow_is_a_predicate():
    terms = set()
    for timer in [*FLOW.deadlines.values(), *FLOW.clocks.values()]:
        terms |= {term.removeprefix("not ").partition(" ") for term in (*timer.runs_while, *timer.pauses_while)}
    for line in (*FLOW.stage_lines, *FLOW.queue_lines):
        terms |= {term.removeprefix("not ").partition(" ") for term in line.when}
    plain = {word for word, _, names in terms if not names} - {"office_todo"}
    assert plain - set(PREDICATES) == set()


def test_every_event_is_fired_by_an_action():
    fired = set()
    for path, tree in sources().items():
        if path.startswith("actions/"):
            fired |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)} & set(FLOW.events)
    assert set(FLOW.events) - fired == set()


def test_every_message_has_words_and_no_words_are_left_over():
    sent = {kind for event in FLOW.events.values() for kind in event.notify}
    reminders = {f"remind_{name}" for name, timer in FLOW.deadlines.items()
                 if {"remind_before_days", "remind_after_days", "days_before"} & set(timer.settings)}
    assert set(KINDS) == sent | reminders | {"file_complete", "way_in", "missing_list"}


def test_every_message_says_what_it_is_about_in_its_subject():
    for kind, words in KINDS.items():
        said = words(lambda text: text, Known("https://house.example", code="123456", moment="Friday", link="x"))
        assert said.subject, kind
        assert len(said.subject) <= 60, kind
        assert said.said.endswith((".", "123456")), kind


def test_states_are_the_same_in_code_and_workflow_and_database():
    assert {state.value for state in State} == set(FLOW.states)
    check = next(c for c in Application.__table__.constraints if "state_is_known" in str(c.name))
    assert set(re.findall(r"'(\w+)'", str(check.sqltext))) == set(FLOW.states)


def test_every_stage_queue_and_task_of_the_office_has_words():
    back, desk = importlib.import_module("web.caseworker.words"), importlib.import_module("web.frontdesk.saying")

    assert set(back.STAGES) == set(FLOW.stages) == set(desk.STAGES)
    assert set(back.QUEUES) == set(FLOW.queues) - {"none"}
    assert set(back.TODO) == set(FLOW.office_todo)


def test_every_deadline_that_fires_is_known_to_the_worker():
    from jobs.deadlines import _FIRES

    fires = {timer.then for timer in FLOW.deadlines.values() if timer.then and timer.is_kept_by_settle}
    assert fires == set(_FIRES)
