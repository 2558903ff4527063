"""Who may write what: the state of a file, a commit, the time."""

import ast

from tests.architecture.tree import assigned_attributes, calls, sources

STATE = {"state", "lapsed_from", "closed_at", "submitted_at", "sent_on", "version"}
KEPT = {"stage", "queue", "office_todo", "complete_since_at", "complete_from_on", "complete_until_on", "act_by_at",
        "queue_since_at"}
# Columns of other rows with the same name: they have writers of their own.
OTHER_ROWS = {"actions/effects/closing.py": {"closed_at"}, "actions/settle.py": {"closed_at"},
              "actions/offices/edit_office.py": {"closed_at"},
              "checklists/compiler.py": {"version"}}


def test_nothing_but_transitions_and_settle_writes_a_files_state_and_kept_columns():
    wrong = [f"{path}:{line} assigns {name}" for path, name, line in assigned_attributes()
             if name in STATE | KEPT and name not in OTHER_ROWS.get(path, set()) and not may_write(path, name)]
    assert wrong == []


def may_write(path: str, name: str) -> bool:
    return (path == "actions/transitions.py" and name in STATE) or (path == "actions/settle.py" and name in KEPT)


def test_no_update_statement_goes_past_them():
    wrong = [f"{path}:{call.lineno}" for path, call in calls("values")
             if "update(Application)" in ast.unparse(call) and path != "actions/transitions.py"
             and {keyword.arg for keyword in call.keywords} & (STATE | KEPT)]
    assert wrong == []


def test_the_rule_sees_the_writers_that_are_allowed():
    written = {(path, name) for path, name, _ in assigned_attributes()}
    assert ("actions/transitions.py", "state") in written
    assert ("actions/settle.py", "stage") in written


def test_only_the_unit_and_the_jobs_own_rows_commit():
    places = {path for path, _ in calls("commit")}
    allowed = {"actions/unit.py", "jobs/make_pictures.py", "jobs/housekeeping.py", "jobs/seals.py",
               "jobs/deliver_outbox.py", "jobs/lease.py", "seeds/demo_house.py"}
    assert "actions/unit.py" in places
    assert places - allowed == set()


def test_no_page_writes_to_the_database():
    writing = {"add", "add_all", "delete", "merge", "flush", "commit"}
    wrong = [f"{path}:{call.lineno}" for name in writing for path, call in calls(name)
             if path.startswith("web/") and "session" in ast.unparse(call.func).split(".")]
    assert wrong == []


def test_only_the_clock_asks_what_time_it_is():
    wrong = [f"{path}:{call.lineno}" for name in ("now", "utcnow", "today", "time") for path, call in calls(name)
             if ast.unparse(call.func) in {"datetime.now", "datetime.datetime.now", "datetime.utcnow", "date.today",
                                           "datetime.today", "time.time"} and path != "clock.py"]
    assert wrong == []


def test_only_the_settings_read_the_environment():
    wrong = [path for path, tree in sources().items()
             if path not in {"config.py", "gunicorn.conf.py", "words_commands.py"} and "os.environ" in ast.unparse(tree)
             and not path.startswith("uploads/")]
    assert wrong == []
