"""Forms with files, as the house reads them: straight into quarantine, within limits, and nothing is left behind."""

from __future__ import annotations

import io
import os

import pytest
from flask import Blueprint, request

from extensions import services
from uploads.incoming import Incoming
from web.guards import public
from web.limits import takes_files

bp = Blueprint("bringing", __name__, url_prefix="/bring")
MEGABYTE = 1024 * 1024


@bp.post("/many")
@public
@takes_files(many=True)
def many():
    found = request.files.getlist("file")
    kinds = {type(each.stream) is Incoming for each in found}
    return f"{len(found)} {kinds} {[each.stream.bytes for each in found]} {request.form.get('text')}"


@bp.post("/none")
@public
def none():
    return f"{type(request.files['file'].stream) is Incoming}"


@pytest.fixture
def bringing(house):
    house.app._got_first_request = False
    house.app.register_blueprint(bp)
    house.app.config["WTF_CSRF_ENABLED"] = False
    return house


def in_store(house) -> list:
    return house.run(lambda: [path for path in services().store.root.rglob("*") if path.is_file()])


def post(house, path: str, **fields):
    return house.browser().client.post(f"/bring{path}", data=fields, content_type="multipart/form-data")


def test_files_lie_in_quarantine_as_soon_as_they_have_come_and_go_when_nobody_takes_them(bringing):
    two = [(io.BytesIO(b"a" * 10), "a.pdf"), (io.BytesIO(b"b" * 20), "b.pdf")]

    answer = post(bringing, "/many", text="x", file=two)

    assert answer.text == "2 {True} [10, 20] x"
    assert in_store(bringing) == []


@pytest.mark.parametrize("path", ["/file/papers/1", "/office/files/ABC-DEF-GHJ/papers/1/pages"])
def test_what_a_stranger_sends_is_written_nowhere(bringing, monkeypatch, path):
    written = []
    monkeypatch.setattr(os, "write", lambda fd, content: written.append(content) or len(content))

    answer = bringing.browser().client.post(path, data={"files": (io.BytesIO(b"a" * MEGABYTE), "a.pdf")})

    assert answer.status_code in (401, 404)
    assert not any(b"aaaa" in bytes(each[:100]) for each in written)
    assert in_store(bringing) == []


def test_a_form_without_a_place_for_files_touches_no_store(bringing):
    assert post(bringing, "/none", file=(io.BytesIO(b"a"), "a.pdf")).text == "False"


def test_a_thousand_and_one_parts_and_a_long_text_beside_a_file_are_refused_and_leave_nothing(bringing):
    page = (io.BytesIO(b"a" * MEGABYTE), "a.pdf")

    many_parts = post(bringing, "/many", file=page, **{f"f{n}": "x" for n in range(1001)})
    long_text = post(bringing, "/many", file=(io.BytesIO(b"a" * MEGABYTE), "a.pdf"), text="x" * 600_000)

    assert (many_parts.status_code, long_text.status_code) == (413, 413)
    assert in_store(bringing) == []


@pytest.mark.parametrize("filling", [b"\r\n", b"\r", b"\n--", b"\r\n--"])
def test_twenty_megabytes_of_line_ends_are_read_whole_and_soon(bringing, filling):
    content = (filling * (20 * MEGABYTE // len(filling) + 1))[: 20 * MEGABYTE]

    answer = post(bringing, "/many", file=(io.BytesIO(content), "a.pdf"))

    assert answer.text.startswith(f"1 {{True}} [{20 * MEGABYTE}]")


def test_a_form_that_breaks_off_inside_a_file_is_no_form_and_leaves_nothing(bringing):
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + b"a" * MEGABYTE
    kind = "multipart/form-data; boundary=x"

    answer = bringing.browser().client.post("/bring/many", data=body, content_type=kind)

    assert answer.text == "0 set() [] None"
    assert in_store(bringing) == []
