"""One event is one line of key=value, whoever wrote it."""

import logging

import pytest

import logs


def line(message, *values, **fields):
    record = logging.LogRecord("klarsag", logging.INFO, "here", 1, message, values, None)
    if fields:
        record.fields = fields
    return logs.KeyValue().format(record).split(" ", 1)[1]


def test_an_event_with_fields_is_one_line_of_them():
    assert line("request", route="/file/<id>", status=200) == "level=info event=request route=/file/<id> status=200"


def test_what_is_written_as_fields_stays_as_it_is():
    assert line("upload=%s pages=%s", 7, 2) == "level=info upload=7 pages=2"


FORGED = "end\nlevel=error event=forged"


@pytest.mark.parametrize("said", ["two words", "a=b c", 'x="y"', FORGED, "line=1\nlevel=error"])
def test_anything_else_is_quoted_so_that_nothing_can_begin_a_line_or_a_field_of_its_own(said):
    found = line(said)
    assert found.startswith('level=info event="')
    assert "\n" not in found
