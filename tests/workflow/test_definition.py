"""workflows.yaml, the code it names, and the page made from it."""

import importlib.util
import json
from dataclasses import replace

import pytest

import config
from app import create_app
from applications import commands, drawing, lint, workflow
from applications.definition import SOURCE, Line, StageSpec, Step, Timer
from applications.facts import FINAL, State
from applications.gates import MEETING, NUMBER
from applications.guards import CONDITIONS, GUARDS, WORKFLOW_GUARDS
from applications.predicates import PREDICATES
from appointments.gate import BOOKING

FLOW = workflow.load()


def test_the_states_in_code_are_those_of_the_yaml():
    assert set(FLOW.states) == set(State)
    assert FLOW.finals == FINAL


def test_every_guard_is_named_in_the_yaml_and_every_name_is_written():
    named = {step.name for event in FLOW.events.values() for step in event.guards} - {"gate"}
    assert named == {*GUARDS, *WORKFLOW_GUARDS}


def test_every_condition_is_named_in_the_yaml_and_every_name_is_written():
    timers = (*FLOW.deadlines.values(), *FLOW.clocks.values())
    tables = [line.when for line in (*FLOW.stage_lines, *FLOW.queue_lines)]
    tables += [terms for timer in timers for terms in (timer.runs_while, timer.pauses_while)]
    terms = {term.removeprefix("not ") for table in (*tables, FLOW.office_todo) for term in table}
    assert {term for term in terms if " " not in term} - {"office_todo"} == set(PREDICATES)
    assert {s.only_if for e in FLOW.events.values() for s in e.guards if s.only_if} == set(CONDITIONS)


@pytest.mark.parametrize(("name", "written"), [("booking", BOOKING), ("meeting", MEETING), ("number", NUMBER)])
def test_a_gate_asks_what_the_yaml_says_and_nothing_else(name, written):
    assert set(FLOW.gates[name]) == set(written)


def test_every_effect_is_written_and_none_is_written_in_vain():
    if importlib.util.find_spec("actions.effects") is None:
        pytest.skip("the effects are not there yet")
    from actions.effects import EFFECTS

    named = {s.name for e in FLOW.events.values() for s in e.effects} | {s.name for s in FLOW.when_final}
    assert named == set(EFFECTS)


def test_the_compiled_copy_says_what_the_yaml_says_and_is_not_made_twice(tmp_path):
    first = workflow.compiled(folder=tmp_path)
    assert first == json.loads(json.dumps(workflow.compile()))
    [copy] = tmp_path.iterdir()
    copy.write_text('{"changed": true}')
    assert workflow.compiled(folder=tmp_path) == {"changed": True}


def test_a_changed_yaml_is_compiled_anew(tmp_path):
    source = tmp_path / "workflows.yaml"
    source.write_text(SOURCE.read_text())
    workflow.compiled(source, tmp_path / "out")
    source.write_text(SOURCE.read_text() + "# later\n")
    workflow.compiled(source, tmp_path / "out")
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_a_yaml_of_another_format_is_refused(tmp_path):
    source = tmp_path / "workflows.yaml"
    source.write_text("format: 2\nworkflows: {}\n")
    with pytest.raises(ValueError, match="format 2"):
        workflow.compile(source)


def test_a_step_knows_its_words_and_its_condition():
    assert Step.read("gate number if issuing") == Step("gate", ("number",), "issuing")


# --- lint -----------------------------------------------------------------------------------------------------------


def test_the_workflow_has_no_fault():
    assert lint.faults(FLOW) == []


def with_event(name, **changes):
    return replace(FLOW, events={**FLOW.events, name: replace(FLOW.events[name], **changes)})


def with_stage(name, **changes):
    return replace(FLOW, stages={**FLOW.stages, name: replace(FLOW.stages[name], **changes)})


def with_deadline(name, **changes):
    return replace(FLOW, deadlines={**FLOW.deadlines, name: replace(FLOW.deadlines[name], **changes)})


FAULTS = {
    "roll_up: draft is no final state": replace(FLOW, roll_up=("draft", *FLOW.roll_up)),
    "states: refused is a state in code and not here":
        replace(FLOW, states=tuple(s for s in FLOW.states if s != "refused")),
    "states: no event leads to open": replace(with_event("submit", to=None), events={
        k: v for k, v in with_event("submit", to=None).events.items() if k != "revive"}),
    "to_come: submit is already here": replace(FLOW, to_come=("submit",)),
    "events.submit: to sent is no state": with_event("submit", to="sent"),
    "events.submit: nobody is called boss": with_event("submit", by=("boss",)),
    "events.submit: guard all_good is not written": with_event("submit", guards=(Step("all_good"),)),
    "events.submit: gate river is not written": with_event("submit", guards=(Step("gate", ("river",)),)),
    "events.submit: condition raining is not written":
        with_event("submit", guards=(Step("reason_given", (), "raining"),)),
    "no_show: condition sunny is not written": with_deadline("no_show", runs_while=("sunny",)),
    "stage draft: condition stage_fright is not written":
        replace(FLOW, stage_lines=(Line("draft", ("stage_fright",)), *FLOW.stage_lines)),
    "stage: the last line must hold always, or some file has none":
        replace(FLOW, stage_lines=FLOW.stage_lines[:-1]),
    "stages: limbo is shown and has no holder":
        replace(FLOW, stage_lines=(Line("limbo", ("final",)), *FLOW.stage_lines)),
    "stages: limbo is never shown": replace(FLOW, stages={**FLOW.stages, "limbo": StageSpec("office")}),
    "queue: attic is no queue": replace(FLOW, queue_lines=(Line("attic", ()), *FLOW.queue_lines)),
    "stages.complete: nobody has the ball": with_stage("complete", ball="nobody"),
    "stages.complete: the applicant has the ball and no verb": with_stage("complete", moves=()),
    "stages.complete: no deadline and no clock runs": with_stage("complete", watched_by=()),
    "stages.complete: jump is no event": with_stage("complete", moves=("jump",)),
    "stages.complete: submit may not fire in open": with_stage("complete", moves=("submit",)),
    "stages.complete: waive is not for the applicant": with_stage("complete", moves=("waive",)),
    "stages.complete: egg_timer is no deadline and no clock": with_stage("complete", watched_by=("egg_timer",)),
    "stages.complete: appointment_reminder fires nothing": with_stage("complete", watched_by=("appointment_reminder",)),
    "deadlines.no_show: then shout is no event": with_deadline("no_show", then="shout"),
    "deadlines.no_show: waive is not for the clock": with_deadline("no_show", then="waive"),
    "clocks.decision: no working_days": replace(FLOW, clocks={**FLOW.clocks, "decision": Timer("decision")}),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_lint_finds(fault):
    assert fault in lint.faults(FAULTS[fault])


def test_lint_finds_an_effect_nobody_wrote():
    assert "events.submit: effect move_buffer_to_documents is not written" in lint.faults(FLOW, effects=())


@pytest.fixture
def flask_says(tmp_path):
    """The commands as `flask` has them, with everything that they are told at start."""
    app = create_app(config.embedded(tmp_path, {"KLARSAG_PRODUCTION": "no"}))
    return lambda *words: app.test_cli_runner().invoke(args=list(words))


def test_the_command_says_there_is_no_fault(flask_says):
    result = flask_says("workflow", "lint")
    assert (result.exit_code, result.output) == (0, "workflows.yaml: no fault\n")


def test_the_command_finds_an_event_that_names_an_effect_nobody_wrote(flask_says, tmp_path):
    other = tmp_path / "other.yaml"
    text = SOURCE.read_text(encoding="utf-8")
    assert "effects: [drop_document]" in text
    other.write_text(text.replace("effects: [drop_document]", "effects: [drop_documents]"), encoding="utf-8")

    result = flask_says("workflow", "lint", str(other))

    assert (result.exit_code, result.output) == (
        1, "other.yaml: events.remove_document: effect drop_documents is not written\n")


# --- the page -------------------------------------------------------------------------------------------------------


def test_the_page_about_the_workflow_is_current():
    page = SOURCE.parent / commands.PAGE
    assert page.read_text(encoding="utf-8") == drawing.page(FLOW), "run: flask workflow docs"


def test_the_page_names_every_event_stage_deadline_and_what_is_to_come():
    page = drawing.page(FLOW)
    names = (*FLOW.events, *FLOW.stages, *FLOW.deadlines, *FLOW.clocks, *FLOW.to_come)
    assert [name for name in names if name not in page] == []
