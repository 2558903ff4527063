"""Reads a form so that its files lie where they belong as soon as they have arrived.

Werkzeug does the understanding: headers, boundaries, limits. Only the long middle of a file, where no boundary is in
sight, is passed on here uncopied; that pays for the hash that Werkzeug alone does not make.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, BinaryIO

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser, MultiPartParser
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData, State

READ_BYTES = 128 * 1024


class Decoder(MultipartDecoder):
    """Werkzeug's, with a short way for what lies in the middle of a file."""

    def middle_of_a_part(self, chunk: bytes) -> memoryview | None:
        """The bytes that certainly belong to the part, uncopied; the rest is kept for later. None: ask next_event()."""
        if self.state is not State.DATA or self.buffer or chunk.find(b"--" + self.boundary) != -1:
            return None
        # The beginning of a boundary could only be a line end as close to the end as a boundary is long.
        near_the_end = max(0, len(chunk) - len(b"\r\n--" + self.boundary))
        ends = (chunk.rfind(b"\n", near_the_end), chunk.rfind(b"\r", near_the_end))
        end = min((at for at in ends if at != -1), default=len(chunk))
        self.buffer += chunk[end:]
        return memoryview(chunk)[:end]


class _Parts:
    """The parts of one form while they come in."""

    def __init__(self, begin_file: Callable[[File], BinaryIO], field_max_bytes: int | None) -> None:
        self.begin_file, self.field_max_bytes = begin_file, field_max_bytes
        self.fields: list[tuple[str, str]] = []
        self.files: list[tuple[str, FileStorage]] = []
        self.file: BinaryIO | None = None

    def begin(self, part: Field | File) -> None:
        self.part, self.text = part, bytearray()
        self.file = self.begin_file(part) if isinstance(part, File) else None

    def take(self, event: Data) -> None:
        if self.file is not None:
            self.file.write(event.data)
        else:
            self.text += event.data
            if self.field_max_bytes is not None and len(self.text) > self.field_max_bytes:
                raise RequestEntityTooLarge
        if not event.more_data:
            self._end()

    def _end(self) -> None:
        if self.file is None:
            self.fields.append((self.part.name, self.text.decode("utf-8", "replace")))
            return
        self.file.seek(0)
        part = self.part
        self.files.append((part.name, FileStorage(self.file, part.filename, part.name, headers=part.headers)))
        self.file = None


class _Parser(MultiPartParser):
    def parse(self, stream: Any, boundary: bytes, content_length: int | None) -> tuple[MultiDict, MultiDict]:
        decoder = Decoder(boundary, max_form_memory_size=self.max_form_memory_size, max_parts=self.max_form_parts)
        parts = _Parts(lambda event: self.start_file_streaming(event, content_length), self.max_form_memory_size)
        more = True
        while more:
            chunk = stream.read(self.buffer_size)
            more = bool(chunk)
            if parts.file is not None and (middle := decoder.middle_of_a_part(chunk)) is not None:
                parts.file.write(middle)
                continue
            decoder.receive_data(chunk or None)
            while not isinstance(event := decoder.next_event(), Epilogue | NeedData):
                if isinstance(event, Field | File):
                    parts.begin(event)
                elif isinstance(event, Data):
                    parts.take(event)
        return self.cls(parts.fields), self.cls(parts.files)


class FormParser(FormDataParser):
    """A `form_data_parser_class` for a Request."""

    def _parse_multipart(self, stream: Any, mimetype: str, content_length: int | None, options: dict[str, str]) -> Any:  # noqa: ARG002 (Werkzeug calls it so)
        boundary = options.get("boundary", "").encode("ascii")
        if not boundary:
            raise ValueError("Missing boundary")
        parser = _Parser(
            stream_factory=self.stream_factory, max_form_memory_size=self.max_form_memory_size,
            max_form_parts=self.max_form_parts, cls=self.cls, buffer_size=READ_BYTES,
        )  # fmt: skip
        return stream, *parser.parse(stream, boundary, content_length)
