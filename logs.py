"""One line per event, key=value, on standard error. Ids and codes only: no names, contacts, file names, tokens."""

from __future__ import annotations

import logging
import re
import sys
from typing import Any

NAME = "klarsag"
_IS_FIELDS = re.compile(r"[a-z_]+=[^\s\"=]+(?: [a-z_]+=[^\s\"=]+)*")
_PLAIN = re.compile(r'[^\s"=\\]+')
_log = logging.getLogger(NAME)


class KeyValue(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = {"at": self.formatTime(record), "level": record.levelname.lower()}
        said, more = record.getMessage(), getattr(record, "fields", None)
        if more is None and _IS_FIELDS.fullmatch(said):
            return " ".join(f"{name}={value}" for name, value in fields.items()) + f" {said}"
        fields |= {"event": said, **(more or {})}
        line = " ".join(f"{name}={_quoted(value)}" for name, value in fields.items() if value is not None)
        return line + (f"\n{self.formatException(record.exc_info)}" if record.exc_info else "")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802, ARG002
        return super().formatTime(record, "%Y-%m-%dT%H:%M:%S%z")


def start(level: int = logging.INFO) -> None:
    """Write the product's log to standard error. Twice is once."""
    if not any(isinstance(one.formatter, KeyValue) for one in _log.handlers):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(KeyValue())
        _log.addHandler(handler)
    _log.setLevel(level)
    _log.propagate = True


def note(event: str, level: int = logging.INFO, exc_info: Any = None, **fields: Any) -> None:
    """Log an event. fields: ids and codes; what identifies a person or opens a door does not belong here."""
    _log.log(level, event, extra={"fields": fields}, exc_info=exc_info)


def _quoted(value: Any) -> str:
    text = str(value)
    if text.isprintable() and _PLAIN.fullmatch(text):
        return text
    # A line break from outside must not be able to start a line of its own.
    return '"' + text.encode("unicode_escape").decode().replace('"', '\\"') + '"'
