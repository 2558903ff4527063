"""`./dev`: plain words, nothing done twice, nothing left running."""

import os
import re
import signal
import subprocess
import sys
import time

import psutil
import pytest

from devkit import children, places, plainly, stamps
from devkit.commands import COMMANDS

ROOT = places.ROOT
LOCKS = [ROOT / name for name in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt")]
WATCH = """
import sys
from devkit.children import Child, Stop, watch
from devkit.plainly import Trouble
stop = Stop()
try:
    watch([Child(words, ["/bin/sh", "-c", words], {}) for words in sys.argv[1:]], stop)
except Trouble as trouble:
    sys.exit(str(trouble))
"""
WITH_A_CHILD_OF_ITS_OWN = "sleep 987 & wait"


@pytest.fixture
def watching():
    """watching(shell line, ...) -> a watcher over these, and every process below it once all of them run."""
    watchers = []

    def begin(*programs):
        watcher = subprocess.Popen(
            [sys.executable, "-c", WATCH, *programs], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True,
        )  # fmt: skip
        watchers.append(watcher)
        wanted = len(programs) + sum("&" in program for program in programs)
        return watcher, _family_of(watcher, wanted)

    yield begin
    for watcher in watchers:
        watcher.kill()
        watcher.communicate()


def _family_of(watcher, wanted):
    for _ in range(300):
        family = psutil.Process(watcher.pid).children(recursive=True)
        if len(family) >= wanted and all(one.name() != "python" for one in family):
            return family
        time.sleep(0.02)
    raise AssertionError("the watched programs never started")


def dev(*words, cwd="/"):
    return subprocess.run([sys.executable, ROOT / "dev", *words], cwd=cwd, capture_output=True, text=True)


def test_help_lists_every_command_from_any_folder(tmp_path):
    told = dev("help", cwd=tmp_path).stdout
    assert all(f"./dev {name}" in told for name in COMMANDS if name != "start")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_command_is_answered_in_one_sentence():
    answer = dev("dance")
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
    assert "./dev help" in answer.stderr


def test_dev_needs_the_standard_library_only():
    imported = set()
    for source in [ROOT / "dev", *(ROOT / "devkit").glob("*.py")]:
        imported |= set(re.findall(r"^(?:from|import) (\w+)", source.read_text(), re.MULTILINE))
    assert imported - sys.stdlib_module_names == {"devkit"}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_has_an_exact_version_and_a_hash_and_no_address(lock):
    packages = re.findall(r"^[\w.-]+==.*(?:\n .*)*", lock.read_text(), re.MULTILINE)
    assert packages
    assert all("--hash=sha256:" in package for package in packages)
    assert "://" not in lock.read_text()


def test_the_front_ends_lock_names_no_registry_but_a_hash_for_each_package():
    text = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in text
    assert text.count('"integrity"') > 10


def test_the_tests_run_on_the_very_versions_that_people_run():
    runtime, development = (set(re.findall(r"^[\w.-]+==\S+", lock.read_text(), re.MULTILINE)) for lock in LOCKS[:2])
    assert runtime <= development


def test_a_step_is_done_again_only_when_what_it_reads_has_changed(tmp_path, monkeypatch):
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    (tmp_path / "read").write_text("one")
    first = stamps.fingerprint(tmp_path / "read")
    stamps.Stamps(tmp_path / "stamps").remember("step", first)
    assert stamps.Stamps(tmp_path / "stamps").is_done("step", stamps.fingerprint(tmp_path / "read"))
    (tmp_path / "read").write_text("two")
    assert not stamps.Stamps(tmp_path / "stamps").is_done("step", stamps.fingerprint(tmp_path / "read"))


def test_a_damaged_stamp_file_costs_time_and_nothing_else(tmp_path):
    (tmp_path / "stamps").write_text("{half of")
    assert not stamps.Stamps(tmp_path / "stamps").is_done("step", "any")


def test_a_failed_program_becomes_one_sentence_with_its_own_last_words(tmp_path, monkeypatch):
    monkeypatch.setattr(plainly, "LOG", ROOT / "var" / "log" / "test-dev.log")
    with pytest.raises(plainly.Trouble) as trouble:
        plainly.run(["/bin/sh", "-c", "echo ERROR: no such index; echo bye; exit 3"], trouble="Installing failed: do X")
    assert str(trouble.value).startswith("Installing failed: do X (it said: ERROR: no such index;")
    assert "\n" not in str(trouble.value)


def test_a_program_that_is_not_there_is_a_sentence_too(monkeypatch):
    monkeypatch.setattr(plainly, "LOG", ROOT / "var" / "log" / "test-dev.log")
    with pytest.raises(plainly.Trouble, match="Do X"):
        plainly.run(["/no/such/program"], trouble="Do X")


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda sent: sent.name)
def test_stopping_leaves_no_process_behind(sent, watching):
    watcher, family = watching(WITH_A_CHILD_OF_ITS_OWN, WITH_A_CHILD_OF_ITS_OWN)
    watcher.send_signal(sent)
    assert watcher.wait(timeout=10) == 0
    assert _still_running(family) == []


def test_when_one_ends_by_itself_the_other_is_stopped_and_it_is_said(watching):
    watcher, family = watching(WITH_A_CHILD_OF_ITS_OWN, "sleep 0.5; exit 7")
    said = watcher.communicate(timeout=10)[1]
    assert watcher.returncode == 1
    assert "ended by itself (exit code 7)" in said
    assert "Traceback" not in said
    assert _still_running(family) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's death")
def test_killing_dev_outright_still_stops_its_children(watching):
    watcher, family = watching("exec sleep 987", "exec sleep 987")
    watcher.kill()
    watcher.wait()
    assert _still_running(family) == []


def test_a_child_that_ignores_the_request_is_ended_at_the_third_ctrl_c(watching):
    watcher, family = watching("trap '' TERM; while :; do sleep 1; done")
    for _ in range(3):
        watcher.send_signal(signal.SIGINT)
        time.sleep(0.2)
    assert watcher.wait(timeout=children.GRACE_SECONDS / 2) == 0
    assert _still_running(family) == []


def _still_running(family):
    patience_ends_at = time.monotonic() + 3
    while (left := [one for one in family if _runs(one)]) and time.monotonic() < patience_ends_at:
        time.sleep(0.02)
    return left


def _runs(process):
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
