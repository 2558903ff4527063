"""Reads a YAML file into plain values, keeping the line of every key and value.

Never builds objects from YAML: the file is composed into nodes and only words, numbers,
days, lists and maps are taken from them. Anchors and aliases are refused before composing,
so that a small file can not grow into a large one.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    NodeEvent,
)
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.parser import RoundTripParser

from checklists.faults import Fault, shown

FILE_MAX_BYTES = 1024 * 1024
LINE_MAX_CHARS = 5_000
DEPTH_MAX = 30
NODES_MAX = 40_000
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
WHOLE = re.compile(r"[+-]?\d{1,15}")

Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class Source:
    """One file that was read. lines: path of a value -> line; cut: plain texts directly before a #."""

    file: str
    value: Any = None
    lines: dict[Path_, int] = field(default_factory=dict)
    cut: frozenset[Path_] = frozenset()

    def line(self, path: Path_) -> int:
        """Line of the value at path, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def known_path(self, loc: tuple) -> Path_:
        """The part of a validator's location that exists in the file (it adds names of its own)."""
        path: Path_ = ()
        for step in loc:
            if (*path, step) in self.lines:
                path = (*path, step)
        return path


@dataclass(frozen=True)
class Where:
    """A place in a source, for faults."""

    source: Source
    path: Path_ = ()

    def at(self, *steps: str | int) -> "Where":
        return Where(self.source, (*self.path, *steps))

    def fault(self, code: str, message: str, remedy: str, level: str = "error") -> Fault:
        return Fault(self.source.file, self.source.line(self.path), code, message, remedy, level)


def read(path: Path, shown_as: str) -> tuple[Source, list[Fault]]:
    """The file's content and every fault that can be seen without knowing its meaning."""
    try:
        if path.stat().st_size > FILE_MAX_BYTES:
            return _nothing(shown_as, "too_large", f"The file is larger than {FILE_MAX_BYTES // 1024} KB.", "Split it.")
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return _nothing(shown_as, "not_utf8", "The file is not UTF-8 text.", "Save it as UTF-8.")
    except OSError:
        return _nothing(
            shown_as, "no_file", "The file is missing or cannot be read.", "Put it there, or mend the name."
        )
    return read_text(text, shown_as)


def read_text(text: str, shown_as: str) -> tuple[Source, list[Fault]]:
    """As `read`, for a text at hand."""
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > LINE_MAX_CHARS:
            return _nothing(
                shown_as, "long_line", f"The line has over {LINE_MAX_CHARS} characters.", "Break it up.", number
            )
    yaml = YAML(typ="rt", pure=True)
    yaml.Parser = _WatchedParser
    faults: list[Fault] = []
    try:
        yaml.parser.watch = _Watch(shown_as, faults)
        root = yaml.compose(text)
    except _Refused:
        return Source(shown_as), faults
    except MarkedYAMLError as error:
        return (Source(shown_as), faults) if faults else _broken(shown_as, text, error)
    except (
        YAMLError,
        ValueError,
        RecursionError,
        AttributeError,
        TypeError,
        KeyError,
        IndexError,
        NotImplementedError,
    ):
        # ruamel lets a few plain Python errors escape on nonsense; all mean "this is not YAML".
        return _nothing(
            shown_as, "not_yaml", "The file is not YAML.", "Look for stray signs or unprintable characters."
        )
    if faults:
        return Source(shown_as), faults
    reading = _Reading(shown_as, text)
    value = reading.plain(root, ()) if root is not None else None
    return Source(shown_as, value, reading.lines, frozenset(reading.cut)), reading.faults


def _nothing(file: str, code: str, message: str, remedy: str, line: int = 1) -> tuple[Source, list[Fault]]:
    return Source(file), [Fault(file, line, code, message, remedy)]


def _broken(file: str, text: str, error: MarkedYAMLError) -> tuple[Source, list[Fault]]:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    start = error.context_mark.line + 1 if error.context_mark else line
    lines = text.splitlines()
    near = lines[min(start, line) - 1 : line] if lines else []
    remedy = "Look for a missing bracket, quote or space after a colon."
    if any(re.search(r"[^#'\"]\S #", one) for one in near):
        remedy = "A text is cut by #: put the whole text in quotes."
    elif any("{" in one for one in near):
        remedy = "Put texts with , : # or braces in quotes."
    return _nothing(file, "yaml", f"This is not YAML: {error.problem or error.context or 'unreadable'}.", remedy, line)


class _Refused(Exception):
    """The file is too deep or too long to be read on."""


class _Watch:
    """Finds anchors, aliases, own tags, deep nesting and floods while nothing is built yet."""

    def __init__(self, file: str, faults: list[Fault]):
        self.file, self.faults = file, faults
        self.depth = self.count = self.documents = 0

    def see(self, event: Any) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        self.count += isinstance(event, NodeEvent)
        self.documents += isinstance(event, DocumentStartEvent)
        self.depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if self.depth > DEPTH_MAX or self.count > NODES_MAX:
            what = "nested too deep" if self.depth > DEPTH_MAX else "too long"
            self._note(line, "flood", f"The file is {what}.", "Write it flatter and shorter.")
            raise _Refused
        if self.documents > 1:
            self._note(line, "documents", "A second document begins here.", "Remove the line ---.")
            raise _Refused
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            remedy = "Write it out, or quote the text."
            self._note(line, "alias", "Anchors (&) and aliases (*) are not used here.", remedy)
        elif isinstance(event, NodeEvent) and getattr(event, "tag", None) is not None:
            self._note(line, "tag", "Tags (!) are not used here.", "Remove the tag, or quote the text.")

    def _note(self, line: int, code: str, message: str, remedy: str) -> None:
        self.faults.append(Fault(self.file, line, code, message, remedy))
        if len(self.faults) >= 50:
            raise _Refused


class _WatchedParser(RoundTripParser):
    """Shows every event to the watch before anything is made of it."""

    watch: _Watch

    def get_event(self) -> Any:
        event = super().get_event()
        if event is not None:
            self.watch.see(event)
        return event


class _Reading:
    """Turns nodes into plain values and notes lines and faults on the way."""

    def __init__(self, file: str, text: str):
        self.file = file
        self.rows = text.splitlines()
        self.lines: dict[Path_, int] = {}
        self.cut: set[Path_] = set()
        self.faults: list[Fault] = []

    def plain(self, node: Any, path: Path_) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, MappingNode):
            return self._map(node, path)
        if isinstance(node, SequenceNode):
            return [self.plain(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(node, path)

    def _map(self, node: MappingNode, path: Path_) -> dict:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = self._key(key_node, line)
            if key is None:
                continue
            if key in found:
                first = self.lines[(*path, key)]
                self._fault(
                    line, "twice", f"{shown(key)} stands here twice (first in line {first}).", "Remove one of them."
                )
                continue
            self.lines[(*path, key)] = line
            if node.flow_style and key_node is not value_node and _is_stray(key_node, value_node):
                self._fault(
                    line, "stray", f"A comma made {shown(key)} a key of its own.", "Put the whole text in quotes."
                )
                continue
            found[key] = self.plain(value_node, (*path, key))
        return found

    def _key(self, node: Any, line: int) -> str | None:
        if not isinstance(node, ScalarNode):
            self._fault(line, "key", "A list or map cannot be a key.", "Put texts that start with { or [ in quotes.")
            return None
        if node.tag.endswith(":merge"):
            self._fault(line, "alias", "<< is not used here.", "Write it out.")
            return None
        return str(node.value)

    def _scalar(self, node: ScalarNode, path: Path_) -> Any:
        # The round-trip reader marks every fold of a folded text (>) with a bell sign.
        word, kind = str(node.value).replace("\a", ""), str(node.tag).rsplit(":", 1)[-1]
        if node.style is None and self._cut_by_hash(node):
            self.cut.add(path)
        if kind == "null":
            return None
        if kind == "bool":
            return word.lower() == "true"
        if kind == "int":
            return int(word) if WHOLE.fullmatch(word) else word
        if kind == "float":
            return _number(word)
        if kind == "timestamp":
            return self._day(word, node)
        return word

    def _day(self, word: str, node: ScalarNode) -> Any:
        if not DAY.fullmatch(word):
            return word
        try:
            return date.fromisoformat(word)
        except ValueError:
            self._fault(node.start_mark.line + 1, "day", f"There is no day {word}.", "Mend the date.")
            return None

    def _cut_by_hash(self, node: ScalarNode) -> bool:
        """One space and # right after an unquoted text: more likely a lost text than a remark."""
        row = self.rows[node.end_mark.line] if node.end_mark.line < len(self.rows) else ""
        rest = row[node.end_mark.column :]
        return re.match(r" #", rest) is not None

    def _fault(self, line: int, code: str, message: str, remedy: str) -> None:
        if len(self.faults) < 200:
            self.faults.append(Fault(self.file, line, code, message, remedy))


def _is_stray(key: Any, value: Any) -> bool:
    """`{ask: All, four corners}` has a key "four corners" without a value of its own."""
    return (
        isinstance(value, ScalarNode)
        and value.value == ""
        and value.style is None
        and str(value.tag).endswith(":null")
        and key.style is None
    )


def _number(word: str) -> Any:
    try:
        number = float(word)
    except ValueError:
        return word
    return number if abs(number) < 1e15 else word  # also refuses nan and inf, which no rule can mean
